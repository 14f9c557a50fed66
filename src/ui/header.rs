//! The head of the page: what is open, what can be done with it, how it stands, sheet by sheet.

use rust_decimal::Decimal;

use crate::BuiltIn;
use crate::engine::finding::Level;
use crate::exchange::KNOWN_FILES;
use crate::render::{element, escape, open};
use crate::ui::form_state::{FormState, SaveState};
use crate::ui::parts::{Pieces, button, labelled, line, part};
use crate::ui::{drafts_menu, filings};
use crate::words::explain::short;
use crate::words::{Words, page};

/// Title, actions, sheets and figures at a glance.
pub fn place(form: FormState, pieces: &mut Pieces) -> String {
    let title = pieces.place("title", Box::new(move || title(form)));
    let saved = pieces.place("", Box::new(move || save_line(form)));
    let files = pieces.place("actions", Box::new(move || files(form)));
    let drafts = drafts_menu::place(form, pieces);
    let language =
        pieces.place("actions", Box::new(move || labelled("quiet", "language", form.say(page::OTHER_LANGUAGE))));
    let tabs = pieces.place("tabs", Box::new(move || tabs(form)));
    let standing = pieces.place("standing", Box::new(move || standing(form)));
    let checks = pieces.place("actions", Box::new(move || checks(form)));
    let notice = pieces.place("", Box::new(move || notice(form)));
    let saved = element("div", &[("class", "save")], &saved);
    let tools = element("div", &[("class", "tools")], &[files, drafts, language].concat());
    let lines = [
        element("div", &[("class", "header-line")], &[title, saved, tools].concat()),
        element("div", &[("class", "header-line")], &[tabs, standing, checks].concat()),
        element("div", &[("role", "status")], &notice),
    ];
    element("header", &[("class", "header")], &lines.concat())
}

/// The form, the evaluated year and the word for the level of government, which the form's own words follow.
fn title(form: FormState) -> String {
    let template = form.template();
    // Later changes are written into the fields (`window_events`), which would lose the caret if they were drawn anew.
    let (year, level) = form.peek_filing(|filing| (filing.year.to_string(), filing.level.clone()));
    let setting = |name: Words, part: &str, value: &str| {
        let input =
            [("type", "text"), ("value", value), ("data-part", part), ("data-action", "setting"), ("data-on", part)];
        let input = open("input", &input);
        element("label", &[("class", "setting")], &[&escape(form.say(name)), " ", &input].concat())
    };
    // Whoever has no mouse need not go through the head.
    let mut title = button("skip", "go-to-sheet", "sheets", &escape(form.say(page::TO_SHEETS)));
    title += &element("h1", &[("lang", page::LANGUAGE_OF_FORMS)], &escape(&template.spec().name));
    title += &setting(page::YEAR, "year", &year);
    if template.spec().has_level() {
        title += &setting(page::LEVEL_WORD, "level", &level);
    }
    title
}

fn save_line(form: FormState) -> String {
    // Only this is read aloud: each save would be too much.
    let problem = [("class", "save-state is-problem"), ("data-part", "save-state"), ("role", "alert")];
    let said = match form.save_state() {
        SaveState::Unchanged => String::new(),
        SaveState::Saving => form.say(page::SAVING).to_owned(),
        SaveState::Saved(time) => form.say_with(page::SAVED_AT, &[("time", time)]),
        SaveState::Failed(reason) => {
            let said = form.say_with(page::NOT_SAVED, &[("reason", reason)]);
            let export = labelled("link", "export-json", form.say(page::EXPORT_JSON));
            return element("span", &problem, &[&escape(&said), " ", &export].concat());
        }
    };
    element("span", &[("class", "save-state"), ("data-part", "save-state")], &escape(&said))
}

fn files(form: FormState) -> String {
    let mut forms = String::new();
    for BuiltIn { id, name, year, .. } in filings::forms() {
        let said = form.say_with(page::FORM_OF, &[("name", (*name).to_owned()), ("year", year.to_string())]);
        forms += &element("li", &[], &button("link", "new-form", id, &escape(&said)));
    }
    forms += &element("li", &[], &labelled("link", "begin-from", form.say(page::BEGIN_FROM)));
    let action = |name: &str, words: Words| labelled("", name, form.say(words));
    let picker =
        |part| open("input", &[("type", "file"), ("accept", KNOWN_FILES), ("hidden", "hidden"), ("data-part", part)]);
    let exports = [
        ("export-docx", page::EXPORT_WORD),
        ("export-xlsx", page::EXPORT_EXCEL),
        ("export-findings", page::EXPORT_FINDINGS),
        ("print-findings", page::PRINT_FINDINGS),
        ("export-json", page::EXPORT_JSON),
    ];
    let exports = exports.map(|(name, words)| element("li", &[], &button("link", name, "", &escape(form.say(words)))));
    [
        drafts_menu::menu("new", form.say(page::NEW), &element("ul", &[], &forms)),
        action("open-sample", page::OPEN_SAMPLE),
        action("open-file", page::OPEN_FILE),
        action("material", page::MATERIAL),
        picker("file"),
        picker("last-file"),
        drafts_menu::menu("export", form.say(page::EXPORT), &element("ul", &[], &exports.concat())),
        action("print", page::PRINT),
    ]
    .concat()
}

