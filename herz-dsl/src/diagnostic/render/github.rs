//! Findings as commands of a GitHub workflow run, which shows them beside the changed lines.

use super::{Texts, hints, place};
use crate::diagnostic::{Diagnostic, Level};
use std::fmt;

/// Writes findings as workflow commands, one line each:
/// `::error file=a.yaml,line=2,col=1,endLine=2,endColumn=2,title=HZ0002::message`.
///
/// Hints follow the message, each on a line of the annotation.
pub fn github(
    out: &mut dyn fmt::Write,
    diagnostics: &[Diagnostic],
    texts: &dyn Texts,
) -> fmt::Result {
    for diagnostic in diagnostics {
        out.write_str(match diagnostic.level {
            Level::Error => "::error ",
            Level::Warning => "::warning ",
        })?;
        if let Some((source, start, end)) = diagnostic.span.and_then(|span| place(texts, span)) {
            out.write_str("file=")?;
            property(out, &source.name)?;
            write!(
                out,
                ",line={},col={},endLine={}",
                start.line, start.column, end.line
            )?;
            // Columns of a place over several lines mean nothing there.
            if start.line == end.line {
                write!(out, ",endColumn={}", end.column)?;
            }
            out.write_char(',')?;
        }
        write!(out, "title={}::", diagnostic.code)?;
        if let Some(path) = diagnostic.path.as_deref().filter(|path| !path.is_empty()) {
            data(out, path)?;
            out.write_str(": ")?;
        }
        data(out, &diagnostic.message)?;
        for hint in hints(diagnostic) {
            out.write_str("%0A")?;
            data(out, hint)?;
        }
        out.write_char('\n')?;
    }
    Ok(())
}

/// A text behind `::`.
pub(crate) fn data(out: &mut dyn fmt::Write, text: &str) -> fmt::Result {
    escape(out, text, false)
}

/// A property's value, which `:` and `,` would end.
pub(crate) fn property(out: &mut dyn fmt::Write, text: &str) -> fmt::Result {
    escape(out, text, true)
}

fn escape(out: &mut dyn fmt::Write, text: &str, property: bool) -> fmt::Result {
    text.chars().try_for_each(|c| match c {
        '%' => out.write_str("%25"),
        '\r' => out.write_str("%0D"),
        '\n' => out.write_str("%0A"),
        ':' if property => out.write_str("%3A"),
        ',' if property => out.write_str("%2C"),
        // Logs are shown in terminals, too.
        c if c.is_control() => out.write_char('\u{fffd}'),
        c => out.write_char(c),
    })
}
