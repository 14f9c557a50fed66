//! Has LibreOffice reckon the formulas of written workbooks anew and holds what it shows against what was entered.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use gouji_browser_tests::places;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::run::{announce, run};

/// One filing of each form with formulas, and the form's file where it is not built in.
const FILINGS: [(&str, Option<&str>); 5] = [
    ("zhuzhou-department/lusong-2024-report", None),
    ("zhuzhou-department/balanced-report", None),
    ("hunan-base-2018/sound", None),
    ("project-expenditure/sound", None),
    ("linear-kinds/sound", Some("tests/templates/linear-kinds.toml")),
];

/// All sheets as UTF-8 with the texts as they are shown, none in quotation marks.
const AS_SHOWN: &str = "csv:Text - txt - csv (StarCalc):9,,76,1,,0,false,true,false,false,false,-1";

/// What is left in a cell that has a formula and its result.
#[derive(Clone, Copy)]
enum Kept {
    Formula,
    Result,
}

/// Writes each filing as a workbook twice, once with nothing but the results of its formulas and once with nothing but
/// the formulas; LibreOffice must show the same of both.
pub fn check() -> Result<()> {
    announce("formulas of workbooks, reckoned by LibreOffice");
    let folder = places::root().join("target/office-formulas");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    for (filing, form) in FILINGS {
        let book = folder.join(filing.replace('/', "-")).with_extension("xlsx");
        convert(filing, form, &book)?;
        let (entered, results) = shown(&book, Kept::Result, &folder)?;
        let (reckoned, formulas) = shown(&book, Kept::Formula, &folder)?;
        ensure!(formulas > 0 && formulas == results, "{filing}: {formulas} formulas, {results} results");
        for ((name, entered), (_, reckoned)) in entered.iter().zip(&reckoned) {
            let mut lines = entered.lines().zip(reckoned.lines()).enumerate();
            let differs = lines.find(|(_, (entered, reckoned))| entered != reckoned);
            if let Some((line, (entered, reckoned))) = differs {
                anyhow::bail!("{name}, row {}: entered\n{entered}\nbut reckoned\n{reckoned}", line + 1);
            }
            ensure!(entered == reckoned, "{name}: not as many rows");
        }
        println!("   {filing}: {formulas} formulas give what was entered");
    }
    Ok(())
}

fn convert(filing: &str, form: Option<&str>, to: &Path) -> Result<()> {
    let from = places::root().join("tests/cases").join(filing).join("submission.json");
    let mut command = Command::new("cargo");
    command.current_dir(places::root()).args(["run", "--quiet", "--package", "gouji", "--", "convert", "--force"]);
    command.args(form.map(|form| ["--template", form]).into_iter().flatten()).arg(from).arg(to);
    run(&mut command, "the filing cannot be written")
}

/// What LibreOffice shows of each sheet, by file, and in how many cells something was taken out.
fn shown(book: &Path, kept: Kept, folder: &Path) -> Result<(Vec<(String, String)>, usize)> {
    let (bytes, count) = reduced(&fs::read(book)?, kept)?;
    let folder = folder.join(match kept {
        Kept::Formula => "reckoned",
        Kept::Result => "entered",
    });
    fs::create_dir_all(&folder)?;
    let name = book.file_name().context("a file has a name")?;
    let file = folder.join(name);
    fs::write(&file, bytes)?;
    let mut command = Command::new("soffice");
    // A profile of its own: one that runs already would take the file and end at once.
    command.arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()));
    command.args(["--headless", "--convert-to", AS_SHOWN, "--outdir"]).arg(&folder).arg(&file);
    run(&mut command, "install LibreOffice: `apt-get install libreoffice-calc`")?;
    let stem = file.file_stem().context("a file has a name")?.to_string_lossy().into_owned() + "-";
    let mut sheets: Vec<PathBuf> =
        fs::read_dir(&folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    sheets.retain(|sheet| {
        let name = sheet.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(&stem) && name.ends_with(".csv")
    });
    sheets.sort();
    ensure!(!sheets.is_empty(), "LibreOffice wrote no sheets of {}", file.display());
    let read = |sheet: PathBuf| Ok((sheet.display().to_string(), fs::read_to_string(sheet)?));
    Ok((sheets.into_iter().map(read).collect::<Result<_>>()?, count))
}

/// The workbook with either formulas or results alone.
fn reduced(bytes: &[u8], kept: Kept) -> Result<(Vec<u8>, usize)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut count = 0;
    for at in 0..archive.len() {
        let mut part = archive.by_index(at)?;
        let name = part.name()?.into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content)?;
        if name.starts_with("xl/worksheets/sheet") {
            content = without(&String::from_utf8(content)?, kept, &mut count)?.into_bytes();
        }
        writer.start_file(name, SimpleFileOptions::default())?;
        writer.write_all(&content)?;
    }
    Ok((writer.finish()?.into_inner(), count))
}

/// A cell with a formula is `<c …><f>SUM(B5:B7)</f><v>1.5</v></c>`.
fn without(sheet: &str, kept: Kept, count: &mut usize) -> Result<String> {
    let mut left = String::new();
    let mut rest = sheet;
    while let Some((before, behind)) = rest.split_once("<f>") {
        let (formula, behind) = behind.split_once("</f><v>").context("a formula has a result")?;
        let (result, behind) = behind.split_once("</v>").context("a result ends")?;
        left += before;
        left += &match kept {
            Kept::Formula => format!("<f>{formula}</f>"),
            Kept::Result => format!("<v>{result}</v>"),
        };
        *count += 1;
        rest = behind;
    }
    Ok(left + rest)
}
