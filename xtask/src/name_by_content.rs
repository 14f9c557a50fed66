//! Turns what Trunk leaves into `dist/`: one style sheet, each file named by its own content, so that a browser may
//! keep it for ever, and a start page that refers to the new names.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

/// Reads the files of `from`, replaces the folder `to`.
pub fn name_by_content(from: &Path, to: &Path) -> Result<()> {
    let page = fs::read_to_string(from.join("index.html")).context("Trunk left no index.html")?;
    let (page, style_sheets) = join_style_sheets(&drop_leftovers(&page));

    let mut files = vec![("gouji.css".to_owned(), concatenated(from, &style_sheets)?)];
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            bail!("{name} is a folder; only files beside index.html are given names by content");
        }
        if name != "index.html" && !style_sheets.contains(&name) {
            files.push((name, fs::read(entry.path())?));
        }
    }

    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    fs::create_dir_all(to)?;
    let mut page = page;
    for (name, bytes) in files {
        let hashed = hashed_name(&name, &bytes);
        let reference = format!("\"./{name}\"");
        if !page.contains(&reference) {
            bail!("index.html does not refer to {reference}, so nothing would find the file");
        }
        page = page.replace(&reference, &format!("\"./{hashed}\""));
        fs::write(to.join(hashed), bytes)?;
    }
    fs::write(to.join("index.html"), page)?;
    Ok(())
}

/// Trunk leaves its own elements where it injects no script, and empty lines where it removed one. Comments, each in
/// a line of its own, are for those who read the source.
fn drop_leftovers(page: &str) -> String {
    let is_comment = |line: &str| line.trim_start().starts_with("<!--") && line.ends_with("-->");
    let kept = page.lines().filter(|line| !line.contains("data-trunk") && !line.trim().is_empty() && !is_comment(line));
    kept.map(|line| line.to_owned() + "\n").collect()
}

/// Puts one link in the place of the first style sheet. Those for one medium only, such as print, stay by themselves.
fn join_style_sheets(page: &str) -> (String, Vec<String>) {
    let mut joined = String::new();
    let mut names = Vec::new();
    for line in page.lines() {
        let sheet = line.split_once("href=\"./").and_then(|(_, rest)| rest.split_once('"')).map(|(name, _)| name);
        match sheet {
            Some(name) if line.contains("rel=\"stylesheet\"") && !line.contains("media=") => {
                if names.is_empty() {
                    joined.push_str("  <link rel=\"stylesheet\" href=\"./gouji.css\">\n");
                }
                names.push(name.to_owned());
            }
            _ => {
                joined.push_str(line);
                joined.push('\n');
            }
        }
    }
    (joined, names)
}

fn concatenated(folder: &Path, names: &[String]) -> Result<Vec<u8>> {
    let mut all = Vec::new();
    for name in names {
        all.extend(fs::read(folder.join(name)).with_context(|| format!("Trunk left no {name}"))?);
    }
    Ok(all)
}

fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let hash: String = Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{hash}.{extension}"),
        None => format!("{name}-{hash}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_sheets_become_one_but_for_those_of_a_medium() {
        let page = "<link rel=\"stylesheet\" href=\"./a.css\"/>\n<link rel=\"stylesheet\" href=\"./b.css\"/>\n\
                    <link rel=\"stylesheet\" href=\"./print.css\" media=\"print\"/>\n<link rel=\"icon\" href=\"./i.png\">\n";
        let (page, names) = join_style_sheets(page);
        assert_eq!(names, ["a.css", "b.css"]);
        assert_eq!(
            page,
            "  <link rel=\"stylesheet\" href=\"./gouji.css\">\n\
             <link rel=\"stylesheet\" href=\"./print.css\" media=\"print\"/>\n<link rel=\"icon\" href=\"./i.png\">\n"
        );
    }

    #[test]
    fn only_what_browsers_read_is_left() {
        let page = "<head>\n\n  <!-- why -->\n  <link data-trunk>\n  <title>a</title> <!-- b -->\n";
        assert_eq!(drop_leftovers(page), "<head>\n  <title>a</title> <!-- b -->\n");
    }

    #[test]
    fn name_follows_content() {
        assert_eq!(hashed_name("a_bg.wasm", b""), "a_bg-e3b0c44298fc1c14.wasm");
        assert_ne!(hashed_name("a.js", b"1"), hashed_name("a.js", b"2"));
    }
}
