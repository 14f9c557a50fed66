//! Says what `dist/` weighs, file by file.

use std::fs;
use std::io::Write;

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use gouji_browser_tests::places;

pub fn print() -> Result<()> {
    let mut total = (0, 0, 0);
    println!("{:>9} {:>9} {:>9}", "raw", "gzip -9", "brotli 11");
    let entries = fs::read_dir(places::dist()).context("there is no dist/: run `cargo xtask build`")?;
    let mut files: Vec<_> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.sort();
    for file in files {
        let bytes = fs::read(&file)?;
        let sizes = (bytes.len(), gzip(&bytes)?, brotli(&bytes)?);
        total = (total.0 + sizes.0, total.1 + sizes.1, total.2 + sizes.2);
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        println!("{:>9} {:>9} {:>9}  {name}", sizes.0, sizes.1, sizes.2);
    }
    println!("{:>9} {:>9} {:>9}  all of dist/, in bytes", total.0, total.1, total.2);
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
