//! Turns `templates/*.toml`, which people write, into JSON, which the page reads without a TOML reader (58 kB).

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=templates");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut templates: Vec<PathBuf> =
        fs::read_dir("templates")?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    templates.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    templates.sort();
    let mut table = String::from("&[\n");
    for path in &templates {
        let id = path.file_stem().and_then(|stem| stem.to_str()).ok_or("a template's file name is no text")?;
        let json = out.join(format!("{id}.json"));
        fs::write(&json, as_json(path)?)?;
        table.push_str(&format!("    ({id:?}, include_str!({json:?})),\n"));
    }
    table.push(']');
    fs::write(out.join("templates.rs"), table)?;
    Ok(())
}

/// Only the syntax is read here; a test compiles every template and lists all faults with their lines.
fn as_json(path: &Path) -> Result<String, Box<dyn Error>> {
    let table: toml::Table =
        fs::read_to_string(path)?.parse().map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(serde_json::to_string(&table)?)
}
