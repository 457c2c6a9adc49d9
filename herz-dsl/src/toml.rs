//! TOML values with their places, and findings about their shape: for the compatibility matrix and
//! for policies. The only module that names the TOML parser for reading.

use crate::compat::Date;
use crate::diagnostic::codes::Code;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::schema::value::Spanned;
use crate::source::{SourceId, Span};
use std::ops::Range as Bytes;
use toml_edit::{Document, Item, TableLike, Value};

/// Reads tables and collects what is wrong with them.
pub(crate) struct Reader {
    source: SourceId,
    /// What findings about the form are called.
    code: Code,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A table and the place that stands for it.
#[derive(Clone, Copy)]
pub(crate) struct Table<'t> {
    table: &'t dyn TableLike,
    pub(crate) span: Span,
}

impl Table<'_> {
    /// Whether a key is there.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }
}

/// A value and its place.
#[derive(Clone, Copy)]
pub(crate) struct Found<'t> {
    pub(crate) item: &'t Item,
    pub(crate) span: Span,
    /// Place of its key.
    pub(crate) key: Span,
}

impl Reader {
    pub(crate) fn new(source: SourceId, code: Code) -> Self {
        Self {
            source,
            code,
            diagnostics: Vec::new(),
        }
    }

    /// Parses the text; a syntax error is a finding.
    pub(crate) fn parse<'t>(&mut self, text: &'t str) -> Option<Document<&'t str>> {
        match Document::parse(text) {
            Ok(document) => Some(document),
            Err(error) => {
                let span = self.span(error.span(), 0..0);
                self.error(
                    span,
                    format!("this is no TOML: {}", one_line(error.message())),
                );
                None
            }
        }
    }

    fn span(&self, bytes: Option<Bytes<usize>>, otherwise: Bytes<usize>) -> Span {
        let bytes = bytes.unwrap_or(otherwise);
        let number = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        Span::new(self.source, number(bytes.start), number(bytes.end))
    }

    pub(crate) fn error(&mut self, span: Span, message: impl Into<String>) {
        self.diagnostics
            .push(Diagnostic::error(self.code, span, message));
    }

    pub(crate) fn error_with(
        &mut self,
        span: Span,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        let found = Diagnostic::error(self.code, span, message);
        self.diagnostics.push(match help {
            Some(help) => found.help(help),
            None => found,
        });
    }

    /// The document's table.
    pub(crate) fn root<'t>(&self, document: &'t Document<&str>) -> Table<'t> {
        Table {
            table: document.as_table(),
            span: self.span(None, 0..0),
        }
    }

    /// What a table has under a key.
    pub(crate) fn get<'t>(&self, table: Table<'t>, key: &str) -> Option<Found<'t>> {
        let (key, item) = table.table.get_key_value(key)?;
        Some(self.found(key, item, table.span))
    }

    fn found<'t>(&self, key: &toml_edit::Key, item: &'t Item, outer: Span) -> Found<'t> {
        let key = self.span(key.span(), outer.range());
        Found {
            item,
            span: self.span(item.span(), key.range()),
            key,
        }
    }

    /// The entries of a table, in order.
    pub(crate) fn entries<'t>(&self, table: Table<'t>) -> Vec<(Spanned<String>, Found<'t>)> {
        let names: Vec<String> = table
            .table
            .iter()
            .map(|(name, _)| name.to_owned())
            .collect();
        names
            .into_iter()
            .filter_map(|name| {
                let found = self.get(table, &name)?;
                let span = found.key;
                Some((Spanned { value: name, span }, found))
            })
            .collect()
    }

    /// Reports keys that mean nothing.
    pub(crate) fn known_keys(&mut self, table: Table<'_>, what: &str, known: &[&str]) {
        for (key, found) in self.entries(table) {
            if known.contains(&key.value.as_str()) {
                continue;
            }
            let help = did_you_mean(&key.value, known.iter().copied())
                .map(|near| format!("did you mean `{near}`?"))
                .or_else(|| Some(format!("known keys: {}", known.join(", "))));
            self.error_with(
                found.key,
                format!("{what} has no key `{}`", key.value),
                help,
            );
        }
    }

    /// The value as a table.
    pub(crate) fn table<'t>(&mut self, found: Found<'t>, what: &str) -> Option<Table<'t>> {
        let table = found.item.as_table_like();
        if table.is_none() {
            self.error(found.span, format!("{what} must be a table"));
        }
        Some(Table {
            table: table?,
            span: found.span,
        })
    }

    /// The value as a list of tables, however they are written.
    pub(crate) fn tables<'t>(&mut self, found: Found<'t>, what: &str) -> Vec<Table<'t>> {
        if let Some(list) = found.item.as_array_of_tables() {
            return list
                .iter()
                .map(|table| Table {
                    table,
                    span: self.span(table.span(), found.span.range()),
                })
                .collect();
        }
        let Some(list) = found.item.as_array() else {
            self.error(found.span, format!("{what} must be a list of tables"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for value in list {
            let span = self.span(value.span(), found.span.range());
            match value.as_inline_table() {
                Some(table) => tables.push(Table { table, span }),
                None => self.error(span, format!("each entry of {what} must be a table")),
            }
        }
        tables
    }

    /// The value as a text.
    pub(crate) fn text(&mut self, found: Found<'_>, what: &str) -> Option<Spanned<String>> {
        match found.item.as_str() {
            Some(text) => Some(Spanned {
                value: text.to_owned(),
                span: found.span,
            }),
            None => {
                self.error(found.span, format!("{what} must be a text"));
                None
            }
        }
    }

    /// The value as texts: a list, or one text that stands for a list of it.
    pub(crate) fn texts(&mut self, found: Found<'_>, what: &str) -> Vec<Spanned<String>> {
        if let Some(text) = found.item.as_str() {
            let span = found.span;
            return vec![Spanned {
                value: text.to_owned(),
                span,
            }];
        }
        let Some(list) = found.item.as_array() else {
            self.error(found.span, format!("{what} must be a list of texts"));
            return Vec::new();
        };
        let mut texts = Vec::new();
        for value in list {
            let span = self.span(value.span(), found.span.range());
            match value.as_str() {
                Some(text) => texts.push(Spanned {
                    value: text.to_owned(),
                    span,
                }),
                None => self.error(span, format!("each entry of {what} must be a text")),
            }
        }
        texts
    }

    /// Reports a text whose `schema` is not 1, the version of its form.
    pub(crate) fn form(&mut self, root: Table<'_>, what: &str) {
        match self.get(root, "schema") {
            Some(found) if found.item.as_integer() == Some(1) => {}
            Some(found) => self.error(found.span, "`schema` must be 1, the version of this form"),
            None => {
                let span = Span::new(root.span.source, 0, 0);
                let message = format!("{what} has no `schema = 1`, the version of its form");
                self.error(span, message);
            }
        }
    }

    /// The value as a truth.
    pub(crate) fn flag(&mut self, found: Found<'_>, what: &str) -> bool {
        found.item.as_bool().unwrap_or_else(|| {
            self.error(found.span, format!("{what} must be true or false"));
            false
        })
    }

    /// The value as a day.
    pub(crate) fn date(&mut self, found: Found<'_>, what: &str) -> Option<Date> {
        let date = found
            .item
            .as_value()
            .and_then(Value::as_datetime)
            .filter(|it| it.time.is_none())
            .and_then(|it| it.date);
        if date.is_none() {
            self.error(
                found.span,
                format!("{what} must be a date such as 2025-03-01"),
            );
        }
        date.map(|it| Date {
            year: it.year,
            month: it.month,
            day: it.day,
        })
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
