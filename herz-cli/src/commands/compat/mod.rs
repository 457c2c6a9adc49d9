//! `herz compat`: the compatibility matrix, checked and asked.

mod check;
mod fields;
mod files;
mod render;
mod resolve;

use crate::args::compat::{Compat, Have, MatrixFile, Question};
use crate::exit::{Exit, Failure};
use crate::output::Output;
use herz_dsl::compat::{self, Axis, Cell, Matrix};
use herz_dsl::diagnostic::Level;
use herz_dsl::diagnostic::render::{self as draw, TextOptions};
use herz_dsl::source::Sources;
use semver::Version;
use std::path::Path;

/// The matrix of this repository, for questions asked elsewhere.
const BUILT_IN: &str = include_str!("../../../../compat-matrix.toml");
/// Where a matrix lies, if nobody says otherwise.
const FILE: &str = "compat-matrix.toml";

pub(crate) fn run(options: &Compat, output: &Output) -> Result<Exit, Failure> {
    match &options.question {
        Question::Check(options) => check::run(options, output),
        Question::Render(options) => render::run(options, output),
        Question::Resolve(options) => resolve::resolve(options, output),
        Question::Why(options) => resolve::why(options, output),
        Question::Require(options) => files::require(options, output),
        Question::Lost(options) => files::lost(options, output),
        Question::Features(options) => fields::features(options, output),
        Question::Since(options) => fields::since(options, output),
        Question::Path(options) => resolve::path(options, output),
    }
}

/// A file's text, which must be there.
fn text_of(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path)
        .map_err(|error| Failure::usage(format!("can't read `{}`: {error}", path.display())))
}

/// The matrix that a question is about. One with mistakes in it can't answer.
fn matrix(options: &MatrixFile, output: &Output) -> Result<Matrix, Failure> {
    let (name, text) = match &options.matrix {
        Some(path) => (path.display().to_string(), text_of(path)?),
        None if Path::new(FILE).exists() => (FILE.to_owned(), text_of(Path::new(FILE))?),
        None => ("<built-in>".to_owned(), BUILT_IN.to_owned()),
    };
    let mut sources = Sources::new();
    let source = sources.add(name.clone(), text.clone());
    let (matrix, diagnostics) = compat::read(source, &text);
    if diagnostics.iter().any(|it| it.level == Level::Error) {
        let mut drawn = String::new();
        let form = TextOptions {
            color: output.colour,
            ..TextOptions::default()
        };
        draw::text(&mut drawn, &diagnostics, &sources, form)
            .map_err(|error| Failure::internal(error.to_string()))?;
        output.talk(&drawn);
        return Err(Failure {
            exit: Exit::Findings,
            message: format!("`{name}` can't answer; `herz compat check` tells more"),
        });
    }
    Ok(matrix)
}

/// What somebody has, as a cell of the matrix.
fn cell(matrix: &Matrix, have: &Have, library: Option<&str>) -> Result<Cell, Failure> {
    let mut asked: Vec<(String, String)> = Vec::new();
    let named = [
        (compat::LIBRARY, library),
        ("chaos-mesh", have.chaos_mesh.as_deref()),
        ("kubernetes", have.kubernetes.as_deref()),
        ("spec", have.spec.as_deref()),
    ];
    for (axis, version) in named {
        if let Some(version) = version {
            asked.push((axis.to_owned(), version.to_owned()));
        }
    }
    for pair in &have.on {
        let Some((axis, version)) = pair.split_once('=') else {
            return Err(Failure::usage(format!(
                "--on {pair}: expected AXIS=VERSION such as `kubernetes=1.28`"
            )));
        };
        asked.push((axis.to_owned(), version.to_owned()));
    }
    if asked.is_empty() {
        return Err(Failure::usage(
            "say what you have: --chaos-mesh, --kubernetes, --spec or --on",
        ));
    }
    compat::cell(matrix, &asked).map_err(|error| Failure::usage(error.to_string()))
}

/// An axis by its name.
fn axis<'m>(matrix: &'m Matrix, name: &str) -> Result<&'m Axis, Failure> {
    matrix.axis(name).ok_or_else(|| {
        let known: Vec<&str> = matrix
            .axes
            .iter()
            .map(|axis| axis.name.value.as_str())
            .collect();
        Failure::usage(format!(
            "the matrix has no axis `{name}`: expected one of {}",
            known.join(", ")
        ))
    })
}

/// First and last of each row of versions, in words.
fn spans_text(spans: &[(Version, Version)]) -> String {
    let list: Vec<String> = spans
        .iter()
        .map(|(first, last)| {
            if first == last {
                first.to_string()
            } else {
                format!("{first} to {last}")
            }
        })
        .collect();
    list.join(", ")
}

/// Prints JSON as the result.
fn print(output: &Output, json: &serde_json::Value) {
    let mut text = serde_json::to_string_pretty(json).unwrap_or_default();
    text.push('\n');
    output.result(&text);
}
