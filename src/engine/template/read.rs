//! Reads a template's tree, field by field; a name that is looked up nowhere here is looked up by `compile`.

use std::collections::BTreeMap;

use crate::engine::finding::Level;
use crate::engine::score::{
    Band, Direction, ExecutionRule, Grade, LessRule, Level as WordLevel, RowScoring, ScoringRules,
};
use crate::engine::template::spec::{
    AccountSpec, BarSpec, BlockSpec, ColumnKind, ColumnSpec, LedgerColumnSpec, LedgerSpec, LineSpec, NextYear,
    PartSpec, PictureKind, Place, ReadSpec, RelationSpec, ReportSpec, RowSpec, RuleKind, RuleSpec, ScoringSpec,
    SectionSpec, SheetSpec, SofterSpec, TemplateSpec, TextRuleKind, TextRuleSpec, TypoSpec,
};
use crate::engine::tree::{self, Misfits, Read, Table, Value};

/// Whether texts are read, written and checked in this build. The page leaves that to the second module, and `build.rs`
/// leaves what it takes out of the page's templates.
const HAS_TEXTS: bool = cfg!(not(is_page));

/// What can be read of a template: `None` where a misfit stands outside of a relation or rule. Those are named by
/// nothing, so the rest can be checked without them.
pub(super) fn read(tree: &Value, misfits: &mut Misfits) -> Option<TemplateSpec> {
    tree::read(tree, misfits, template)
}

fn template(table: &mut Table<'_>) -> Option<TemplateSpec> {
    let mut spec = TemplateSpec {
        id: table.text("id"),
        version: table.text("version"),
        name: table.text("name"),
        short: table.text("short"),
        year: table.integer("year", i32::MIN, i32::MAX),
        level_word: table.text("level_word"),
        source: table.text("source"),
        unit_name: table.optional_text("unit_name"),
        sheets: table.list("sheets", sheet),
        blocks: table.list("blocks", block),
        relations: Vec::new(),
        rules: Vec::new(),
        text_rules: Vec::new(),
        scoring: table.optional_table("scoring", scoring),
        report: if HAS_TEXTS { table.optional_table("report", report) } else { None },
        ledger: if HAS_TEXTS { table.optional_table("ledger", ledger) } else { None },
        pictures: Vec::new(),
    };
    let readable = table.all_readable();
    spec.relations = table.optional_list("relations", relation);
    spec.rules = table.optional_list("rules", rule);
    if HAS_TEXTS {
        spec.text_rules = table.optional_list("text_rules", text_rule);
        spec.pictures = table.optional_list("pictures", picture);
    }
    readable.then_some(spec)
}

fn sheet(table: &mut Table<'_>) -> SheetSpec {
    SheetSpec {
        id: table.text("id"),
        annex: table.text("annex"),
        tab: table.text("tab"),
        title: table.text("title"),
        note: table.optional_text("note"),
        grid: table.optional_text("grid").unwrap_or_default(),
        landscape: table.optional_boolean("landscape").unwrap_or_default(),
    }
}

fn block(table: &mut Table<'_>) -> BlockSpec {
    BlockSpec {
        id: table.text("id"),
        sheet: table.text("sheet"),
        title: table.text("title"),
        place: table.optional_choice("place", PLACES).unwrap_or(Place::Corner),
        label: Some(usize::from(table.optional_integer("label", u8::MIN, u8::MAX))).filter(|label| *label > 0),
        beside: table.optional_boolean("beside").unwrap_or_default(),
        heads: table.optional_texts("heads").unwrap_or_default(),
        columns: table.list("columns", column),
        rows: table.list("rows", row),
    }
}

const PLACES: &[(&str, Place)] = &[
    ("corner", Place::Corner),
    ("side", Place::Side),
    ("joined", Place::Joined),
    ("plain", Place::Plain),
    ("line", Place::Line),
    ("prose", Place::Prose),
];

