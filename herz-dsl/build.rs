//! Gathers the pages of the diagnostic codes, so that a page is one file and nothing else.

use std::error::Error;
use std::fmt::Write;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("diagnostics");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut pages = Vec::new();
    for entry in std::fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ext| ext == "md") {
            let code = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            pages.push((code, path));
        }
    }
    pages.sort();
    let mut text = String::from("[\n");
    for (code, path) in &pages {
        writeln!(
            text,
            "    ({code:?}, include_str!({:?})),",
            path.to_string_lossy()
        )?;
    }
    text.push_str("]\n");
    let out = PathBuf::from(std::env::var("OUT_DIR")?).join("pages.rs");
    std::fs::write(out, text)?;
    Ok(())
}
