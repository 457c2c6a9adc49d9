//! TOML with places. The only module that names the TOML parser.

use super::Word;
use crate::target::OptionValue;
use herz_dsl::diagnostic::{Diagnostic, codes};
use herz_dsl::source::{SourceId, Span};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A table of the file.
pub(super) struct Table<'t> {
    table: &'t DeTable<'t>,
    source: SourceId,
}

/// A value of the file and its place.
pub(super) struct Value<'t> {
    spanned: &'t Spanned<DeValue<'t>>,
    /// Where it is written.
    pub(super) span: Span,
    source: SourceId,
}

/// Reads a text and hands its root to `then`; or all that the parser complains about.
pub(super) fn parse<T>(
    text: &str,
    source: SourceId,
    then: impl FnOnce(&Table<'_>) -> T,
) -> Result<T, Vec<Diagnostic>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        let table = root.get_ref();
        return Ok(then(&Table { table, source }));
    }
    let finding = |error: &toml::de::Error| {
        let span = error.span().unwrap_or(0..0);
        Diagnostic::error(codes::CONFIG, place(&span, source), error.message().trim())
    };
    Err(errors.iter().map(finding).collect())
}

fn place(range: &Range<usize>, source: SourceId) -> Span {
    let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
    Span::new(source, at(range.start), at(range.end))
}

impl<'t> Table<'t> {
    /// Key, the key's place, value; in the order of the file.
    pub(super) fn entries(&self) -> Vec<(&'t str, Span, Value<'t>)> {
        let mut entries: Vec<_> = self
            .table
            .iter()
            .map(|(key, value)| {
                let span = place(&key.span(), self.source);
                (key.get_ref().as_ref(), span, self.value(value))
            })
            .collect();
        entries.sort_by_key(|(_, span, _)| *span);
        entries
    }

    fn value(&self, value: &'t Spanned<DeValue<'t>>) -> Value<'t> {
        Value {
            spanned: value,
            span: place(&value.span(), self.source),
            source: self.source,
        }
    }

    fn get(&self, key: &str) -> Option<Value<'t>> {
        self.table.get(key).map(|value| self.value(value))
    }

    /// Whether the key is there, whatever its value.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The table at a key.
    pub(super) fn table(&self, key: &str, found: &mut Vec<Diagnostic>) -> Option<Table<'t>> {
        let value = self.get(key)?;
        let tables = value.tables(key, found);
        tables.into_iter().next()
    }

    /// The text at a key, which may not be empty.
    pub(super) fn word(&self, key: &str, found: &mut Vec<Diagnostic>) -> Option<Word> {
        self.get(key)?.word(key, found)
    }

    /// The text or list of texts at a key.
    pub(super) fn words(&self, key: &str, found: &mut Vec<Diagnostic>) -> Vec<Word> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        match value.spanned.get_ref() {
            DeValue::Array(items) => items
                .iter()
                .filter_map(|item| self.value(item).word(key, found))
                .collect(),
            _ => value.word(key, found).into_iter().collect(),
        }
    }
}

impl<'t> Value<'t> {
    fn word(&self, key: &str, found: &mut Vec<Diagnostic>) -> Option<Word> {
        let message = match self.spanned.get_ref() {
            DeValue::String(text) if !text.is_empty() => {
                return Some(Word {
                    text: text.to_string(),
                    span: Some(self.span),
                });
            }
            DeValue::String(_) => format!("`{key}` must not be empty"),
            other => format!("`{key}` must be a text, and not {}", name(other)),
        };
        found.push(Diagnostic::error(codes::CONFIG, self.span, message));
        None
    }

    /// The table, or the tables of a list of such.
    pub(super) fn tables(&self, key: &str, found: &mut Vec<Diagnostic>) -> Vec<Table<'t>> {
        let one = |value: &'t Spanned<DeValue<'t>>| match value.get_ref() {
            DeValue::Table(table) => Some(Table {
                table,
                source: self.source,
            }),
            _ => None,
        };
        let tables = match self.spanned.get_ref() {
            DeValue::Array(items) => items.iter().map(one).collect(),
            _ => one(self.spanned).map(|table| vec![table]),
        };
        tables.unwrap_or_else(|| {
            let message = format!(
                "`{key}` must be a table, and not {}",
                name(self.spanned.get_ref())
            );
            found.push(Diagnostic::error(codes::CONFIG, self.span, message));
            Vec::new()
        })
    }

    /// The value as that of an option.
    pub(super) fn option(&self, key: &str, found: &mut Vec<Diagnostic>) -> Option<OptionValue> {
        let value = match self.spanned.get_ref() {
            DeValue::Boolean(flag) => Some(OptionValue::Flag(*flag)),
            DeValue::String(text) => Some(OptionValue::Text(text.to_string())),
            DeValue::Integer(number) => u64::from_str_radix(number.as_str(), number.radix())
                .ok()
                .map(OptionValue::Count),
            _ => None,
        };
        if value.is_none() {
            let message = format!(
                "`{key}` must be a text, a whole number that is not negative, true or false"
            );
            found.push(Diagnostic::error(codes::CONFIG, self.span, message));
        }
        value
    }
}

fn name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a truth value",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
