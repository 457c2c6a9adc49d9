//! The generated part of the matrix, and the files that are rendered from it.

use super::Checks;
use crate::compat::render;
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Span;

impl Checks<'_> {
    pub(super) fn fresh(&mut self) {
        if !self.inputs.fresh {
            return;
        }
        let (source, text) = self.inputs.source;
        let help = "`herz compat render --write` renews it";
        if let Some(catalog) = self.inputs.catalog {
            match render::renewed(text, catalog) {
                Ok(new) if new == text => {}
                Ok(new) => {
                    let start = first_difference(text, &new);
                    let end = text
                        .get(start..)
                        .and_then(|rest| rest.find('\n'))
                        .map_or(text.len(), |at| start + at);
                    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
                    let span = Span::new(source, number(start), number(end));
                    let message =
                        "the generated part differs from what the schemas say, from here on";
                    let found = Diagnostic::error(codes::MATRIX_GENERATED_STALE, span, message);
                    self.out.push(found.help(help));
                }
                // Not TOML: told already.
                Err(_) => {}
            }
        }
        for rendering in &self.matrix.render {
            let path = &rendering.path.value;
            let is = self.inputs.documents.file(path);
            let must = render::file(self.matrix, rendering.form.value);
            if is.as_ref() == Some(&must) {
                continue;
            }
            let message = match is {
                None => format!("`{path}` is not there"),
                Some(is) => {
                    let at = first_difference(&is, &must);
                    let line = is.get(..at).unwrap_or("").matches('\n').count() + 1;
                    format!("`{path}` differs from the matrix, from line {line} on")
                }
            };
            let span = rendering.path.span;
            let found = Diagnostic::error(codes::MATRIX_GENERATED_STALE, span, message);
            self.out.push(found.help(help));
        }
    }
}

/// Start of the first line that differs.
fn first_difference(one: &str, other: &str) -> usize {
    let mut at = 0;
    for (a, b) in one.split_inclusive('\n').zip(other.split_inclusive('\n')) {
        if a != b {
            break;
        }
        at += a.len();
    }
    at.min(one.len())
}
