//! How long one evaluation of the sample takes. The page evaluates at every `input`: the target is 0.1 ms native.

use gouji::engine::edit::{Edit, Step};
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
    let template = gouji::built_in_template(id).expect("the sample's template is built in");
    let submission = json::read(text, &template).expect("the sample is a filing of it");
    (template, submission)
}

#[divan::bench(args = [Stage::Draft, Stage::Final], min_time = 1)]
fn evaluate_the_sample(bencher: divan::Bencher<'_, '_>, stage: &Stage) {
    let (template, submission) = sample();
    bencher.bench(|| evaluate(divan::black_box(&template), divan::black_box(&submission), *stage));
}

/// The sample with three hundred more indicators, each with its points.
fn with_many_rows() -> (Template, Submission) {
    let (template, mut submission) = sample();
    for _ in 0..300 {
        let id = format!("r{}", submission.next_row);
        Edit::add_row(&mut submission, "quantity", None).apply(&mut submission);
        for (column, text) in [("target", "≥10场"), ("actual", "10场"), ("weight", "0.1"), ("score", "0.1")] {
            submission.cells.insert(format!("indicators.{id}.{column}"), text.to_owned());
        }
    }
    (template, submission)
}

#[divan::bench(min_time = 1)]
fn evaluate_three_hundred_rows(bencher: divan::Bencher<'_, '_>) {
    let (template, submission) = with_many_rows();
    bencher.bench(|| evaluate(divan::black_box(&template), divan::black_box(&submission), Stage::Final));
}

#[divan::bench]
fn move_one_of_three_hundred_rows(bencher: divan::Bencher<'_, '_>) {
    let (template, submission) = with_many_rows();
    let id = submission.groups["quantity"].last().expect("a row").id.clone();
    bencher.bench(|| Edit::move_row(divan::black_box(&submission), &template, "quantity", &id, Step::Up));
}
