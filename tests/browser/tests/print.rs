//! On paper: the sheets alone, on A4, with every text as it was typed; afterwards the page is as it was.

use std::fs;

use anyhow::Result;
use gouji::engine::edit::Edit;
use gouji::engine::layout::Layout;
use gouji::engine::report::{Blanks, plain_text, write};
use gouji::engine::submission::Submission;
use gouji::engine::template::Template;
use gouji::exchange::json as files;
use gouji_browser_tests::{Browser, Page, on_every_browser, places};
use serde_json::json;

/// Keeps what is on paper at the moment of printing, after the page has laid it out.
const REMEMBER_PAPER: &str = "addEventListener('beforeprint', () => {
    const paper = document.querySelector('.paper');
    window.papers = document.querySelectorAll('.paper').length;
    window.paper = Array.from(paper.querySelectorAll('td, th, .field, .report-print > *'), cell => cell.textContent);
    window.controls = paper.querySelectorAll('button, input, textarea, select').length;
})";

fn sample() -> (Template, Submission) {
    let (id, filing) = gouji::SAMPLES[0];
    let template = gouji::built_in_template(id).expect("its form is built in");
    let filing = files::read(filing, &template).expect("the sample is sound");
    (template, filing)
}

/// A page that shows this filing.
fn open(browser: Browser, filing: &Submission) -> Result<Page> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("稿.json");
    fs::write(&file, files::write(filing))?;
    let mut page = browser.open()?;
    page.choose_files("[data-part=\"file\"]", &[&file])?;
    let name = filing.text("unit.all.name");
    page.wait_until(&format!(
        "(document.querySelector('[data-key=\"unit.all.name\"]') || {{}}).value === {}",
        json!(name)
    ))?;
    page.eval(REMEMBER_PAPER)?;
    // The report is written by the second module, in its own time.
    page.wait_until("(document.querySelector('[data-part=preview]') || {}).textContent")?;
    Ok(page)
}

/// Prints; the file stays in `target/print-pictures/` if `GOUJI_KEEP_PRINTS` is set.
fn print(page: &mut Page, name: &str) -> Result<Pdf> {
    let bytes = page.print_to_pdf()?;
    if std::env::var_os("GOUJI_KEEP_PRINTS").is_some() {
        let folder = places::root().join("target/print-pictures");
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("{name}, {}.pdf", page.browser().name())), &bytes)?;
    }
    Ok(Pdf(String::from_utf8_lossy(&bytes).into_owned()))
}

/// The few things that can be read from a file of Chromium without unpacking it.
struct Pdf(String);

impl Pdf {
    fn pages(&self) -> usize {
        self.0.matches("/Type /Page\n").count()
    }

    /// Width and height of each page in points, rounded.
    fn sizes(&self) -> Vec<(i64, i64)> {
        let boxes = self.0.split("/MediaBox [").skip(1).filter_map(|rest| rest.split(']').next());
        let numbers = boxes.map(|numbers| numbers.split_whitespace().filter_map(|number| number.parse::<f64>().ok()));
        numbers
            .map(|numbers| numbers.map(|number| number.round() as i64).collect::<Vec<_>>())
            .map(|b| (b[2], b[3]))
            .collect()
    }
}

/// Lays the paper out as for printing and lets the style sheet see paper, without printing.
fn lay_out_paper(page: &mut Page) -> Result<()> {
    page.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" }))?;
    page.eval("window.dispatchEvent(new Event('beforeprint'))")?;
    Ok(())
}

fn style(page: &mut Page, selector: &str, property: &str) -> Result<String> {
    page.wait_for(selector)?;
    let value =
        page.eval(&format!("getComputedStyle(document.querySelector({}))[{}]", json!(selector), json!(property)))?;
    Ok(value.as_str().unwrap_or_default().to_owned())
}

/// The texts of the cells on paper, as they were at the last printing.
fn paper(page: &mut Page) -> Result<Vec<String>> {
    Ok(serde_json::from_value(page.eval("paper")?)?)
}

#[test]
fn sample_takes_one_page_a_sheet_on_upright_a4() {
    on_every_browser(|browser| {
        let mut page = open(browser, &sample().1)?;
        let whole = print(&mut page, "sample")?;
        assert_eq!(page.eval("papers")?, 1, "the browser tells the page that it prints");
        assert!(whole.sizes().iter().all(|size| *size == (595, 842)), "{:?}", whole.sizes());
        let mut of_report = 0;
        for sheet in ["[data-sheet=base]", "[data-sheet=self]", ".report-print"] {
            let others = format!(".paper .sheet:not({sheet})");
            page.eval(&format!(
                "window.only = () => document.querySelectorAll('{others}').forEach(sheet => sheet.remove());
                 addEventListener('beforeprint', only)"
            ))?;
            let pages = print(&mut page, sheet)?.pages();
            match sheet {
                ".report-print" => of_report = pages,
                _ => assert_eq!(pages, 1, "pages of {sheet}"),
            }
            page.eval("removeEventListener('beforeprint', only)")?;
        }
        assert!((3..=8).contains(&of_report), "{of_report} pages of the report");
        assert_eq!(whole.pages(), of_report + 2, "each begins on a page of its own");
        Ok(())
    });
}

