//! Turns `templates/*.toml`, which people write, into JSON, which the page reads without a TOML reader (58 kB).

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use sha2::{Digest, Sha256};

/// The form that the page opens with, the only one whose text is in it; the others are files that it fetches.
const DEFAULT_TEMPLATE: &str = "zhuzhou-department";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=src/words");
    println!("cargo::rerun-if-env-changed=GOUJI_PAGE_FILES");
    println!("cargo::rustc-env=GOUJI_DEFAULT_TEMPLATE={DEFAULT_TEMPLATE}");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut templates: Vec<PathBuf> =
        fs::read_dir("templates")?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    templates.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    templates.sort();
    // The modules beside the page, and the command line, read and write reports; the page does neither.
    let is_page = env::var("CARGO_CFG_TARGET_ARCH")? == "wasm32" && env::var_os("CARGO_FEATURE_PAGE").is_some();
    println!("cargo::rustc-check-cfg=cfg(is_page)");
    if is_page {
        println!("cargo::rustc-cfg=is_page");
    }
    // Where `cargo xtask build` takes the other forms from; nobody else asks for them.
    let page_files = env::var_os("GOUJI_PAGE_FILES").map(PathBuf::from).filter(|_| is_page);
    if let Some(folder) = &page_files {
        // A form that is gone leaves no file.
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
    }
    if let Some(folder) = &page_files {
        fs::write(folder.join("english.txt"), english(Path::new("src/words"))?)?;
    }
    let mut list = String::from("&[\n");
    let mut help = String::new();
    for path in &templates {
        let id = path.file_stem().and_then(|stem| stem.to_str()).ok_or("a template's file name is no text")?;
        let name = format!("{id}.json");
        let json = out.join(&name);
        let table = read(path)?;
        // The hash is of the whole, whatever of it the page has.
        let text = serde_json::to_string(&table)?;
        let hash: String = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
        // What is missing here, a test of templates tells with its place.
        let word = |key: &str| table.get(key).and_then(toml::Value::as_str).unwrap_or_default();
        let year = table.get("year").and_then(toml::Value::as_integer).unwrap_or_default();
        let (form, short) = (word("name").to_owned(), word("short").to_owned());
        let is_fetched = is_page && id != DEFAULT_TEMPLATE;
        help.push_str(&help_of(id, &table));
        let text = if is_page { serde_json::to_string(&for_page(table))? } else { text };
        if let Some(folder) = page_files.as_ref().filter(|_| is_fetched) {
            fs::write(folder.join(name), &text)?;
        }
        fs::write(&json, if is_fetched { "" } else { &text })?;
        list.push_str(&format!(
            "BuiltIn {{ id: {id:?}, name: {form:?}, short: {short:?}, year: {year}, hash: {hash:?}, \
             text: include_str!({json:?}) }},\n"
        ));
    }
    if let Some(folder) = &page_files {
        fs::write(folder.join("help.txt"), help)?;
    }
    list.push(']');
    fs::write(out.join("templates.rs"), list)?;
    Ok(())
}

/// Only the syntax is read here; a test compiles every template and lists all faults with their lines.
fn read(path: &Path) -> Result<toml::Table, Box<dyn Error>> {
    Ok(fs::read_to_string(path)?.parse().map_err(|error| format!("{}: {error}", path.display()))?)
}

/// What the page says in English, a line a text: the Chinese, a tab, the English.
fn english(folder: &Path) -> Result<String, Box<dyn Error>> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    files.sort();
    // What only the command line and the other modules say.
    let elsewhere = [
        "begin.rs",
        "about.rs",
        "cli.rs",
        "office.rs",
        "pictures.rs",
        "report.rs",
        "text.rs",
        "english.rs",
        "localisability.rs",
        "paste.rs",
        "relations.rs",
        "repairs.rs",
        "workbook.rs",
    ];
    files.retain(|file| !elsewhere.iter().any(|name| file.ends_with(name)));
    let mut lines: Vec<String> = Vec::new();
    for file in files {
        let source = fs::read_to_string(&file)?;
        for call in source.split("words(").skip(1).filter_map(|call| call.trim_start().strip_prefix('"')) {
            let (chinese, rest) = literal(call).ok_or("a literal does not end")?;
            let rest = rest.trim_start().strip_prefix(',').and_then(|rest| rest.trim_start().strip_prefix('"'));
            let (english, _) = rest.and_then(literal).ok_or_else(|| format!("{}: {chinese}", file.display()))?;
            let line = format!("{chinese}\t{english}");
            // Words of the command line run over lines; the page has none of them.
            if !line.contains('\n') && !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    Ok(lines.join("\n"))
}

/// The text up to the quotation mark that ends it, and what follows.
fn literal(source: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut chars = source.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((text, &source[at + 1..])),
            '\\' => match chars.next()?.1 {
                'n' => text.push('\n'),
                other => text.push(other),
            },
            _ => text.push(c),
        }
    }
    None
}

