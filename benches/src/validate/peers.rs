//! Who runs: each contender is a command.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Somebody who works on the folder.
pub(crate) struct Contender {
    pub(crate) name: String,
    pub(crate) command: Vec<String>,
    /// At most so many rounds: slow peers need fewer.
    pub(crate) rounds: usize,
}

impl Contender {
    pub(crate) fn plain(name: &str, command: &[&str]) -> Self {
        Self {
            name: name.to_owned(),
            command: command.iter().map(ToString::to_string).collect(),
            rounds: usize::MAX,
        }
    }
}

/// The release binary of this repository, or the one that `HERZ_BIN` names.
pub(crate) fn herz(root: &Path, path: &Path) -> Result<Contender, Box<dyn Error>> {
    let binary = std::env::var_os("HERZ_BIN")
        .map_or_else(|| root.join("target/release/herz"), PathBuf::from);
    if !binary.exists() {
        return Err(format!(
            "{} is missing: cargo build --release -p herz-cli",
            binary.display()
        )
        .into());
    }
    Ok(Contender::plain(
        "herz validate",
        &[
            &binary.to_string_lossy(),
            "validate",
            &path.to_string_lossy(),
        ],
    ))
}

/// Everybody who can run here. The first is Herz.
pub(crate) fn all(
    root: &Path,
    folder: &Path,
    schemas: Option<&Path>,
    files: usize,
) -> Result<Vec<Contender>, Box<dyn Error>> {
    let own = std::env::current_exe()?.to_string_lossy().into_owned();
    let at = folder.to_string_lossy().into_owned();
    let mut list = vec![
        herz(root, folder)?,
        Contender::plain(
            "read the files only, all cores",
            &[&own, "--contender", "read", &at],
        ),
        Contender::plain(
            "parse only with Herz' tree, all cores",
            &[&own, "--contender", "parse", &at],
        ),
        Contender::plain(
            "the same with the full parser alone",
            &[&own, "--contender", "parse-full", &at],
        ),
    ];
    let Some(schemas) = schemas else {
        return Ok(list);
    };
    let schema_folder = schemas.to_string_lossy().into_owned();
    list.push(Contender::plain(
        "afternoon: yaml -> Value -> jsonschema, rayon",
        &[&own, "--contender", "afternoon", &at, &schema_folder],
    ));
    let all = schemas.join("all.json").to_string_lossy().into_owned();
    let slow = if files > 5_000 { 0 } else { 2 };
    if works("check-jsonschema") {
        let shell = format!(
            "find '{at}' -name '*.yaml' -print0 | xargs -0 -n 100000 check-jsonschema --schemafile '{all}'; true"
        );
        list.push(Contender {
            rounds: slow,
            ..Contender::plain("check-jsonschema", &["sh", "-c", &shell])
        });
    } else {
        println!("SKIPPED: check-jsonschema is not installed (pip install check-jsonschema)");
    }
    let script = root.join("benches/peers/ajv.mjs");
    if root.join("benches/peers/node_modules/ajv").is_dir() {
        let path = script.to_string_lossy().into_owned();
        list.push(Contender {
            rounds: slow,
            ..Contender::plain(
                "ajv + js-yaml script",
                &["node", &path, &at, &schema_folder],
            )
        });
    } else {
        println!(
            "SKIPPED: the ajv script's packages are missing (npm install --prefix benches/peers)"
        );
    }
    Ok(list)
}

fn works(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .output()
        .is_ok_and(|out| out.status.success())
}
