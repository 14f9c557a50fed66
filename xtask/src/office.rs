//! Writes filings as files of Word and Excel and has LibreOffice draw them: pictures of each page, to be looked at. What
//! LibreOffice saves as a file of Word again must still have the submission inside.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use gouji_browser_tests::places;
use serde_json::{Value, json};
use zip::ZipArchive;

use crate::run::{announce, answer, find, run};

/// Formats that `gouji convert` writes and LibreOffice reads.
const FORMATS: [&str; 2] = ["docx", "xlsx"];

pub const SAMPLE: &str = "zhuzhou-department/lusong-2024-report";
/// Filings of the other forms.
const OTHERS: [&str; 2] = ["hunan-base-2018/sound", "project-expenditure/tangxi-2022"];

/// More than any county asks for, so that tables go over several pages.
const INDICATORS: usize = 60;
const PROJECTS: usize = 12;

/// What is drawn with what, and where it comes from.
const TOOLS: [(&str, &str); 2] =
    [("soffice", "apt-get install libreoffice-writer libreoffice-calc"), ("pdftoppm", "apt-get install poppler-utils")];

pub fn pictures() -> Result<()> {
    announce("filings as files of Word and Excel, drawn by LibreOffice");
    for (tool, install) in TOOLS {
        ensure!(find(tool).is_some(), "`{tool}` is not installed, by which the files are drawn: `{install}`");
    }
    let folder = places::root().join("target/office");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    for (name, filing) in filings()? {
        let from = folder.join(&name).with_extension("json");
        fs::write(&from, serde_json::to_string_pretty(&filing)?)?;
        for format in FORMATS {
            let file = convert(&from, format)?;
            draw(&file, &folder)?;
            if format == "docx" {
                ensure!(
                    inside(&file)? == inside(&saved(&file, &folder)?)?,
                    "{name}: the submission was lost in saving"
                );
            }
        }
    }
    println!("   look at {}", folder.display());
    Ok(())
}

/// The sample, a long one, filings of the other forms, and each of these forms blank.
fn filings() -> Result<Vec<(String, Value)>> {
    let sample = read(SAMPLE)?;
    let mut filings = vec![("long".to_owned(), long(sample.clone())?), ("sample".to_owned(), sample.clone())];
    for name in OTHERS {
        filings.push((name.replace('/', "-"), read(name)?));
    }
    for at in 1..filings.len() {
        let (name, filing) = &filings[at];
        let mut blank = filing.clone();
        blank["cells"] = json!({});
        filings.push((format!("{name}-blank"), blank));
    }
    Ok(filings)
}

/// A filing of the golden cases.
pub fn read(name: &str) -> Result<Value> {
    let file = places::root().join("tests/cases").join(name).join("submission.json");
    Ok(serde_json::from_str(&fs::read_to_string(file)?)?)
}

/// The sample with many more indicators, with projects of long names, and with a goal that is longer than a page.
pub fn long(mut filing: Value) -> Result<Value> {
    let text = |filing: &Value, key: &str| filing["cells"][key].as_str().unwrap_or_default().to_owned();
    let words: String = text(&filing, "goals.all.achieved").chars().take(60).collect();
    let groups = ["quantity", "quality", "social_benefit", "lasting_effect", "served_satisfaction"];
    for number in 0..INDICATORS {
        let row = add(&mut filing, groups[number * groups.len() / INDICATORS])?;
        for column in ["name", "target", "actual"] {
            let first = text(&filing, &format!("indicators.r6.{column}"));
            filing["cells"][format!("indicators.{row}.{column}")] = json!(format!("{first}{}", number + 1));
        }
        if number % 4 == 0 {
            filing["cells"][format!("indicators.{row}.reason")] = json!(words);
        }
    }
    for number in 0..PROJECTS {
        let row = add(&mut filing, "other_projects")?;
        filing["cells"][format!("funds.{row}.name")] = json!(format!("{words}{}", number + 1));
        filing["cells"][format!("funds.{row}.final")] = json!("12.3");
    }
    filing["cells"]["goals.all.expected"] = json!(text(&filing, "goals.all.expected").repeat(16));
    Ok(filing)
}

/// A row more in a group.
fn add(filing: &mut Value, group: &str) -> Result<String> {
    let number = filing["next_row"].as_u64().context("a filing counts its rows")?;
    filing["next_row"] = json!(number + 1);
    let id = format!("r{number}");
    let rows =
        filing["groups"].as_object_mut().context("a filing has groups")?.entry(group).or_insert_with(|| json!([]));
    rows.as_array_mut().context("a group is a list")?.push(json!({ "id": id }));
    Ok(id)
}

/// The file that the command line writes of a filing, beside it.
pub fn convert(from: &Path, format: &str) -> Result<PathBuf> {
    let name = from.file_stem().context("a file has a name")?;
    // The PDF of LibreOffice has the same name but for its end, and must not be that of another format.
    let to = from.with_file_name([name.to_string_lossy().as_ref(), "-", format].concat()).with_extension(format);
    let mut command = Command::new("cargo");
    command.current_dir(places::root()).args(["run", "--quiet", "--package", "gouji", "--", "convert"]);
    let output = command.arg(from).arg(&to).output()?;
    // A filing with errors is written all the same, and the end says that it has some.
    if !to.exists() {
        bail!("{}: {}", to.display(), String::from_utf8_lossy(&output.stderr));
    }
    Ok(to)
}

/// The pages of a file as pictures beside it.
fn draw(file: &Path, folder: &Path) -> Result<()> {
    soffice("pdf", file, folder, folder)?;
    let pdf = file.with_extension("pdf");
    ensure!(pdf.exists(), "LibreOffice did not open {}", file.display());
    let mut command = Command::new("pdftoppm");
    run(command.args(["-r", "60", "-png"]).arg(&pdf).arg(file.with_extension("")), "the pages cannot be drawn")?;
    let pages = answer(Command::new("pdfinfo").arg(&pdf)).unwrap_or_default();
    println!("   {}", pages.lines().find(|line| line.starts_with("Pages")).unwrap_or_default());
    Ok(())
}

/// The file as LibreOffice opens and saves it.
fn saved(file: &Path, folder: &Path) -> Result<PathBuf> {
    let to = folder.join("saved");
    soffice("docx:MS Word 2007 XML", file, &to, folder)?;
    Ok(to.join(file.file_name().context("a file has a name")?))
}

fn soffice(format: &str, file: &Path, to: &Path, folder: &Path) -> Result<()> {
    let mut command = Command::new("soffice");
    // A profile of its own: one that runs already would take the file and end at once.
    command.arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()));
    command.args(["--headless", "--convert-to", format, "--outdir"]).arg(to).arg(file);
    run(&mut command, "LibreOffice does not open the file")
}

/// The submission in a file of Word, as it is escaped there.
fn inside(file: &Path) -> Result<String> {
    let mut archive = ZipArchive::new(fs::File::open(file)?)?;
    let mut text = String::new();
    archive.by_name("customXml/item1.xml")?.read_to_string(&mut text)?;
    let (_, submission) = text.split_once("<submission ").context("no submission")?;
    Ok(submission.to_owned())
}