#[test]
fn report_is_printed_before_the_tables_with_its_headings_above_their_text() {
    let (template, filing) = sample();
    let layout = Layout::of(&template, &filing);
    let expected = plain_text(&write(&layout, Blanks::Dropped));
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    on_every_browser(|browser| {
        let mut page = open(browser, &filing)?;
        lay_out_paper(&mut page)?;
        let sheets = page.eval(
            "Array.from(document.querySelector('.paper').children, sheet => sheet.dataset.sheet || sheet.className)",
        )?;
        assert_eq!(sheets, json!(["sheet report-print", "base", "self"]));
        let lines = page.texts(".paper .report-print > *")?;
        assert_eq!(lines.iter().map(|line| line.trim()).collect::<Vec<_>>(), expected);
        for heading in ["h3", "h4"] {
            let kept = page.eval(&format!(
                "Array.from(document.querySelectorAll('.paper .report-print {heading}'))
                    .every(heading => getComputedStyle(heading).breakAfter === 'avoid')"
            ))?;
            assert_eq!(kept, true, "{heading} stays with what follows");
        }
        assert_eq!(style(&mut page, ".paper .report-print", "breakAfter")?, "page");
        assert_eq!(style(&mut page, ".paper .report-print h2", "textAlign")?, "center");
        // A form whose report was not begun has none on paper.
        let mut fresh = browser.open()?;
        fresh.wait_for("main")?;
        lay_out_paper(&mut fresh)?;
        fresh.wait_for(".paper [data-sheet=self]")?;
        assert_eq!(fresh.eval("document.querySelectorAll('.paper .report-print').length")?, 0);
        fresh.devtools("Emulation.setEmulatedMedia", json!({ "media": "" }))?;
        fresh.eval("window.dispatchEvent(new Event('afterprint'))")?;
        // Nor where the second module was asked for something else.
        fresh.click("[data-action=material]")?;
        fresh.wait_for("[data-part=material-input]")?;
        lay_out_paper(&mut fresh)?;
        fresh.wait_for(".paper [data-sheet=self]")?;
        assert_eq!(fresh.eval("document.querySelectorAll('.paper .report-print').length")?, 0);
        Ok(())
    });
}

#[test]
fn only_the_sheets_are_on_paper() {
    on_every_browser(|browser| {
        let mut page = open(browser, &sample().1)?;
        assert_eq!(style(&mut page, "header", "display")?, "block");
        lay_out_paper(&mut page)?;
        for gone in ["header", "main", ".findings", "[data-part=\"notice\"]"] {
            let shown = page.eval(&format!("document.querySelector({}).getClientRects().length", json!(gone)))?;
            assert_eq!(shown, 0, "{gone}");
        }
        assert_eq!(style(&mut page, ".paper", "display")?, "block");
        assert_eq!(page.eval("controls")?, 0);
        let text = page.eval("document.body.innerText")?;
        let text = text.as_str().unwrap_or_default();
        assert!(text.contains("2024年度部门（单位）整体支出绩效自评表"), "{text}");
        for control in ["打印", "全部审核", "审核结果", "核实性", "填入", "测算"] {
            assert!(!text.contains(control), "{control} is on paper: {text}");
        }
        assert_eq!(style(&mut page, ".paper td", "backgroundColor")?, "rgba(0, 0, 0, 0)", "errors are not coloured");

        page.devtools("Emulation.setEmulatedMedia", json!({ "media": "" }))?;
        page.eval("window.dispatchEvent(new Event('afterprint'))")?;
        page.wait_until(
            "!document.querySelector('.paper') && document.querySelector('header').getClientRects().length",
        )?;
        Ok(())
    });
}

#[test]
fn everything_stands_on_paper_as_it_was_typed() {
    let (_, mut filing) = sample();
    let typed = [
        ("funds.three_public.prior", "——"),
        ("funds.three_public.budget", "/"),
        ("funds.three_public.final", "无"),
        ("funds.reception.prior", "0"),
        ("funds.reception.budget", "16"),
        ("funds.reception.final", "16.00"),
        ("funds.office.prior", "1,234.5"),
        ("funds.office.budget", "１２．５"),
        ("funds.office.final", " 12a"),
        ("funds.projects.prior", "1234567.891"),
    ];
    for (key, text) in typed {
        filing.cells.insert(key.to_owned(), text.to_owned());
    }
    for key in ["funds.public.prior", "funds.public.budget", "funds.public.final"] {
        filing.cells.remove(key);
    }
    on_every_browser(|browser| {
        let mut page = open(browser, &filing)?;
        print(&mut page, "as typed")?;
        let paper = paper(&mut page)?;
        let row = |label: &str| {
            let at = paper.iter().position(|cell| cell.trim() == label);
            paper[at.unwrap_or_else(|| panic!("no row {label}: {paper:#?}")) + 1..][..3].to_vec()
        };
        assert_eq!(row("三公经费"), ["——", "/", "无"]);
        assert_eq!(row("3、公务接待"), ["0", "16", "16.00"]);
        assert_eq!(row("其中：办公经费"), ["1,234.5", "１２．５", " 12a"]);
        assert_eq!(row("公用经费"), ["", "", ""]);
        assert_eq!(row("项目支出：")[0], "1234567.891");
        for text in filing.cells.values().filter(|text| !text.is_empty()) {
            // Own words of the report are a paragraph a line.
            for line in text.lines().filter(|line| !line.trim().is_empty()) {
                assert!(paper.iter().any(|cell| cell.contains(line.trim_end())), "{line} is missing: {paper:#?}");
            }
        }
        Ok(())
    });
}

