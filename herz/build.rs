//! Compiles the built-in schema packages and writes what the crate includes.

use herz_dsl::compile::{self, Folders};
use herz_dsl::diagnostic::Level;
use herz_dsl::source::Sources;
use std::error::Error;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("..");
    let schemas = root.join("schemas");
    for watched in ["schemas", "openapi"] {
        println!("cargo::rerun-if-changed={}", root.join(watched).display());
    }
    let mut sources = Sources::new();
    let path = schemas.to_string_lossy().into_owned();
    let (packages, mut diagnostics) = compile::load(&Folders, &[&path], &mut sources);
    let (catalog, more) = compile::compile(&packages);
    diagnostics.extend(more);
    for finding in diagnostics
        .iter()
        .filter(|finding| finding.level == Level::Error)
    {
        let place = finding.span.and_then(|span| {
            let source = sources.get(span.source)?;
            let at = source.position(span.start);
            Some(format!("{}:{}:{}: ", source.name, at.line, at.column))
        });
        println!(
            "cargo::error={}{} [{}]",
            place.unwrap_or_default(),
            finding.message,
            finding.code
        );
    }
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    if std::env::var_os("CARGO_FEATURE_CATALOG").is_some() {
        write_if_changed(
            &out.join("catalog.postcard"),
            &postcard::to_stdvec(&catalog)?,
        )?;
    }
    Ok(())
}

/// A file that keeps its time stamp keeps what depends on it from being built again.
fn write_if_changed(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if std::fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    std::fs::write(path, bytes)
}
