//! How long one evaluation of the sample takes. The page evaluates at every `input`: the target is 0.1 ms native.

use gouji::engine::evaluate;
use gouji::engine::evaluation::Stage;
use gouji::engine::submission::Submission;
use gouji::engine::template::Template;
use gouji::exchange::json;

fn main() {
    divan::main();
}

fn sample() -> (Template, Submission) {
    let (id, text) = gouji::SAMPLES[0];
    let (_, template) =
        gouji::BUILT_IN_TEMPLATES.iter().find(|(name, _)| *name == id).expect("the sample's template is built in");
    let template = Template::from_json(template).expect("the built-in template is sound");
    let submission = json::read(text, &template).expect("the sample is a filing of it");
    (template, submission)
}

#[divan::bench(args = [Stage::Draft, Stage::Final], min_time = 1)]
fn evaluate_the_sample(bencher: divan::Bencher<'_, '_>, stage: &Stage) {
    let (template, submission) = sample();
    bencher.bench(|| evaluate(divan::black_box(&template), divan::black_box(&submission), *stage));
}