#[test]
fn long_form_takes_several_pages_with_its_headings_on_each() {
    let (template, mut filing) = sample();
    while filing.groups["quantity"].len() < 60 {
        Edit::add_row(&mut filing, "quantity", None).apply(&mut filing);
        let id = format!("r{}", filing.next_row - 1);
        for (column, text) in [("name", "新增的数量指标"), ("target", "≥100场"), ("actual", "100场"), ("weight", "1")]
        {
            let edit = Edit::cell(&filing, &format!("indicators.{id}.{column}"), text);
            edit.apply(&mut filing);
        }
    }
    files::read(&files::write(&filing), &template).expect("the long form is sound");
    on_every_browser(|browser| {
        let mut page = open(browser, &filing)?;
        let pages = print(&mut page, "sixty indicators")?.pages();
        assert!((8..=11).contains(&pages), "{pages} pages");
        lay_out_paper(&mut page)?;
        let table = ".paper [data-sheet=\"self\"] .block-indicators";
        assert_eq!(style(&mut page, &format!("{table} thead"), "display")?, "table-header-group");
        let heads = page.text(&format!("{table} thead"))?;
        assert!(heads.contains("三级指标") && heads.contains("得分"), "{heads}");
        let unbroken = page.eval(&format!(
            "Array.from(document.querySelectorAll('{table} tr.added td, {table} tr.added th:not([rowspan])'))
                .every(cell => getComputedStyle(cell).breakInside === 'avoid')"
        ))?;
        assert_eq!(unbroken, true);
        let widest =
            page.eval("document.querySelector('.paper').scrollWidth - document.querySelector('.paper').clientWidth")?;
        assert_eq!(widest, 0, "nothing sticks out");
        Ok(())
    });
}

#[test]
fn what_is_being_typed_is_printed_and_the_page_goes_on() {
    on_every_browser(|browser| {
        let mut page = open(browser, &sample().1)?;
        let name = "[data-key=\"unit.all.name\"]";
        page.click(name)?;
        page.press("Control+a")?;
        page.type_text("Printing x")?;
        print(&mut page, "while typing")?;
        let paper = paper(&mut page)?;
        assert!(paper.iter().any(|cell| cell.contains("Printing x")), "{paper:#?}");
        page.wait_until("!document.querySelector('.paper')")?;
        assert_eq!(page.eval("document.activeElement.dataset.key")?, "unit.all.name", "the caret stays");
        page.type_text("y")?;
        assert_eq!(page.value(name)?, "Printing xy");
        print(&mut page, "a second time")?;
        assert_eq!(page.eval("papers")?, 1, "the paper of the first time is gone");
        Ok(())
    });
}

#[test]
fn findings_are_printed_as_a_list_to_work_through() {
    let (_, mut filing) = sample();
    Edit::cell(&filing, "funds.three_public.final", "6").apply(&mut filing);
    on_every_browser(|browser| {
        let mut page = open(browser, &filing)?;
        // What the browser would print, at the moment when it asks the page for it.
        page.eval(
            "window.print = () => {
                dispatchEvent(new Event('beforeprint'));
                window.list = document.querySelector('.paper').innerText;
                window.forms = document.querySelectorAll('.paper .sheet:not(.findings-print)').length;
                dispatchEvent(new Event('afterprint'));
            }",
        )?;
        page.click("summary[data-action=export]")?;
        page.click("[data-action=print-findings]")?;
        page.wait_until("!!window.list")?;
        let list = page.eval("list")?.as_str().unwrap_or_default().to_owned();
        for words in ["中国共产党株洲市芦淞区委员会宣传部2024年度自评", "审核结果", "应为 0.60，现填 6.00，多 5.40"]
        {
            assert!(list.contains(words), "{words}: {list}");
        }
        assert_eq!(page.eval("forms")?, 0, "the list alone");
        assert_eq!(page.eval("document.querySelectorAll('.paper').length")?, 0);
        // The next print is that of the filing again.
        page.click("[data-action=print]")?;
        page.wait_until("window.forms > 0")
    });
}