fn column(table: &mut Table<'_>) -> ColumnSpec {
    ColumnSpec {
        id: table.text("id"),
        label: table.text("label"),
        kind: table.choice("kind", COLUMN_KINDS),
        // Most cells cover one column of the grid.
        span: usize::from(table.optional_integer("span", u8::MIN, u8::MAX).max(1)),
        last_year: if HAS_TEXTS { table.optional_text("last_year") } else { None },
        next_year: if HAS_TEXTS { table.optional_choice("next_year", NEXT_YEARS) } else { None },
        help: if HAS_TEXTS { table.optional_text("help") } else { None },
        example: if HAS_TEXTS { table.optional_text("example") } else { None },
    }
}

const COLUMN_KINDS: &[(&str, ColumnKind)] = &[
    ("money", ColumnKind::Money),
    ("count", ColumnKind::Count),
    ("percent", ColumnKind::Percent),
    ("points", ColumnKind::Points),
    ("area", ColumnKind::Area),
    ("text", ColumnKind::Text),
    ("long_text", ColumnKind::LongText),
    ("name", ColumnKind::Name),
    ("quantity", ColumnKind::Quantity),
];

fn row(table: &mut Table<'_>) -> RowSpec {
    RowSpec {
        id: table.optional_text("id"),
        group: table.optional_text("group"),
        label: table.optional_text("label").unwrap_or_default(),
        also: table.optional_texts("also").unwrap_or_default(),
        name: table.optional_text("name"),
        indent: table.optional_integer("indent", u8::MIN, u8::MAX),
        under: table.optional_text("under"),
        points: table.optional_text("points"),
        only: table.optional_texts("only"),
        fixed: table.optional_text_map("fixed"),
        preset: table.optional_text_map("preset"),
        required: table.optional_texts("required").unwrap_or_default(),
        initial: table.optional_integer("initial", u32::MIN, u32::MAX),
        placeholder: table.optional_text("placeholder").unwrap_or_default(),
        direction: table.optional_choice("direction", DIRECTIONS),
        scoring: table.optional_variant("scoring", ROW_SCORINGS),
        next_year: if HAS_TEXTS { table.optional_choice("next_year", NEXT_YEARS) } else { None },
        help: if HAS_TEXTS { table.optional_text("help") } else { None },
        cell_help: if HAS_TEXTS { table.optional_text_map("cell_help") } else { BTreeMap::new() },
        examples: if HAS_TEXTS { table.optional_text_map("examples") } else { BTreeMap::new() },
    }
}

const NEXT_YEARS: &[(&str, NextYear)] =
    &[("keep", NextYear::Keep), ("revise", NextYear::Revise), ("clear", NextYear::Clear)];

const DIRECTIONS: &[(&str, Direction)] = &[("more", Direction::More), ("less", Direction::Less)];

pub(crate) const ROW_SCORINGS: &[(&str, Read<RowScoring>)] = &[
    ("by_target", |_| RowScoring::ByTarget),
    ("banded", |table| RowScoring::Banded(table.list("banded", band))),
    ("yes_no", |_| RowScoring::YesNo),
];

fn relation(table: &mut Table<'_>) -> RelationSpec {
    RelationSpec {
        code: table.text("code"),
        name: table.text("name"),
        formula: table.text("formula"),
        block: table.optional_text("block"),
        columns: table.optional_texts("columns").unwrap_or_default(),
        each_row: table.optional_text("each_row"),
        level: table.choice("level", LEVELS),
        basis: table.text("basis"),
        softer: table.optional_table("softer", softer),
        derives: table.optional_boolean("derives"),
        complete: table.optional_boolean("complete").unwrap_or_default(),
    }
}

const LEVELS: &[(&str, Level)] = &[("error", Level::Error), ("warning", Level::Warning), ("info", Level::Info)];

fn softer(table: &mut Table<'_>) -> SofterSpec {
    SofterSpec { level: table.choice("level", LEVELS), less: table.text("less"), than: table.text("than") }
}

fn rule(table: &mut Table<'_>) -> RuleSpec {
    RuleSpec {
        code: table.text("code"),
        name: table.text("name"),
        level: table.choice("level", LEVELS),
        basis: table.text("basis"),
        kind: table.variant("is", RULE_KINDS),
    }
}