/// What is said of a cell that has the caret, a line a cell: where it stands, a tab, the help of its row and column, and an
/// example. The page fetches it when it is first asked for.
fn help_of(id: &str, table: &toml::Table) -> String {
    let tables = |of: &toml::Table, name: &str| -> Vec<toml::Table> {
        let list = of.get(name).and_then(toml::Value::as_array).into_iter().flatten();
        list.filter_map(|item| item.as_table().cloned()).collect()
    };
    let text = |of: &toml::Table, name: &str| of.get(name).and_then(toml::Value::as_str).unwrap_or_default().to_owned();
    let mut lines = String::new();
    for block in tables(table, "blocks") {
        let columns = tables(&block, "columns");
        for row in tables(&block, "rows") {
            let name = text(&row, if row.contains_key("group") { "group" } else { "id" });
            let of_cell = |list: &str, column: &str| {
                let list = row.get(list).and_then(toml::Value::as_table);
                list.map_or_else(String::new, |list| text(list, column))
            };
            for column in &columns {
                let column_id = text(column, "id");
                let only = row.get("only").and_then(toml::Value::as_array);
                if only.is_some_and(|only| !only.iter().any(|known| known.as_str() == Some(&column_id))) {
                    continue;
                }
                // Printed rows have their names, and some cells their texts.
                let is_printed = text(column, "kind") == "name" && !row.contains_key("group");
                if is_printed || !of_cell("fixed", &column_id).is_empty() {
                    continue;
                }
                let or = |of_cell: String, name: &str| if of_cell.is_empty() { text(column, name) } else { of_cell };
                let mut said = text(&row, "help") + &or(of_cell("cell_help", &column_id), "help");
                let example = or(of_cell("examples", &column_id), "example");
                if !example.is_empty() {
                    said += &format!("例：{example}");
                }
                if !said.is_empty() {
                    lines.push_str(&format!("{id}.{}.{name}.{column_id}\t{said}\n", text(&block, "id")));
                }
            }
        }
    }
    lines
}

/// What of a column and a row the modules beside the page alone read.
const ONLY_BESIDE: [&str; 6] = ["last_year", "next_year", "help", "cell_help", "example", "examples"];

/// Without the names of relations and rules and the source, which only the documentation and the author of a template
/// read, and without the checks of words and what only texts are read by, which the page does not do.
fn for_page(mut table: toml::Table) -> toml::Table {
    table.insert("source".to_owned(), toml::Value::String(String::new()));
    table.remove("report");
    table.remove("text_rules");
    table.remove("ledger");
    table.remove("pictures");
    for block in table.get_mut("blocks").and_then(toml::Value::as_array_mut).into_iter().flatten() {
        let columns = block.get_mut("columns").and_then(toml::Value::as_array_mut);
        for column in columns.into_iter().flatten().filter_map(toml::Value::as_table_mut) {
            ONLY_BESIDE.iter().for_each(|key| drop(column.remove(*key)));
        }
        let rows = block.get_mut("rows").and_then(toml::Value::as_array_mut);
        for row in rows.into_iter().flatten().filter_map(toml::Value::as_table_mut) {
            ONLY_BESIDE.iter().for_each(|key| drop(row.remove(*key)));
        }
        let block =
            block.as_table_mut().filter(|block| block.get("place").and_then(toml::Value::as_str) == Some("prose"));
        // The report has no tables, and so no titles of them.
        block.map(|block| block.insert("title".to_owned(), toml::Value::String(String::new())));
    }
    for list in ["relations", "rules"] {
        let items = table.get_mut(list).and_then(toml::Value::as_array_mut);
        for item in items.into_iter().flatten().filter_map(toml::Value::as_table_mut) {
            item.insert("name".to_owned(), toml::Value::String(String::new()));
            // A finding of a sum quotes its parts and not where the rule comes from.
            let formula = item.get("formula").and_then(toml::Value::as_str).unwrap_or_default();
            // Nor do most rules.
            let quotes_basis = ["either", "bound_indicator", "scope"];
            let kind = item.get("is").and_then(toml::Value::as_table);
            let is_quiet_rule = item.contains_key("is")
                && !kind.is_some_and(|kind| kind.keys().any(|k| quotes_basis.contains(&k.as_str())));
            if formula.contains('+') && formula.contains(" = ") || is_quiet_rule {
                item.insert("basis".to_owned(), toml::Value::String(String::new()));
            }
        }
    }
    table
}
