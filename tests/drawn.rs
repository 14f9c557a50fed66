//! The drawing as other formats take it: every cell of the form once, its text as typed, rows that fill their grid.

mod support;

use std::collections::BTreeMap;

use gouji::engine::layout::Layout;
use gouji::engine::submission::Submission;
use gouji::exchange::json;
use gouji::exchange::office::drawn::{LineKind, Piece, Run, report, sheets};
use support::templates;

fn sample() -> Submission {
    let template = gouji::built_in_template(gouji::SAMPLES[0].0).expect("the sample's form is built in");
    json::read(gouji::SAMPLES[0].1, &template).expect("the sample is sound")
}

#[test]
fn every_cell_of_the_sheets_stands_once_with_its_text() {
    for (_, template) in templates() {
        let mut filings = vec![Submission::blank(&template, "test")];
        filings.extend(Some(sample()).filter(|sample| sample.template.id == template.spec().id));
        for filing in filings {
            let layout = Layout::of(&template, &filing);
            let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for sheet in sheets(&layout) {
                for piece in sheet.pieces {
                    let runs: Vec<Run> = match piece {
                        Piece::Line(line) => line.runs,
                        Piece::Table(table) => table.rows.into_iter().flatten().flat_map(|cell| cell.runs).collect(),
                    };
                    for run in runs {
                        run.key.into_iter().for_each(|key| found.entry(key).or_default().push(run.text.clone()));
                    }
                }
            }
            let prose = template.spec().report.as_ref().map(|report| report.sheet.clone());
            for field in layout.fields().iter().filter(|field| Some(&field.block.sheet) != prose.as_ref()) {
                if field.fixed().is_some() {
                    continue;
                }
                let texts = found.remove(&field.key).unwrap_or_default();
                // …… is printed by the form where nothing is typed.
                let typed = filing.text(&field.key);
                assert!(texts == [typed] || typed.is_empty() && texts == ["……"], "{}: {texts:?}", field.key);
            }
        }
    }
}

#[test]
fn cells_fill_the_grid_of_each_table() {
    let filing = sample();
    let template = gouji::built_in_template(&filing.template.id).expect("built in");
    for sheet in sheets(&Layout::of(&template, &filing)) {
        for piece in sheet.pieces {
            let Piece::Table(table) = piece else { continue };
            // How many rows below each column are still covered.
            let mut covered = vec![0; table.widths.len()];
            for row in &table.rows {
                let mut at = 0;
                for cell in row {
                    while covered[at] > 0 {
                        at += 1;
                    }
                    covered[at..at + cell.columns].fill(cell.rows);
                    at += cell.columns;
                }
                assert!(covered.iter().all(|rows| *rows > 0), "{}: {row:?}", table.block);
                covered.iter_mut().for_each(|rows| *rows -= 1);
            }
            assert!(covered.iter().all(|rows| *rows == 0), "{}", table.block);
        }
    }
}

#[test]
fn report_has_its_annex_title_headings_and_text() {
    let filing = sample();
    let template = gouji::built_in_template(&filing.template.id).expect("built in");
    let report = report(&Layout::of(&template, &filing)).expect("the form has a report");
    let lines: Vec<(LineKind, String)> = report
        .pieces
        .into_iter()
        .map(|piece| match piece {
            Piece::Line(line) => (line.kind, line.runs.iter().map(|run| run.text.as_str()).collect()),
            Piece::Table(table) => panic!("a table in the report: {}", table.block),
        })
        .collect();
    assert_eq!(lines[0], (LineKind::Annex, "附件1".to_owned()));
    assert_eq!(lines[1].0, LineKind::Title);
    assert_eq!(lines[2], (LineKind::Heading(2), "一、部门（单位）基本情况".to_owned()));
    assert_eq!(lines[3], (LineKind::Heading(3), "（一）基本职能".to_owned()));
    assert!(lines.iter().any(|line| *line == (LineKind::Text, "1.2024年预算资金198.34万元。".to_owned())));
}