const RULE_KINDS: &[(&str, Read<RuleKind>)] = &[
    ("either", |table| table.table("either", either)),
    ("overspend", |table| table.table("overspend", overspend)),
    ("growth", |table| table.table("growth", growth)),
    ("unbudgeted", |table| table.table("unbudgeted", unbudgeted)),
    ("change_limit", |table| table.table("change_limit", change_limit)),
    ("execution_score", |_| RuleKind::ExecutionScore),
    ("execution_floor", |table| table.table("execution_floor", execution_floor)),
    ("score_in_range", |_| RuleKind::ScoreInRange),
    ("bound_indicator", |table| table.table("bound_indicator", bound_indicator)),
    ("parts_in_text", |table| table.table("parts_in_text", parts_in_text)),
    ("scope", |table| table.table("scope", scope)),
    ("reason_missing", |_| RuleKind::ReasonMissing),
    ("full_marks_though_missed", |_| RuleKind::FullMarksThoughMissed),
    ("overshoot_without_reason", |_| RuleKind::OvershootWithoutReason),
    ("word_where_number_due", |_| RuleKind::WordWhereNumberDue),
    ("not_quantified", |_| RuleKind::NotQuantified),
    ("target_without_sign", |_| RuleKind::TargetWithoutSign),
    ("actual_carries_sign", |_| RuleKind::ActualCarriesSign),
    ("reason_empty_in_meaning", |_| RuleKind::ReasonEmptyInMeaning),
    ("score_differs_from_rule", |_| RuleKind::ScoreDiffersFromRule),
    ("unit_differs", |_| RuleKind::UnitDiffers),
    ("major_row", |_| RuleKind::MajorRow),
    ("full_marks_unspent", |_| RuleKind::FullMarksUnspent),
    ("alarm", |_| RuleKind::Alarm),
];

fn either(table: &mut Table<'_>) -> RuleKind {
    RuleKind::Either {
        cell: table.text("cell"),
        should_be: table.text("should_be"),
        may_be: table.text("may_be"),
        may_be_level: table.choice("may_be_level", LEVELS),
    }
}

fn overspend(table: &mut Table<'_>) -> RuleKind {
    RuleKind::Overspend {
        block: table.text("block"),
        budget: table.text("budget"),
        spent: table.text("spent"),
        rows: table.list("rows", line),
    }
}

fn growth(table: &mut Table<'_>) -> RuleKind {
    RuleKind::Growth {
        block: table.text("block"),
        before: table.text("before"),
        now: table.text("now"),
        rows: table.texts("rows"),
        limit: table.decimal("limit"),
        at_least: table.decimal("at_least"),
    }
}

fn unbudgeted(table: &mut Table<'_>) -> RuleKind {
    RuleKind::Unbudgeted {
        block: table.text("block"),
        budget: table.text("budget"),
        spent: table.text("spent"),
        rows: table.texts("rows"),
        groups: table.texts("groups"),
    }
}

fn change_limit(table: &mut Table<'_>) -> RuleKind {
    RuleKind::ChangeLimit { from: table.text("from"), to: table.text("to"), limit: table.decimal("limit") }
}

fn execution_floor(table: &mut Table<'_>) -> RuleKind {
    RuleKind::ExecutionFloor { floor: table.decimal("floor") }
}

fn bound_indicator(table: &mut Table<'_>) -> RuleKind {
    RuleKind::BoundIndicator {
        groups: table.texts("groups"),
        names: table.texts("names"),
        target: table.text("target"),
        actual: table.text("actual"),
    }
}

fn parts_in_text(table: &mut Table<'_>) -> RuleKind {
    RuleKind::PartsInText { cells: table.texts("cells") }
}

fn scope(table: &mut Table<'_>) -> RuleKind {
    RuleKind::Scope {
        wide: table.text("wide"),
        narrow: table.text("narrow"),
        among: table.texts("among"),
        sentence: table.text("sentence"),
        item: table.text("item"),
        into: table.text("into"),
    }
}

fn text_rule(table: &mut Table<'_>) -> TextRuleSpec {
    TextRuleSpec {
        code: table.text("code"),
        name: table.text("name"),
        level: table.choice("level", LEVELS),
        basis: table.text("basis"),
        kind: table.variant("is", TEXT_RULE_KINDS),
    }
}

