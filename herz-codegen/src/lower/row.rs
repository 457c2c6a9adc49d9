//! Tables as plain data, to be written as literals of any language.

use herz_dsl::catalog::{Literal, TypeId};
use herz_types::scalar::Dialect;

/// A value in a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Row {
    /// A truth value.
    Bool(bool),
    /// A small whole number.
    Int(i64),
    /// A number that may be missing in its place.
    Count(u64),
    /// A number.
    Float(f64),
    /// A text.
    Text(String),
    /// Texts.
    Texts(Vec<String>),
    /// Pairs of texts.
    Pairs(Vec<(String, String)>),
    /// Records of one type.
    List(&'static str, Vec<Row>),
    /// A record: its type, and what differs from the usual.
    Record(&'static str, Vec<(&'static str, Row)>),
    /// One of a list of names: the list, the name.
    Word(&'static str, &'static str),
    /// A dialect.
    Dialect(Dialect),
    /// A value of a document.
    Literal(Literal),
    /// Values of a document.
    Literals(Vec<Literal>),
    /// A default that is made up at creation.
    Generated,
    /// The values of an enum, declared beside it.
    Choice(TypeId),
}

/// A record while it is put together.
#[derive(Debug)]
pub(super) struct Record {
    name: &'static str,
    entries: Vec<(&'static str, Row)>,
}

impl Record {
    pub(super) fn new(name: &'static str) -> Self {
        Self {
            name,
            entries: Vec::new(),
        }
    }

    pub(super) fn set(mut self, key: &'static str, row: Row) -> Self {
        self.entries.push((key, row));
        self
    }

    /// Sets a truth value that is usually false.
    pub(super) fn flag(self, key: &'static str, value: bool) -> Self {
        if value {
            self.set(key, Row::Bool(true))
        } else {
            self
        }
    }

    pub(super) fn maybe(self, key: &'static str, row: Option<Row>) -> Self {
        match row {
            Some(row) => self.set(key, row),
            None => self,
        }
    }

    pub(super) fn text(self, key: &'static str, text: &str) -> Self {
        if text.is_empty() {
            self
        } else {
            self.set(key, Row::Text(text.to_owned()))
        }
    }

    pub(super) fn texts(self, key: &'static str, texts: &[String]) -> Self {
        if texts.is_empty() {
            self
        } else {
            self.set(key, Row::Texts(texts.to_vec()))
        }
    }

    pub(super) fn list(self, key: &'static str, of: &'static str, rows: Vec<Row>) -> Self {
        if rows.is_empty() {
            self
        } else {
            self.set(key, Row::List(of, rows))
        }
    }

    pub(super) fn row(self) -> Row {
        Row::Record(self.name, self.entries)
    }
}
