//! Cards of wrong figures as the page shows them: one for each, in words and with the buttons that mend it.

use gouji::engine::edit::Edit;
use gouji::engine::evaluate;
use gouji::engine::evaluation::Stage;
use gouji::engine::finding::{AnswerState, Level};
use gouji::engine::submission::{CONFIRMED, Submission};
use gouji::engine::template::Template;
use gouji::render::repairs::{Card, cards};
use gouji::words::Language;

fn template() -> Template {
    gouji::built_in_template("zhuzhou-department").expect("it is built in")
}

/// The sample with other texts in some cells.
fn sample(texts: &[(&str, &str)]) -> Submission {
    let mut filing = gouji::exchange::json::read(gouji::SAMPLES[0].1, &template()).expect("the sample can be read");
    for (key, text) in texts {
        filing.cells.insert((*key).to_owned(), (*text).to_owned());
    }
    filing
}

fn all(filing: &Submission, language: Language) -> Vec<Card> {
    cards(&template(), filing, Stage::Draft, None, language)
}

fn errors(filing: &Submission) -> Vec<Card> {
    all(filing, Language::Chinese).into_iter().filter(|card| card.level == Some(Level::Error)).collect()
}

#[test]
fn one_wrong_figure_is_one_card() {
    let filing = sample(&[("funds.public.final", "310300.00")]);
    let found = errors(&filing);
    let [card] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(card.what, "公用经费·2024年决算数 疑似按“元”填列（本表单位：万元）：310,300.00，应为 31.03。");
    assert_eq!(card.evidence, "改后相关 4 条审核关系全部相符。");
    assert_eq!((card.cells[0].as_str(), card.suspects.as_str()), ("funds.public.final", "1"));
    assert_eq!(card.texts[0], "310300.00");
    let of_errors = evaluate(&template(), &filing, Stage::Draft).counts.errors;
    assert_eq!(card.covers.len(), of_errors, "no error stands beside it");
    for piece in [
        "data-action=\"write-text\" data-on=\"funds.public.final\" data-text=\"31.03\" aria-describedby=\"after-0-0\"",
        "data-action=\"set-source\" data-on=\"funds.public.final\" data-text=\"confirmed\"",
        "<summary>查看算式</summary>",
        "±0.005",
        "id=\"after-0-0\"",
        "不符 → 相符",
    ] {
        assert!(card.html.contains(piece), "{piece}: {}", card.html);
    }
    let english = all(&filing, Language::English);
    assert!(english[0].what.ends_with("310,300.00; it should be 31.03."), "{}", english[0].what);
    assert!(english[0].html.contains(">Change to 31.03<"));
}

/// The sample with a column of 附件2 ten thousand times as large.
fn column_in_yuan(column: &str) -> Submission {
    let mut filing = sample(&[]);
    let ending = [".", column].concat();
    let own: Vec<String> =
        filing.cells.keys().filter(|key| key.starts_with("funds.") && key.ends_with(&ending)).cloned().collect();
    for key in own {
        let value: rust_decimal::Decimal = filing.cells[&key].parse().expect("a figure");
        let text = (value * rust_decimal::Decimal::from(10_000)).normalize().to_string();
        filing.cells.insert(key, text);
    }
    filing
}

#[test]
fn a_column_in_yuan_is_one_card_that_divides_all_of_it() {
    let found = all(&column_in_yuan("prior"), Language::Chinese);
    let card = found.first().expect("a card");
    assert_eq!(card.what, "“2023年决算数”一列疑似按“元”填列（本表单位：万元），共 7 个数。");
    assert_eq!(
        card.evidence,
        "与同一行的“2024年预算数”相比，7 行中 7 行约为 10000 倍，如项目支出·2023年决算数 2,222,100.00，2024年预算数 278.40。"
    );
    assert_eq!(card.todo, "对照原件核对：确是按“元”填的，点“整列除以 10000”；没有填错的，点“此列无误”。");
    assert_eq!((card.code.as_str(), card.level), ("N04", Some(Level::Warning)), "no relation fails");
    let keys = "funds.three_public.prior funds.reception.prior funds.projects.prior funds.r2.prior funds.public.prior \
                funds.office.prior funds.utilities_travel.prior";
    let texts = "0.14\n0.14\n222.21\n222.21\n25.1\n7.47\n3.28";
    for piece in [
        &format!("data-action=\"write-text\" data-on=\"{keys}\" data-text=\"{texts}\"") as &str,
        &format!("data-action=\"set-source\" data-on=\"{keys}\" data-text=\"confirmed\""),
        ">整列除以 10000<",
        ">此列无误<",
    ] {
        assert!(card.html.contains(piece), "{piece}: {}", card.html);
    }
    let english = all(&column_in_yuan("prior"), Language::English);
    assert!(english[0].what.starts_with("The column 2023年决算数 seems to be in yuan"), "{}", english[0].what);
}

#[test]
fn a_column_in_yuan_stands_in_place_of_the_errors_that_it_makes() {
    let filing = column_in_yuan("final");
    let of_errors = evaluate(&template(), &filing, Stage::Draft).counts.errors;
    let found = errors(&filing);
    let [card] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(card.covers.len(), of_errors);
    // K01, K02, R03; R16 is open while 资本性支出 is blank.
    assert!(card.evidence.ends_with("除以 10000 后，与其他数的 3 条审核关系由不符变为相符。"), "{}", card.evidence);
}

