//! Templates: those that ship are sound, the same in both of their forms, and stamp their samples; one full of faults
//! tells all of them at once, each at its line.

mod support;

use std::collections::BTreeSet;
use std::fs;

use gouji::BuiltIn;
use gouji::engine::amount::{Entry, read_amount};
use gouji::engine::edit::Edit;
use gouji::engine::layout::Layout;
use gouji::engine::submission::Submission;
use gouji::engine::template::Template;
use gouji::engine::template::fault::Fault;
use gouji::exchange::{json, template_toml};
use support::{root, stem, template, template_files, tomls};

fn text_of(name: &str) -> String {
    let path = root().join("tests/templates").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every fault has its line, path and message, and there is no other.
#[track_caller]
fn check_faults(text: &str, expected: &[(usize, &str, &str)]) {
    let faults = template_toml::read(text).map(|_| ()).expect_err("the template has faults");
    let said = |fault: &Fault| (fault.line, fault.path.clone(), fault.to_string());
    let mut left: Vec<_> = faults.iter().map(said).collect();
    let mut missing = Vec::new();
    for (line, path, piece) in expected {
        let is =
            |(at, on, said): &(Option<usize>, String, String)| *at == Some(*line) && on == path && said.contains(piece);
        match left.iter().position(is) {
            Some(at) => drop(left.remove(at)),
            None => missing.push((line, path, piece)),
        }
    }
    assert!(missing.is_empty() && left.is_empty(), "missing: {missing:#?}\nunexpected: {left:#?}");
}

#[test]
fn every_template_is_sound() {
    for path in template_files() {
        // Panics with all faults.
        let template = template(&path);
        assert_eq!(template.spec().id, stem(&path), "a template is found by its id: name the file after it");
    }
}

#[test]
fn the_built_in_templates_are_those_of_the_folder() {
    let files: Vec<String> = tomls(&root().join("templates")).iter().map(|path| stem(path)).collect();
    let built_in: Vec<&str> = gouji::BUILT_IN_TEMPLATES.iter().map(|known| known.id).collect();
    assert_eq!(built_in, files);
}

#[test]
fn both_forms_of_a_template_are_one_content() {
    for BuiltIn { id, name, short, year, hash, text } in gouji::BUILT_IN_TEMPLATES {
        let from_json = Template::from_json(text).expect("the JSON of build.rs is sound");
        assert_eq!(from_json.stamp().hash, *hash, "build.rs and the engine find the same hash");
        let spec = from_json.spec();
        assert_eq!((&*spec.name, &*spec.short, spec.year), (*name, *short, *year), "a list says what the form says");
        let from_toml = template(&root().join("templates").join(format!("{id}.toml")));
        assert_eq!(from_json.stamp(), from_toml.stamp());
    }
}

#[test]
fn the_hash_is_of_content_and_not_of_layout() {
    let text = text_of("linear-kinds.toml");
    let hash = |text: &str| template_toml::read(text).expect("sound").stamp().hash;
    let before = hash(&text);
    assert_eq!(before.len(), 64);
    assert_eq!(before, hash(&format!("# 另一条注释\n\n{text}\n\n# 末尾")));
    assert_eq!(before, hash(&text.replace("level = ", "level   =   ")));
    assert_ne!(before, hash(&text.replacen("预留不少于 5 万元", "预留不少于 6 万元", 1)));
}

#[test]
fn submissions_in_the_repository_carry_the_stamp_of_their_template() {
    let mut commands = BTreeSet::new();
    for path in template_files() {
        let template = template(&path);
        let (stamp, id) = (template.stamp(), stem(&path));
        let folder = root().join("tests/cases").join(&id);
        for case in fs::read_dir(&folder).into_iter().flatten().map(|entry| entry.expect("a folder's entry").path()) {
            let file = case.join("submission.json");
            let Ok(text) = fs::read_to_string(&file) else { continue };
            let read = json::read(&text, &template);
            let submission = read.unwrap_or_else(|refusal| panic!("{}: {refusal:?}", file.display()));
            if submission.template != stamp {
                let hash = &stamp.hash;
                commands.insert(format!(
                    "sed -i 's/\"hash\": \"[0-9a-f]*\"/\"hash\": \"{hash}\"/' tests/cases/{id}/*/submission.json"
                ));
            }
        }
    }
    let commands: Vec<String> = commands.into_iter().collect();
    assert!(commands.is_empty(), "templates have changed. See that their cases hold, then:\n{}", commands.join("\n"));
}

#[test]
fn a_blank_filing_is_a_filing_of_its_template() {
    for path in template_files() {
        let template = template(&path);
        let blank = Submission::blank(&template, "blank");
        assert_eq!(json::read(&json::write(&blank), &template), Ok(blank));
    }
}

/// A blank filing with a row in each group.
fn with_rows(template: &Template) -> Submission {
    let mut filing = Submission::blank(template, "rows");
    for row in template.spec().blocks.iter().flat_map(|block| &block.rows) {
        if let Some(group) = row.group.as_ref().filter(|group| !filing.groups.contains_key(*group)) {
            Edit::add_row(&mut filing.clone(), group, None).apply(&mut filing);
            filing.next_row += 1;
        }
    }
    filing
}

#[test]
fn every_cell_that_is_filled_has_its_help_and_an_example() {
    for BuiltIn { id, text, .. } in gouji::BUILT_IN_TEMPLATES {
        let template = Template::from_json(text).expect("the JSON of build.rs is sound");
        let filing = with_rows(&template);
        let layout = Layout::of(&template, &filing);
        let mut cells = 0;
        for field in layout.fields().iter().filter(|field| field.fixed().is_none()) {
            let help: Vec<&str> = field.help().collect();
            assert!(!help.is_empty(), "{id}: {} has no help", field.key);
            for sentence in help {
                assert!(sentence.ends_with('。') && !sentence.contains('请'), "{id}: {}: {sentence}", field.key);
                assert!(!sentence.contains('{'), "{id}: {}: help is no heading, it has no year", field.key);
                // Two lines at the foot of the narrowest screen that offices have.
                assert!(sentence.chars().count() <= 70, "{id}: {}: {sentence}", field.key);
            }
            let example = field.example().unwrap_or_else(|| panic!("{id}: {} has no example", field.key));
            assert!(example.chars().count() <= 40, "{id}: {}: {example}", field.key);
            cells += 1;
        }
        assert!(cells > 50, "{id}: {cells}");
    }
}

/// An example that the program itself would find fault with is none.
#[test]
fn examples_of_figures_can_be_read() {
    for BuiltIn { id, text, .. } in gouji::BUILT_IN_TEMPLATES {
        let template = Template::from_json(text).expect("the JSON of build.rs is sound");
        let filing = with_rows(&template);
        for field in Layout::of(&template, &filing).fields().iter().filter(|field| field.fixed().is_none()) {
            let Some(measure) = field.column.kind.measure() else { continue };
            // Behind it, what it is in yuan.
            let example = field.example().unwrap_or_default().split('（').next().unwrap_or_default();
            let entry = read_amount(example, measure);
            assert!(matches!(entry, Entry::Number(_)), "{id}: {}: {example}", field.key);
        }
    }
}

#[test]
fn all_faults_of_a_file_are_told_at_once_each_at_its_line() {
    check_faults(
        &text_of("faulty.toml"),
        &[
            (9, "colour", "unknown key `colour`, expected one of `id`, `version`, `name`"),
            (16, "sheets[0].sise", "unknown key `sise`, expected one of `id`, `annex`, `tab`, `title`, `note`"),
            (20, "blocks[0].sheet", "there is no sheet `two`"),
            (23, "blocks[0].columns[0].last_year", "there is no column `then`"),
            (24, "blocks[0].columns[1].last_year", "last year's `now` cannot stand here"),
            (26, "blocks[0].rows", "`part` is declared twice"),
            (28, "blocks[0].rows[1]", "there is no column `no`; did you mean `now`?"),
            (30, "blocks[0].rows[3]", "either `id` (printed) or `group`"),
            (31, "blocks[0].rows[4].under", "there is no row `nowhere`"),
            (32, "blocks[0].rows[5]", "either `id` (printed) or `group`"),
            (57, "relations[0].formula", "there is no cell `money.parts.now`; did you mean `money.part.now`?"),
            (62, "relations[1].code", "code A01 is used twice"),
            (72, "relations[2].columns", "there is no column `then`"),
            (80, "relations[3].formula", "there is no group `mores`; did you mean `more`?"),
            (87, "relations[4].formula", "a formula is linear"),
            (
                94,
                "relations[5].formula",
                "expected `=`, `>=` or `<=`\n    money.total.now money.part.now\n                    ^",
            ),
            (101, "relations[6].formula", "derived in a circle: money.part.now → money.total.now → money.part.now"),
            (108, "relations[7].formula", "`money.part.words` holds words, not a figure"),
            (116, "relations[8].levle", "unknown key `levle`, expected one of `code`, `name`, `formula`"),
            (124, "relations[9].level", "unknown word `fatal`, expected one of `error`, `warning`, `info`"),
            (127, "relations[10]", "missing key `level`"),
            (138, "rules[0].is", "unknown word `full_marks`, expected one of `either`"),
            (145, "rules[1].is", "there is no cell `money.totall.now`; did you mean `money.total.now`?"),
            (
                152,
                "rules[2].is.execution_floor.floor",
                "expected an amount as a text, such as \"12.5\", found the text \"ninety\"",
            ),
            (159, "rules[3].is", "`money.total.now` holds a figure, not words"),
            (159, "rules[3].is", "there is no cell `money.part.word`; did you mean `money.part.words`?"),
            (161, "scoring", "the preset points sum to 90, not 100"),
            (161, "scoring", "there is no column `actual`"),
            (177, "scoring.rules", "an empty word"),
            (200, "blocks[2]", "a line covers 2 columns, but the sheet's grid has 3"),
            (215, "blocks[3]", "no sentence of the report has a place for `told.rest.amount`"),
            (227, "blocks[4]", "no sentence of the report has a place for `projects.amount`"),
            (239, "report.sheet", "there is no sheet `reports`; did you mean `report`?"),
            (241, "report.fillers", "an empty word"),
            (242, "report.other", "an empty word"),
            (250, "report.sections[0].parts[2].sentence", "a bracket of the sentence is not closed"),
            (251, "report.sections[0].parts[3].sentence", "a bracket of the sentence is not closed"),
            (252, "report.sections[0].parts[4]", "no cell `told.incomes.amount`; did you mean `told.income.amount`?"),
            (253, "report.sections[0].parts[5]", "`money.part.words` holds words, not a figure"),
            (254, "report.sections[0].parts[6].sentence", "`[]` needs the name of a cell"),
            (255, "report.sections[0].parts[7].sentence", "`{*` needs the name of a group and a colon"),
            (256, "report.sections[0].parts[8].sentence", "`{?…}` and `{*…}` do not stand in each other"),
            (257, "report.sections[0].parts[9]", "`told.income.amount` holds a figure, not words"),
            (264, "report.sections[1].parts[0]", "there is no column `amounts`; did you mean `amount`?"),
            (265, "report.sections[1].parts[1]", "there is no group `project`; did you mean `projects`?"),
            (266, "report.sections[1].parts[2]", "there is no group `projets`; did you mean `projects`?"),
            (270, "report.sections[2].id", "`income` is declared twice"),
            (274, "report.reads[0]", "there is no cell `told.incom.amount`; did you mean `told.income.amount`?"),
            (276, "report.reads[0].words", "an empty word"),
            (278, "report.reads[1]", "`money.part.words` holds words, not a figure"),
            (290, "text_rules[0].is.typos.list[0]", "there is no mark `{dat}`; did you mean `{date}`?"),
            (291, "text_rules[0].is.typos.list[1]", "an empty word"),
            (292, "text_rules[0].is.typos.list[2]", "`署名` does not have the wrong word in it"),
            (300, "text_rules[1].is.repeated.at_least", "expected a whole number from 20 to 10000, found 5"),
            (307, "text_rules[2].is", "there is no cell `money.total.word`; did you mean `money.total.words`?"),
            (310, "text_rules[3].code", "code A01 is used twice"),
            (321, "text_rules[4].is", "an empty word"),
            (328, "text_rules[5].is", "unknown word `dates`, expected one of `document_number`"),
            (335, "text_rules[6].is.no_problems", "missing key `none`"),
            (335, "text_rules[6].is.no_problems.nones", "unknown key `nones`, expected one of `headings`"),
            (342, "text_rules[7].is.typos.list[1]", "missing key `right`"),
            (349, "text_rules[8].is", "`money.total.now` holds a figure, not words"),
            (352, "ledger.columns", "an empty word"),
            (354, "ledger.other", "an empty word"),
            (356, "ledger.accounts[0]", "`3020` is no code"),
            (360, "ledger.accounts[1]", "there is no cell `money.totals.now`; did you mean `money.total.now`?"),
            (360, "ledger.accounts[1]", "`30201` is declared twice"),
            (367, "ledger.accounts[2].baisc", "unknown key `baisc`, expected one of `into`, `codes`, `basic`"),
            (364, "ledger.accounts[2]", "an empty word"),
            (370, "pictures[0].is", "there is no group `mor`; did you mean `more`?"),
            (370, "pictures[0].is", "there is no cell `money.total.thn`"),
            (373, "pictures[1].is", "`money.part.words` holds words, not a figure"),
        ],
    );
}

/// Nothing is looked up in a file of which so much is unknown, but every misfit is told.
#[test]
fn all_that_is_not_of_the_type_due_is_told_at_once() {
    check_faults(
        &text_of("misfits.toml"),
        &[
            (1, "", "missing key `name`"),
            (1, "", "missing key `short`"),
            (2, "id", "expected a text, found the number 7\n    id = 7\n         ^"),
            (4, "year", "expected a whole number from -2147483648 to 2147483647, found 99999999999"),
            (7, "sheets", "expected a list, found the text \"one\""),
            (14, "blocks[0].columns[0].kind", "`name`, `quantity`; did you mean `money`?"),
            (15, "blocks[0].columns[1]", "expected a table, found the text \"words\""),
            (18, "blocks[0].rows[0].label", "expected a text, found a list"),
            (18, "blocks[0].rows[0].indent", "expected a whole number from 0 to 255, found 300"),
            (18, "blocks[0].rows[0].initial", "expected a whole number from 0 to 4294967295, found -1"),
            (19, "blocks[0].rows[1].only[1]", "expected a text, found the number 2"),
            (19, "blocks[0].rows[1].preset.now", "expected a text, found the number 1"),
            (19, "blocks[0].rows[1].direction", "expected a text, found true"),
            (19, "blocks[0].rows[1].scoring", "`banded` has parameters: write { banded = … }"),
            (20, "blocks[0].rows[2].scoring", "unknown word `bandet`"),
            (29, "relations[0].derives", "expected true or false, found the text \"yes\""),
            (30, "relations[0].softer", "missing key `than`"),
            (37, "rules[0].is", "`change_limit` has parameters: write { change_limit = … }"),
            (44, "rules[1].is.roof", "unknown key `roof`, expected one of `execution_floor`"),
            (
                44,
                "rules[1].is.execution_floor.floor",
                "an amount as a text, such as \"12.5\", found a number with decimals",
            ),
            (51, "rules[2].is", "expected a text, or a table of one key, found an empty table"),
            (57, "rules[3].basis", "expected a text, found a table"),
            (58, "rules[3].is.alarm", "unknown key `alarm`, expected none"),
            (64, "blocks[1].place", "unknown word `middle`, expected one of `corner`, `side`"),
        ],
    );
}

#[test]
fn every_slip_of_syntax_is_told() {
    check_faults("id = \"a\nname = \"b\"\nyear =\nversion = \"1\"\n", &[(1, "", "string"), (3, "", "value")]);
}

#[test]
fn a_rule_about_points_needs_scoring() {
    let text = text_of("linear-kinds.toml");
    let lines = text.lines().count();
    let rule =
        "\n[[rules]]\ncode = \"R01\"\nname = \"得分\"\nlevel = \"error\"\nbasis = \"测试\"\nis = \"score_in_range\"\n";
    check_faults(&(text + rule), &[(lines + 7, "rules[0].is", "needs a [scoring] section")]);
}

#[test]
fn a_fault_shows_its_place_under_wide_characters() {
    let text = text_of("linear-kinds.toml").replacen("label = \"净额\"", "labels = \"净额\"", 1);
    let faults = template_toml::read(&text).map(|_| ()).expect_err("a misspelt key");
    let excerpt = faults[0].excerpt.as_deref().expect("the line is shown");
    assert_eq!(excerpt, "      { id = \"net\", labels = \"净额\" },\n                    ^^^^^^");
}
