//! Gives the functions that a wasm module imports from its glue short names. wasm-bindgen names each by a hash, which
//! cannot be packed and stands in both files: two kilobytes of the download.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// The section of imports.
const IMPORTS: u8 = 2;
/// Hexadecimal digits of wasm-bindgen's hashes.
const HASH: usize = 16;

/// Renames in `NAME_bg.wasm` and `NAME.js` of a folder.
pub fn shorten(folder: &Path, name: &str) -> Result<()> {
    let (wasm, glue) = (folder.join(format!("{name}_bg.wasm")), folder.join(format!("{name}.js")));
    let module = fs::read(&wasm).with_context(|| format!("Trunk left no {}", wasm.display()))?;
    let mut script = fs::read_to_string(&glue)?;
    let mut names = BTreeMap::new();
    let renamed = rename(&module, &mut names)?;
    // Longer names first: one may begin another.
    let mut ordered: Vec<(&String, &String)> = names.iter().collect();
    ordered.sort_by_key(|(long, _)| std::cmp::Reverse(long.len()));
    for (long, short) in ordered {
        if !script.contains(long.as_str()) {
            bail!("{} does not give {long}, which the module imports", glue.display());
        }
        script = script.replace(long.as_str(), short);
    }
    fs::write(wasm, renamed)?;
    Ok(fs::write(glue, script)?)
}

/// The module with short names; the names, long to short, in the order of the imports.
fn rename(module: &[u8], names: &mut BTreeMap<String, String>) -> Result<Vec<u8>> {
    let mut out = module.get(..8).context("a wasm module has a head")?.to_vec();
    let mut at = 8;
    while at < module.len() {
        let id = module[at];
        at += 1;
        let length = number(module, &mut at)?;
        let body = module.get(at..at + length).context("a section ends")?;
        at += length;
        let body = if id == IMPORTS { imports(body, names)? } else { body.to_vec() };
        out.push(id);
        write_number(&mut out, body.len());
        out.extend(body);
    }
    Ok(out)
}

fn imports(body: &[u8], names: &mut BTreeMap<String, String>) -> Result<Vec<u8>> {
    let mut at = 0;
    let count = number(body, &mut at)?;
    let mut out = Vec::new();
    write_number(&mut out, count);
    for _ in 0..count {
        let from = text(body, &mut at)?;
        let name = text(body, &mut at)?;
        let next = names.len();
        let short =
            if is_hashed(&name) { names.entry(name).or_insert_with(|| format!("_{next}_")).clone() } else { name };
        for text in [from, short] {
            write_number(&mut out, text.len());
            out.extend(text.as_bytes());
        }
        let begins = at;
        let kind = *body.get(at).context("an import has a kind")?;
        at += 1;
        match kind {
            0 => drop(number(body, &mut at)?),
            // The glue gives functions; anything else would have to be read here.
            other => bail!("an import of kind {other}"),
        }
        out.extend(&body[begins..at]);
    }
    Ok(out)
}

fn is_hashed(name: &str) -> bool {
    let hash = name.rsplit('_').next().unwrap_or_default();
    name.starts_with("__wb") && hash.len() == HASH && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn text(bytes: &[u8], at: &mut usize) -> Result<String> {
    let length = number(bytes, at)?;
    let text = bytes.get(*at..*at + length).context("a name ends")?;
    *at += length;
    Ok(String::from_utf8(text.to_vec())?)
}

/// A whole number of seven bits a byte.
fn number(bytes: &[u8], at: &mut usize) -> Result<usize> {
    let (mut value, mut shift) = (0, 0);
    loop {
        let byte = *bytes.get(*at).context("a number ends")?;
        *at += 1;
        value |= usize::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
}

fn write_number(out: &mut Vec<u8>, mut value: usize) {
    loop {
        let low = u8::try_from(value & 0x7f).unwrap_or_default();
        value >>= 7;
        out.push(if value == 0 { low } else { low | 0x80 });
        if value == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashed_imports_get_short_names_and_nothing_else_changes() {
        let long = "__wbg_get_0123456789abcdef";
        let mut section = vec![2, 2, b'w', b'b', u8::try_from(long.len()).expect("a short name")];
        section.extend(long.as_bytes());
        section.extend([0, 3, 2, b'w', b'b', 4, b'k', b'e', b'p', b't', 0, 1]);
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.extend([1, 1, 0, IMPORTS, u8::try_from(section.len()).expect("a short section")]);
        module.extend(&section);
        let mut names = BTreeMap::new();
        let renamed = rename(&module, &mut names).expect("a sound module");
        assert_eq!(names, BTreeMap::from([(long.to_owned(), "_0_".to_owned())]));
        let tail = [2, 2, b'w', b'b', 3, b'_', b'0', b'_', 0, 3, 2, b'w', b'b', 4, b'k', b'e', b'p', b't', 0, 1];
        assert_eq!(renamed[8..], [&[1, 1, 0, IMPORTS, 20][..], &tail].concat());
    }
}
