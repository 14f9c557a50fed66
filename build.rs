//! Turns `templates/*.toml`, which people write, into JSON, which the page reads without a TOML reader (58 kB).

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use sha2::{Digest, Sha256};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=templates");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut templates: Vec<PathBuf> =
        fs::read_dir("templates")?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    templates.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    templates.sort();
    // The second module reads and writes reports; the page does neither.
    let is_page = env::var("CARGO_CFG_TARGET_ARCH")? == "wasm32" && env::var_os("CARGO_FEATURE_READER").is_none();
    let mut list = String::from("&[\n");
    for path in &templates {
        let id = path.file_stem().and_then(|stem| stem.to_str()).ok_or("a template's file name is no text")?;
        let json = out.join(format!("{id}.json"));
        let table = read(path)?;
        // The hash is of the whole, whatever of it is built in.
        let text = serde_json::to_string(&table)?;
        fs::write(&json, if is_page { serde_json::to_string(&for_page(table))? } else { text.clone() })?;
        let hash: String = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
        list.push_str(&format!("    ({id:?}, include_str!({json:?}), {hash:?}),\n"));
    }
    list.push(']');
    fs::write(out.join("templates.rs"), list)?;
    Ok(())
}

/// Only the syntax is read here; a test compiles every template and lists all faults with their lines.
fn read(path: &Path) -> Result<toml::Table, Box<dyn Error>> {
    Ok(fs::read_to_string(path)?.parse().map_err(|error| format!("{}: {error}", path.display()))?)
}

/// Without the names of relations and rules and the source, which only the documentation and the author of a template
/// read, and without the checks of words, which the page does not make.
fn for_page(mut table: toml::Table) -> toml::Table {
    table.insert("source".to_owned(), toml::Value::String(String::new()));
    table.remove("report");
    table.remove("text_rules");
    for list in ["relations", "rules"] {
        let items = table.get_mut(list).and_then(toml::Value::as_array_mut);
        for item in items.into_iter().flatten().filter_map(toml::Value::as_table_mut) {
            item.insert("name".to_owned(), toml::Value::String(String::new()));
        }
    }
    table
}
