//! The contenders written in Rust, each run as a process of its own.
#![allow(clippy::expect_used, reason = "a benchmark that can't run should stop")]

use herz_dsl::diagnostic::Diagnostic;
use herz_dsl::source::SourceId;
use herz_dsl::tree::{self, Limits, Tree};
use rayon::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// Runs the contender of that name and prints what it found.
pub(crate) fn contender(
    name: &str,
    folder: &Path,
    schemas: Option<PathBuf>,
) -> Result<(), Box<dyn Error>> {
    let files = list(folder)?;
    let found = match name {
        "read" => files
            .par_iter()
            .filter(|path| fs::read(path).is_ok_and(|bytes| bytes.is_empty()))
            .count(),
        "parse" => files
            .par_iter()
            .filter(|path| !parses(path, tree::parse))
            .count(),
        "parse-full" => files
            .par_iter()
            .filter(|path| !parses(path, tree::parse_full))
            .count(),
        "afternoon" => afternoon(&files, &schemas.ok_or("no schemas")?)?,
        other => return Err(format!("no contender `{other}`").into()),
    };
    println!("{found} of {} files have findings", files.len());
    Ok(())
}

type Parse = fn(SourceId, &[u8], &Limits) -> (Tree, Vec<Diagnostic>);

fn parses(path: &Path, parse: Parse) -> bool {
    fs::read(path).is_ok_and(|bytes| parse(SourceId(0), &bytes, &Limits::default()).1.is_empty())
}

/// What one writes in an afternoon: a maintained YAML crate, a JSON Schema crate, all cores.
fn afternoon(files: &[PathBuf], schemas: &Path) -> Result<usize, Box<dyn Error>> {
    let mut kinds = BTreeMap::new();
    for entry in fs::read_dir(schemas)? {
        let path = entry?.path();
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name != "all" {
            kinds.insert(name, fs::read_to_string(&path)?);
        }
    }
    // Only the kinds that occur are compiled, by the first file that needs each.
    let compiled: BTreeMap<String, std::sync::OnceLock<jsonschema::Validator>> = kinds
        .keys()
        .map(|kind| (kind.clone(), std::sync::OnceLock::new()))
        .collect();
    let invalid = files
        .par_iter()
        .filter(|path| {
            let Ok(text) = fs::read_to_string(path) else {
                return true;
            };
            let Ok(value) = serde_yaml::from_str::<Value>(&text) else {
                return true;
            };
            let kind = value
                .get("kind")
                .and_then(Value::as_str)
                .unwrap_or_default();
            let (Some(slot), Some(schema)) = (compiled.get(kind), kinds.get(kind)) else {
                return true;
            };
            let validator = slot.get_or_init(|| {
                let schema: Value =
                    serde_json::from_str(schema).expect("the schemas were just written");
                jsonschema::validator_for(&schema).expect("CRDs are valid schemas")
            });
            validator
                .iter_errors(&value)
                .map(|error| error.to_string().len())
                .sum::<usize>()
                > 0
        })
        .count();
    Ok(invalid)
}

/// Every YAML file below a folder, in order.
pub(crate) fn list(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(folder) = pending.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                pending.push(entry.path());
            } else {
                files.push(entry.path());
            }
        }
    }
    files.sort_unstable();
    Ok(files)
}