const TEXT_RULE_KINDS: &[(&str, Read<TextRuleKind>)] = &[
    ("document_number", |_| TextRuleKind::DocumentNumber),
    ("date", |_| TextRuleKind::Date),
    ("unit_name", |_| TextRuleKind::UnitName),
    ("personal_data", |_| TextRuleKind::PersonalData),
    ("typos", |table| table.table("typos", |table| TextRuleKind::Typos { list: table.list("list", typo) })),
    ("repeated", |table| {
        table.table("repeated", |table| TextRuleKind::Repeated {
            at_least: table.integer("at_least", LEAST_REPEATED, MOST_REPEATED),
        })
    }),
    ("placeholder", |table| table.table("placeholder", placeholder)),
    ("count_of_list", |table| table.table("count_of_list", count_of_list)),
    ("stale_year", |table| table.table("stale_year", |table| TextRuleKind::StaleYear { words: table.texts("words") })),
    ("filing_date", |table| table.table("filing_date", |table| TextRuleKind::FilingDate { cell: table.text("cell") })),
    ("unit_slip", |table| table.table("unit_slip", |table| TextRuleKind::UnitSlip { totals: table.texts("totals") })),
    ("telephone", |table| table.table("telephone", |table| TextRuleKind::Telephone { labels: table.texts("labels") })),
    ("no_problems", |table| table.table("no_problems", no_problems)),
];

/// Shorter passages stand twice in any prose; of longer ones no filing has two.
const LEAST_REPEATED: u32 = 20;
const MOST_REPEATED: u32 = 10_000;

fn typo(table: &mut Table<'_>) -> TypoSpec {
    TypoSpec {
        wrong: table.text("wrong"),
        right: table.text("right"),
        ahead: table.optional_texts("ahead").unwrap_or_default(),
        behind: table.optional_texts("behind").unwrap_or_default(),
        unless: table.optional_texts("unless").unwrap_or_default(),
    }
}

fn placeholder(table: &mut Table<'_>) -> TextRuleKind {
    TextRuleKind::Placeholder {
        wordings: table.texts("wordings"),
        names: table.texts("names"),
        counted: table.texts("counted"),
    }
}

fn count_of_list(table: &mut Table<'_>) -> TextRuleKind {
    TextRuleKind::CountOfList {
        counters: table.texts("counters"),
        leads: table.texts("leads"),
        open: table.texts("open"),
    }
}

fn no_problems(table: &mut Table<'_>) -> TextRuleKind {
    TextRuleKind::NoProblems {
        headings: table.texts("headings"),
        cells: table.optional_texts("cells").unwrap_or_default(),
        none: table.texts("none"),
    }
}

fn line(table: &mut Table<'_>) -> LineSpec {
    LineSpec { row: table.text("row"), within: table.optional_text("within") }
}

fn scoring(table: &mut Table<'_>) -> ScoringSpec {
    ScoringSpec {
        block: table.text("block"),
        name: table.text("name"),
        target: table.text("target"),
        actual: table.text("actual"),
        weight: table.text("weight"),
        score: table.text("score"),
        reason: table.text("reason"),
        total_weight: table.text("total_weight"),
        total_score: table.text("total_score"),
        execution_weight: table.text("execution_weight"),
        execution_score: table.text("execution_score"),
        spent: table.text("spent"),
        budget: table.text("budget"),
        grades: table.list("grades", grade),
        rules: table.table("rules", scoring_rules),
    }
}

fn grade(table: &mut Table<'_>) -> Grade {
    Grade { name: table.text("name"), from: table.decimal("from") }
}

pub(crate) fn scoring_rules(table: &mut Table<'_>) -> ScoringRules {
    ScoringRules {
        execution: table.variant("execution", EXECUTION_RULES),
        less_is_better: table.choices("less_is_better", LESS_RULES),
        levels: table.list("levels", word_level),
        yes_words: table.texts("yes_words"),
        no_words: table.texts("no_words"),
        not_applicable_words: table.texts("not_applicable_words"),
        rescale: table.boolean("rescale"),
        overshoot_limit: table.decimal("overshoot_limit"),
        empty_reason_words: table.texts("empty_reason_words"),
        paying_less_words: table.texts("paying_less_words"),
        major_row_share: table.decimal("major_row_share"),
        alarm_red: table.decimal("alarm_red"),
        alarm_yellow: table.decimal("alarm_yellow"),
        full_marks_unspent: table.decimal("full_marks_unspent"),
    }
}

