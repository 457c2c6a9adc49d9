//! Generated Rust of a catalog, compiled as one program that reads documents and tells verdicts.

use crate::{Document, Form, Judge, Verdict, pipe, vectors};
use herz_codegen::output::write_if_changed;
use herz_codegen::rust::{self, Options};
use herz_dsl::catalog::Catalog;
use std::path::PathBuf;
use std::process::Command;

/// A program that has the generated types of a catalog.
#[derive(Debug)]
pub struct Program {
    path: PathBuf,
    folder: PathBuf,
    /// Lines of generated Rust.
    pub lines: usize,
}

/// The program's own code: a line in, a line out.
const MAIN: &str = r#"//! Reads documents, one a line, and tells what the generated types say of each.

include!("generated/mod.rs");

use herz_types::document::{check, read_and_validate};
use herz_types::{Level, Violation};
use serde_json::{Value, json};
use std::io::{BufRead, Write};

fn errors(found: &[Violation]) -> Value {
    found
        .iter()
        .filter(|one| one.level == Level::Error)
        .map(|one| json!([one.code.to_string(), one.path.to_string()]))
        .collect()
}

fn judge(document: &Value) -> Value {
    let (read, found) = read_and_validate::<ChaosSpec>(document);
    assert_eq!(check::<ChaosSpec>(document), found, "right before it is read? {document}");
    let Some(read) = read else {
        return json!({"unread": errors(&found)});
    };
    let written = serde_json::to_value(&read).expect("everything can be written");
    json!({"errors": errors(&found), "written": written})
}

fn main() {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line: Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
        writeln!(out, "{}", judge(&line["document"])).expect("an open output");
    }
}
"#;

impl Program {
    /// Generates the Rust of a catalog into a crate in `target/equivalence/<name>` and compiles it.
    pub fn build(name: &str, catalog: &Catalog) -> Result<Self, String> {
        let files = rust::generate(catalog, &Options::default()).map_err(|errors| {
            let texts: Vec<String> = errors.iter().map(ToString::to_string).collect();
            format!("Rust can't be generated: {}", texts.join("; "))
        })?;
        let lines = files.iter().map(|file| file.text.lines().count()).sum();
        let place = herz_tests::top("target/equivalence");
        let folder = place.join(name);
        // A package that is no longer there must not stay.
        std::fs::remove_dir_all(folder.join("src/generated")).ok();
        let io = |error: std::io::Error| format!("{}: {error}", folder.display());
        files.write(&folder.join("src/generated")).map_err(io)?;
        write_if_changed(&folder.join("src/main.rs"), MAIN.as_bytes()).map_err(io)?;
        let types = herz_tests::top("herz-types");
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\nherz-types = {{ path = '{}' }}\nserde_json = \"1\"\n\n\
             [profile.dev]\ndebug = false\nincremental = false\n",
            types.display()
        );
        write_if_changed(&folder.join("Cargo.toml"), manifest.as_bytes()).map_err(io)?;
        // The versions that are there already, so that nothing is fetched.
        let lock = std::fs::read(herz_tests::top("Cargo.lock")).map_err(io)?;
        std::fs::write(folder.join("Cargo.lock"), lock).map_err(io)?;
        let program = Self {
            path: place.join("target/debug").join(name),
            folder,
            lines,
        };
        program.cargo("build", "-Awarnings", &[])?;
        Ok(program)
    }

    /// Asks clippy, with its pedantic lints and none of them allowed from outside. The error is what it says.
    pub fn lint(&self) -> Result<(), String> {
        let strict = ["--", "-D", "warnings", "-W", "clippy::pedantic"];
        self.cargo("clippy", "", &strict)
    }

    fn cargo(&self, command: &str, flags: &str, rest: &[&str]) -> Result<(), String> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args([command, "--quiet", "--offline", "--target-dir"])
            .arg(herz_tests::top("target/equivalence/target"))
            .args(rest)
            .env("RUSTFLAGS", flags)
            .current_dir(&self.folder)
            .output()
            .map_err(|error| format!("cargo does not start: {error}"))?;
        if output.status.success() {
            Ok(())
        } else {
            let text = String::from_utf8_lossy(&output.stderr);
            let start: String = text.chars().take(6000).collect();
            Err(format!(
                "cargo {command} of the generated Rust fails:\n{start}"
            ))
        }
    }
}

impl Judge for Program {
    fn name(&self) -> &'static str {
        "generated Rust, compiled"
    }

    fn reads(&self, _: Form) -> bool {
        true
    }

    fn judge(&mut self, documents: &[Document]) -> Result<Vec<Verdict>, String> {
        let text: String = documents
            .iter()
            .map(|document| vectors::line(document, None) + "\n")
            .collect();
        let printed = pipe::answers(&mut Command::new(&self.path), &text)?;
        vectors::verdicts(&printed)
    }
}
