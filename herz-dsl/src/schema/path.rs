//! Paths in rules: `delay.latency`, `templates[].children[]`.

use super::read::Reader;
use super::value::{Text, Value};
use crate::catalog::{FieldPath, PathStep};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Span;

/// A path as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathDecl {
    /// Its steps.
    pub path: FieldPath,
    /// The whole text.
    pub span: Span,
}

impl PathDecl {
    /// Reads a path from a text.
    pub fn read(reader: &mut Reader, value: &Value, keyword: &str) -> Option<Self> {
        let text = reader.text(value, keyword)?;
        Self::from_text(reader, &text)
    }

    /// Reads a list of paths.
    pub fn read_list(reader: &mut Reader, value: &Value, keyword: &str) -> Option<Vec<Self>> {
        let Some(items) = value.items() else {
            reader.shape(value, format!("`{keyword}` must be a list of fields"));
            return None;
        };
        Some(
            items
                .iter()
                .filter_map(|item| Self::read(reader, item, keyword))
                .collect(),
        )
    }

    /// Splits a text into the steps of a path.
    pub fn from_text(reader: &mut Reader, text: &Text) -> Option<Self> {
        if let Some(path) = parse(&text.text) {
            return Some(Self {
                path,
                span: text.span,
            });
        }
        let message = format!(
            "`{}` is no path: fields joined by dots, `[]` for every item",
            text.text
        );
        reader
            .diagnostics
            .push(Diagnostic::error(codes::WRONG_SHAPE, text.span, message));
        None
    }
}

/// The steps of a path, or none if the text is no path.
pub(crate) fn parse(text: &str) -> Option<FieldPath> {
    let mut steps = Vec::new();
    for part in text.split('.') {
        let name = part.trim_end_matches("[]");
        let lists = (part.len() - name.len()) / 2;
        if name.is_empty() || name.contains(|c: char| c == '[' || c == ']' || c.is_whitespace()) {
            return None;
        }
        steps.push(PathStep::Field(name.to_owned()));
        steps.extend(std::iter::repeat_n(PathStep::Each, lists));
    }
    Some(FieldPath(steps))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_fields_and_items() {
        let path = parse("templates[].children[]").unwrap();
        assert_eq!(path.to_string(), "templates[].children[]");
        assert_eq!(path.0.len(), 4);
        assert_eq!(parse("a-b.c_d").unwrap().0.len(), 2);
        assert_eq!(parse("matrix[][]").unwrap().0.len(), 3);
    }

    #[test]
    fn refuses_what_is_no_path() {
        for text in [
            "", ".", "a.", ".a", "a b", "a[0]", "[]", "a.[]", "a[", "a]b",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
