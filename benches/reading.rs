//! How long a text takes to read: the sample's document, a long report, a megabyte. The targets are 20 ms for six thousand
//! characters in the browser, and two seconds natively for the megabyte, adopted and compared.

use gouji::engine::layout::Layout;
use gouji::engine::reading;
use gouji::engine::submission::Submission;
use gouji::engine::template::Template;
use gouji::exchange::text;

const DOCUMENT: &str = include_str!("../tests/documents/lusong-2024.txt");
const LONG: &str = include_str!("../tests/reading/texts/06-health-bureau-long.txt");
const MEGABYTE: usize = 1024 * 1024;

fn main() {
    divan::main();
}

fn template() -> Template {
    gouji::built_in_template(gouji::DEFAULT_TEMPLATE).expect("the form is built in")
}

/// The text as often as it takes to have a megabyte.
fn repeated(text: &str) -> String {
    text.repeat(MEGABYTE.div_ceil(text.len()))
}

/// The long report without the labels of its figures.
fn long() -> String {
    let mut plain = String::new();
    for piece in LONG.split("[[") {
        match piece.split_once("]]") {
            Some((label, rest)) => plain.extend([label.split('=').next().unwrap_or_default(), rest]),
            None => plain.push_str(piece),
        }
    }
    plain
}

fn read(bencher: divan::Bencher<'_, '_>, text: &str) {
    let template = template();
    let blank = Submission::blank(&template, "bench");
    bencher.bench(|| reading::read(&Layout::of(&template, &blank), divan::black_box(text)));
}

#[divan::bench(min_time = 1)]
fn read_the_sample_document(bencher: divan::Bencher<'_, '_>) {
    read(bencher, DOCUMENT);
}

#[divan::bench(min_time = 1)]
fn read_a_long_report(bencher: divan::Bencher<'_, '_>) {
    read(bencher, &long());
}

#[divan::bench(sample_count = 5)]
fn read_a_megabyte(bencher: divan::Bencher<'_, '_>) {
    read(bencher, &repeated(DOCUMENT));
}

/// One paragraph with all figures of a report, over and over: no line break helps.
#[divan::bench(sample_count = 5)]
fn read_a_megabyte_on_one_line(bencher: divan::Bencher<'_, '_>) {
    read(bencher, &repeated(&long().replace('\n', "")));
}

#[divan::bench(sample_count = 5)]
fn read_and_compare_a_megabyte(bencher: divan::Bencher<'_, '_>) {
    let template = template();
    let document = repeated(DOCUMENT);
    bencher.bench(|| {
        let (submission, read) = text::read(&template, divan::black_box(&document)).expect("a text with figures");
        reading::compare(&Layout::of(&template, &submission), &read)
    });
}