const EXECUTION_RULES: &[(&str, Read<ExecutionRule>)] = &[
    ("proportional", |_| ExecutionRule::Proportional),
    ("steps", |table| ExecutionRule::Steps(table.list("steps", band))),
];

const LESS_RULES: &[(&str, LessRule)] = &[("linear", LessRule::Linear), ("ratio", LessRule::Ratio)];

fn band(table: &mut Table<'_>) -> Band {
    Band { from: table.decimal("from"), share: table.decimal("share") }
}

fn word_level(table: &mut Table<'_>) -> WordLevel {
    WordLevel { name: table.text("name"), from: table.decimal("from"), words: table.texts("words") }
}

fn report(table: &mut Table<'_>) -> ReportSpec {
    ReportSpec {
        sheet: table.text("sheet"),
        sections: table.list("sections", section),
        reads: table.optional_list("reads", wordings),
        neutral: table.optional_texts("neutral").unwrap_or_default(),
        fillers: table.optional_texts("fillers").unwrap_or_default(),
        other: table.optional_texts("other").unwrap_or_default(),
    }
}

fn section(table: &mut Table<'_>) -> SectionSpec {
    SectionSpec {
        id: table.text("id"),
        heading: table.text("heading"),
        also: table.optional_texts("also").unwrap_or_default(),
        names: table.optional_texts("names").unwrap_or_default(),
        none: table.optional_text("none"),
        parts: table.list("parts", part),
    }
}

fn part(table: &mut Table<'_>) -> PartSpec {
    PartSpec {
        heading: table.optional_text("heading"),
        also: table.optional_texts("also").unwrap_or_default(),
        sentence: table.optional_text("sentence"),
        each: table.optional_text("each"),
        text: table.optional_text("text"),
    }
}

fn wordings(table: &mut Table<'_>) -> ReadSpec {
    ReadSpec {
        cells: table.texts("cells"),
        anywhere: table.optional_boolean("anywhere").unwrap_or_default(),
        subject: table.optional_boolean("subject").unwrap_or_default(),
        words: table.texts("words"),
    }
}

fn ledger(table: &mut Table<'_>) -> LedgerSpec {
    LedgerSpec {
        columns: table.list("columns", ledger_column),
        accounts: table.list("accounts", account),
        codes: table.optional_texts("codes").unwrap_or_default(),
        basic: table.optional_texts("basic").unwrap_or_default(),
        project: table.optional_texts("project").unwrap_or_default(),
        funds: table.optional_texts("funds").unwrap_or_default(),
        totals: table.optional_texts("totals").unwrap_or_default(),
        other: table.optional_texts("other").unwrap_or_default(),
    }
}

fn ledger_column(table: &mut Table<'_>) -> LedgerColumnSpec {
    LedgerColumnSpec { into: table.text("into"), words: table.texts("words") }
}

fn account(table: &mut Table<'_>) -> AccountSpec {
    AccountSpec {
        into: table.text("into"),
        codes: table.text_map("codes"),
        basic: table.optional_boolean("basic").unwrap_or_default(),
    }
}

fn picture(table: &mut Table<'_>) -> PictureKind {
    table.variant("is", PICTURE_KINDS)
}

const PICTURE_KINDS: &[(&str, Read<PictureKind>)] = &[
    ("funds", |table| table.table("funds", |table| PictureKind::Funds { bars: table.list("bars", bar) })),
    ("spending", |table| table.table("spending", spending)),
    ("years", |table| table.table("years", years)),
];

fn bar(table: &mut Table<'_>) -> BarSpec {
    BarSpec { total: table.text("total"), parts: table.texts("parts") }
}

fn spending(table: &mut Table<'_>) -> PictureKind {
    PictureKind::Spending {
        block: table.text("block"),
        budget: table.text("budget"),
        spent: table.text("spent"),
        rows: table.texts("rows"),
        groups: table.optional_texts("groups").unwrap_or_default(),
    }
}

fn years(table: &mut Table<'_>) -> PictureKind {
    PictureKind::Years {
        block: table.text("block"),
        before: table.text("before"),
        now: table.text("now"),
        rows: table.texts("rows"),
        groups: table.optional_texts("groups").unwrap_or_default(),
    }
}