fn checks(form: FormState) -> String {
    let step = |name: &str, words: Words, is_idle: bool| {
        let idle = if is_idle { "true" } else { "" };
        let attributes = [("type", "button"), ("data-action", name), ("data-on", "step"), ("aria-disabled", idle)];
        element("button", &attributes, &escape(form.say(words)))
    };
    [
        step("undo", page::UNDO, !form.can_undo()),
        step("redo", page::REDO, !form.can_redo()),
        labelled("", "calculate", form.say(page::CALCULATE)),
        labelled("main", "check-all", form.say(page::CHECK_ALL)),
    ]
    .concat()
}

/// A tab a sheet: its name, how far it is filled, and what is to be changed and verified in it.
fn tabs(form: FormState) -> String {
    let (template, findings) = (form.template(), form.shown());
    let mut tabs = String::new();
    for (sheet, progress) in template.spec().sheets.iter().zip(form.progress()) {
        let mut tab = escape(&sheet.tab);
        if progress.required > 0 {
            let filled = [progress.filled.to_string(), progress.required.to_string()].join("/");
            tab += &line("small", "", &filled);
        }
        for (level, class) in [(Level::Error, "is-error"), (Level::Warning, "is-warning")] {
            let is_here = |sheet_of: &str, of: Level| sheet_of == sheet.id && of == level;
            let count = findings.iter().filter(|found| is_here(&found.sheet, found.level) && found.is_open()).count();
            if count > 0 {
                let title = [form.say(page::level(level)), " ", &count.to_string()].concat();
                tab += &element(
                    "span",
                    &[("class", class), ("role", "img"), ("title", &title), ("aria-label", &title)],
                    &count.to_string(),
                );
            }
        }
        tabs += &button("tab", "go-to-sheet", &sheet.id, &tab);
    }
    let pressed = if form.has_pictures() { "true" } else { "false" };
    let pictures = [("class", "tab"), ("data-action", "pictures"), ("data-on", "tab"), ("aria-pressed", pressed)];
    tabs += &element("button", &pictures, &escape(form.say(page::PICTURES)));
    // Where they are not beside the form but below it.
    let open = findings.iter().filter(|found| found.is_open()).count().to_string();
    let tab = [&escape(form.say(page::FINDINGS)), line("small", "", &open).as_str()].concat();
    tabs += &button("tab to-findings", "go-to-sheet", "findings", &tab);
    element("nav", &[("aria-label", form.say(page::SHEETS))], &tabs)
}

/// Total, grade, counts and progress.
fn standing(form: FormState) -> String {
    let (evaluation, findings) = (form.evaluation(), form.shown());
    let figure = |value: Option<Decimal>| value.map_or_else(|| "—".to_owned(), short);
    let entry = |class: &str, name: Words, part_name: &str, value: &str| {
        let entry = line("dt", "", form.say(name)) + &part("dd", part_name, value);
        element("div", &[("class", class)], &entry)
    };
    let mut entries = String::new();
    // A form without points has no total.
    if let Some(scores) = &evaluation.scores {
        entries += &entry("", page::TOTAL, "total", &figure(scores.total));
        entries += &entry("", page::GRADE, "grade", scores.grade.as_deref().unwrap_or("—"));
        entries += &entry("", page::MEASURED, "measured", &figure(scores.measured));
    }
    let counted = [
        (Level::Error, "is-error", "errors"),
        (Level::Warning, "is-warning", "warnings"),
        (Level::Info, "is-info", "infos"),
    ];
    for (level, class, name) in counted {
        let count = findings.iter().filter(|found| found.level == level && found.is_open()).count();
        entries += &entry(class, page::level(level), name, &count.to_string());
    }
    let progress = evaluation.progress;
    let filled = [progress.filled.to_string(), progress.required.to_string()].join("/");
    entries += &entry("", page::FILLED, "progress", &filled);
    element("dl", &[], &entries)
}

fn notice(form: FormState) -> String {
    let Some((said, is_problem)) = form.notice() else { return String::new() };
    let class = if is_problem { "notice is-problem" } else { "notice" };
    let text = part("span", "notice", &said);
    // How long a file takes is not known beforehand, so the bar has no share.
    let rest = if form.is_told(page::WORKING) {
        element("progress", &[("aria-label", &said)], "") + &labelled("link", "stop-office", form.say(page::STOP))
    } else {
        labelled("link", "close-notice", form.say(page::CLOSE))
    };
    element("p", &[("class", class)], &(text + &rest))
}
