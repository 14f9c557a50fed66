//! Says what `dist/` weighs, file by file and by when it is fetched.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use gouji_browser_tests::{places, weight};

pub fn print() -> Result<()> {
    let mut totals = BTreeMap::new();
    println!("{:>9} {:>9} {:>9}", "raw", "gzip -9", "brotli 11");
    let entries = fs::read_dir(places::dist()).context("there is no dist/: run `cargo xtask build`")?;
    let mut files: Vec<_> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.sort();
    for file in files {
        let bytes = fs::read(&file)?;
        let sizes = (bytes.len(), gzip(&bytes)?, brotli(&bytes)?);
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        println!("{:>9} {:>9} {:>9}  {name}", sizes.0, sizes.1, sizes.2);
        let total = totals.entry(weight::on_demand(&name).map(|kind| kind.name)).or_insert((0, 0, 0));
        *total = (total.0 + sizes.0, total.1 + sizes.1, total.2 + sizes.2);
    }
    // What has no kind comes first.
    for (kind, total) in totals {
        let what =
            kind.map_or("fetched to start, in bytes".to_owned(), |kind| format!("fetched on demand: {kind}, in bytes"));
        println!("{:>9} {:>9} {:>9}  {what}", total.0, total.1, total.2);
    }
    Ok(())
}

fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

fn brotli(bytes: &[u8]) -> Result<usize> {
    let mut packed = Vec::new();
    let params = BrotliEncoderParams { quality: 11, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &params)?;
    Ok(packed.len())
}
