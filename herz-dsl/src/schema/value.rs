//! A schema document as plain owned data: what every reader of a keyword starts from.

use crate::source::Span;
use crate::tree::Resolved;

/// A text and its place: a name, a key, a value of an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The text after unescaping.
    pub text: String,
    /// Where it is written.
    pub span: Span,
}

impl Text {
    /// A text at a place.
    pub fn new(text: impl Into<String>, span: Span) -> Self {
        Self {
            text: text.into(),
            span,
        }
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Anything and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The thing.
    pub value: T,
    /// Where it is written.
    pub span: Span,
}

/// A value as written, with the place of everything in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// Where it is.
    pub span: Span,
    /// What it is.
    pub data: Data,
}

/// What a [`Value`] is.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// A single value.
    Scalar {
        /// The text after unescaping and folding.
        text: String,
        /// Whether it is neither quoted nor a block.
        plain: bool,
        /// What the text means in YAML's core schema; [`Resolved::Text`] if it is not plain.
        resolved: Resolved,
    },
    /// A list.
    List(Vec<Value>),
    /// A map, in the order written.
    Map(Vec<(Text, Value)>),
    /// Something that is reported already; nothing more is said about it.
    Broken,
}

impl Value {
    /// A text value that stands for something written elsewhere, such as a bound of an import.
    pub fn text(text: impl Into<String>, span: Span) -> Self {
        Self {
            span,
            data: Data::Scalar {
                text: text.into(),
                plain: false,
                resolved: Resolved::Text,
            },
        }
    }

    /// What stands here, for messages: «a list», «the number `3`».
    pub fn describe(&self) -> String {
        match &self.data {
            Data::Scalar { text, resolved, .. } => match resolved {
                Resolved::Null => "nothing".to_owned(),
                Resolved::Bool(value) => format!("`{value}`"),
                Resolved::Int(_) | Resolved::Uint(_) | Resolved::Float(_) => {
                    format!("the number `{text}`")
                }
                Resolved::Text if text.is_empty() => "an empty text".to_owned(),
                Resolved::Text => format!("the text `{}`", shorten(text)),
            },
            Data::List(_) => "a list".to_owned(),
            Data::Map(_) => "a map".to_owned(),
            Data::Broken => "a broken value".to_owned(),
        }
    }

    /// The entries, if it is a map.
    pub fn entries(&self) -> Option<&[(Text, Value)]> {
        match &self.data {
            Data::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The items, if it is a list.
    pub fn items(&self) -> Option<&[Value]> {
        match &self.data {
            Data::List(items) => Some(items),
            _ => None,
        }
    }

    /// The value of a key, if it is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entries()?
            .iter()
            .find(|(name, _)| name.text == key)
            .map(|(_, value)| value)
    }

    /// Whether nothing stands here: `key:` without a value, `null` or `~`.
    pub fn is_null(&self) -> bool {
        matches!(
            self.data,
            Data::Scalar {
                resolved: Resolved::Null,
                ..
            }
        )
    }
}

/// At most some 40 characters of a text, for messages.
pub(crate) fn shorten(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.len() == text.trim_end().len() && line.chars().count() <= 40 {
        return line.to_owned();
    }
    let mut short: String = line.chars().take(39).collect();
    short.push('…');
    short
}