#[test]
fn a_column_called_right_or_answered_is_left_alone() {
    let mut filing = column_in_yuan("prior");
    let card = all(&filing, Language::Chinese).remove(0);
    let answered = Edit::note(&filing, &card.code, &card.cells, "按元填列的附表");
    answered.apply(&mut filing);
    let note = all(&filing, Language::Chinese).remove(0).note.expect("its 审核说明");
    assert_eq!((note.text.as_str(), note.state), ("按元填列的附表", AnswerState::Valid));
    let keys: Vec<&str> = card.cells.iter().map(String::as_str).collect();
    let confirmed = Edit::sources(&filing, &keys, CONFIRMED);
    confirmed.apply(&mut filing);
    assert!(all(&filing, Language::Chinese).iter().all(|card| !card.what.contains("一列")));
    confirmed.inverted().apply(&mut filing);
    assert!(all(&filing, Language::Chinese)[0].what.contains("一列"), "one undo");
}

/// What a button would change is counted as the head of the page counts: a wrong figure once, whatever it breaks.
#[test]
fn what_would_change_is_counted_in_cards() {
    let found = errors(&sample(&[("funds.public.final", "310300.00")]));
    assert!(found[0].covers.len() > 1, "{found:#?}");
    assert!(found[0].html.contains("<td>强制性</td><td>1 → 0</td>"), "{}", found[0].html);
}

#[test]
fn several_wrong_figures_are_told_with_the_proviso() {
    let found = errors(&sample(&[("funds.public.final", "310300"), ("indicators.total.score", "79")]));
    let said: Vec<&str> = found.iter().map(|card| card.what.as_str()).collect();
    assert_eq!(said.len(), 2, "{said:#?}");
    assert_eq!(said[1], "总分·得分 疑似两位数字颠倒：79，应为 97。");
    assert!(found.iter().all(|card| card.evidence.starts_with("若只有一处错误：")), "{found:#?}");
}

#[test]
fn a_figure_called_right_is_not_blamed_and_can_be_blamed_again() {
    let mut filing = sample(&[("funds.public.final", "310300.00")]);
    filing.provenance.insert("funds.public.final".to_owned(), CONFIRMED.to_owned());
    let found = errors(&filing);
    assert!(found.iter().all(|card| !card.what.starts_with("公用经费·2024年决算数")), "{found:#?}");
    let html: String = found.iter().map(|card| card.html.as_str()).collect();
    assert!(html.contains("data-action=\"set-source\" data-on=\"funds.public.final\">撤销确认<"), "{html}");
    assert!(!html.contains("data-on=\"funds.public.final\" data-text=\"confirmed\""), "it is ruled out");
}

#[test]
fn where_every_figure_is_wrong_it_is_said_in_one_sentence() {
    let mut filing = sample(&[]);
    let figures: Vec<String> = filing
        .cells
        .iter()
        .filter(|(_, text)| text.chars().all(|c| c.is_ascii_digit() || c == '.'))
        .map(|(key, _)| key.clone())
        .collect();
    for (at, key) in figures.iter().enumerate() {
        filing.cells.insert(key.clone(), format!("{}.{:02}", 7 + at * at * 13 % 971, at * 37 % 100));
    }
    let found = errors(&filing);
    let lost = found.iter().find(|card| card.what.starts_with("至少 ")).expect("a card without a figure");
    assert!(lost.html.contains("data-action=\"go-to\""), "it says where to begin");
    let mut covered: Vec<&String> = found.iter().flat_map(|card| &card.covers).collect();
    let count = covered.len();
    covered.sort_unstable();
    covered.dedup();
    assert_eq!(covered.len(), count, "no finding stands in two cards");
}

#[test]
fn a_form_without_a_figure_has_no_card() {
    let blank = Submission::blank(&template(), "a");
    assert_eq!(errors(&blank), Vec::new());
}

#[test]
fn a_blank_is_offered_once_the_other_figures_tell_it() {
    let filing = sample(&[("funds.public.final", "")]);
    let blanks = all(&filing, Language::Chinese).pop().expect("a card of blanks");
    assert_eq!(blanks.level, Some(Level::Info));
    assert!(blanks.html.contains("空白，应为 31.03（R03"), "{}", blanks.html);
    assert!(blanks.html.contains(">填入 31.03<"), "{}", blanks.html);
}

/// Texts of figures that nobody means: the engine says so, and the search must neither fail nor make a figure of them.
#[test]
fn absurd_figures_in_every_cell_are_survived() {
    let template = template();
    for text in
        ["999999999999999", "-999999999999999", "999999999999999亿元", "0.000000000001", "9999999999999999999999999999"]
    {
        let mut filing = sample(&[]);
        let layout = gouji::engine::layout::Layout::of(&template, &filing);
        let figures =
            layout.fields().iter().filter(|field| field.column.kind.measure().is_some() && field.fixed().is_none());
        let keys: Vec<String> = figures.map(|field| field.key.clone()).collect();
        drop(layout);
        for key in keys {
            filing.cells.insert(key, text.to_owned());
        }
        for stage in [Stage::Draft, Stage::Final] {
            for card in cards(&template, &filing, stage, None, Language::Chinese) {
                assert!(!card.what.is_empty());
            }
        }
    }
}

/// J14 lists five lines that spent above their budgets; one that a wrong figure adds is not the whole list.
#[test]
fn list_with_another_line_is_not_of_the_wrong_figure() {
    let (template, filing) = (template(), sample(&[("funds.three_public.final", "6")]));
    let evaluation = evaluate(&template, &filing, Stage::Final);
    let located = gouji::engine::locate::locate(&template, &filing, &evaluation, None);
    let covered = located.clusters.iter().flat_map(|cluster| &cluster.findings);
    let codes: Vec<&str> = covered.map(|at| evaluation.findings[*at].code.as_str()).collect();
    assert_eq!(codes, ["J01"]);
}
