//! `herz compat render`.

use super::{FILE, text_of};
use crate::args::compat::{RenderForm, RenderMatrix};
use crate::exit::{Exit, Failure};
use crate::output::Output;
use crate::packages;
use herz_dsl::compat::render::{self, MARKER};
use herz_dsl::compat::{self, Form};
use herz_dsl::diagnostic::Level;
use herz_dsl::source::SourceId;
use std::path::{Path, PathBuf};

pub(crate) fn run(options: &RenderMatrix, output: &Output) -> Result<Exit, Failure> {
    if options.write {
        return write(options, output);
    }
    let matrix = super::matrix(&options.matrix, output)?;
    let form = match options.format {
        RenderForm::Markdown => Form::Markdown,
        RenderForm::Html => Form::Html,
        RenderForm::Json => Form::Json,
        RenderForm::Rust => Form::Rust,
    };
    output.result(&render::file(&matrix, form));
    Ok(Exit::Fine)
}

/// Renews the matrix' generated part, then what is rendered from it.
fn write(options: &RenderMatrix, output: &Output) -> Result<Exit, Failure> {
    let path = options
        .matrix
        .matrix
        .clone()
        .unwrap_or_else(|| PathBuf::from(FILE));
    let text = text_of(&path)?;
    let judges = packages::load(&options.judge, output)?;
    let new = render::renewed(&text, judges.catalog()).map_err(|error| Failure {
        exit: Exit::Findings,
        message: format!("`{}` is no TOML: {error}", path.display()),
    })?;
    if !text.contains(MARKER) {
        output.note(&format!(
            "note: `{}` has no generated part; it begins with the line\n{MARKER}",
            path.display()
        ));
    }
    let (matrix, diagnostics) = compat::read(SourceId(0), &new);
    if let Some(wrong) = diagnostics.iter().find(|it| it.level == Level::Error) {
        return Err(Failure {
            exit: Exit::Findings,
            message: format!(
                "`{}`: {}; `herz compat check` tells more",
                path.display(),
                wrong.message
            ),
        });
    }
    put(&path, &new, output)?;
    let folder = path.parent().unwrap_or_else(|| Path::new(""));
    for rendering in &matrix.render {
        let target = folder.join(&rendering.path.value);
        put(
            &target,
            &render::file(&matrix, rendering.form.value),
            output,
        )?;
    }
    Ok(Exit::Fine)
}

/// Writes a file if its text differs.
fn put(path: &Path, text: &str, output: &Output) -> Result<(), Failure> {
    if std::fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    crate::files::replace(path, text)?;
    output.note(&format!("wrote {}", path.display()));
    Ok(())
}
