//! Reading maps with known keywords. Every reader of a construct is written with these few words,
//! so that unknown keywords, wrong shapes and missing keywords are told the same way everywhere.

use super::value::{Data, Spanned, Text, Value};
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::source::Span;
use crate::tree::Resolved;
use semver::Version;

/// Collects the findings while a schema text is read.
#[derive(Debug, Default)]
pub struct Reader {
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
}

/// A map whose keys were compared with the known keywords.
#[derive(Debug, Clone, Copy)]
pub struct Map<'v> {
    entries: &'v [(Text, Value)],
    what: &'static str,
    /// The whole map.
    pub span: Span,
}

impl<'v> Map<'v> {
    /// A place for «something is missing here» that is one line long: the first key.
    pub fn head(&self) -> Span {
        self.entries.first().map_or(self.span, |(key, _)| key.span)
    }

    /// The value of a keyword, if it is written.
    pub fn get(&self, keyword: &str) -> Option<&'v Value> {
        self.entry(keyword).map(|(_, value)| value)
    }

    /// Keyword and value, if it is written.
    pub fn entry(&self, keyword: &str) -> Option<(&'v Text, &'v Value)> {
        self.entries
            .iter()
            .find(|(key, _)| key.text == keyword)
            .map(|(key, value)| (key, value))
    }

    /// Whether the keyword is written.
    pub fn has(&self, keyword: &str) -> bool {
        self.get(keyword).is_some()
    }

    /// Reads the value of a keyword, if it is written.
    pub fn read<T>(
        &self,
        reader: &mut Reader,
        keyword: &str,
        read: impl FnOnce(&mut Reader, &'v Value, &str) -> Option<T>,
    ) -> Option<T> {
        self.get(keyword)
            .and_then(|value| read(reader, value, keyword))
    }

    /// Reads the value of a keyword that must be written.
    pub fn require<T>(
        &self,
        reader: &mut Reader,
        keyword: &str,
        read: impl FnOnce(&mut Reader, &'v Value, &str) -> Option<T>,
    ) -> Option<T> {
        if !self.has(keyword) {
            reader.missing(self.what, keyword, self.head());
        }
        self.read(reader, keyword, read)
    }

    /// A truth value that is false if the keyword is not written.
    pub fn flag(&self, reader: &mut Reader, keyword: &str) -> bool {
        self.read(reader, keyword, Reader::boolean).unwrap_or(false)
    }

    /// A list of texts that is empty if the keyword is not written.
    pub fn texts(&self, reader: &mut Reader, keyword: &str) -> Vec<Text> {
        self.read(reader, keyword, Reader::texts)
            .unwrap_or_default()
    }

    /// The text of `doc:`, without the white space around it.
    pub fn doc(&self, reader: &mut Reader) -> String {
        self.read(reader, "doc", Reader::text)
            .map(|doc| doc.text.trim().to_owned())
            .unwrap_or_default()
    }
}

impl Reader {
    /// Opens a map and reports the keys that are none of `known`.
    pub fn map<'v>(
        &mut self,
        value: &'v Value,
        what: &'static str,
        known: &[&[&str]],
    ) -> Option<Map<'v>> {
        let Some(entries) = value.entries() else {
            self.shape(value, format!("{what} must be a map"));
            return None;
        };
        let known = || known.iter().copied().flatten().copied();
        for (key, _) in entries {
            if !known().any(|word| word == key.text) {
                self.unknown_keyword(key, what, known());
            }
        }
        Some(Map {
            entries,
            what,
            span: value.span,
        })
    }

    /// Reports a keyword that the construct doesn't have.
    pub fn unknown_keyword<'k>(
        &mut self,
        key: &Text,
        what: &str,
        known: impl Iterator<Item = &'k str> + Clone,
    ) {
        let message = format!("{what} has no keyword `{}`", shorten_key(&key.text));
        let mut finding = Diagnostic::error(codes::UNKNOWN_KEYWORD, key.span, message);
        if let Some(meant) = did_you_mean(&key.text, known.clone()) {
            finding = finding.help(format!("did you mean `{meant}`?")).fix(
                format!("rename to `{meant}`"),
                key.span,
                meant,
            );
        } else {
            finding = finding.help(format!("it has {}", quoted(known)));
        }
        self.diagnostics.push(finding);
    }

    /// Reports a value of the wrong shape; `must` says what is allowed.
    pub fn shape(&mut self, value: &Value, must: impl AsRef<str>) {
        if value.data == Data::Broken {
            return;
        }
        let message = format!("{}, not {}", must.as_ref(), value.describe());
        self.diagnostics
            .push(Diagnostic::error(codes::WRONG_SHAPE, value.span, message));
    }

    /// Reports a keyword that must be written and is not.
    pub fn missing(&mut self, what: &str, keyword: &str, span: Span) {
        let message = format!("{what} needs the keyword `{keyword}`");
        self.diagnostics
            .push(Diagnostic::error(codes::MISSING_KEYWORD, span, message));
    }

    /// Reports keywords that exclude each other.
    pub fn conflict(&mut self, message: impl Into<String>, at: Span, other: Span) {
        let finding =
            Diagnostic::error(codes::CONFLICT, at, message).related(other, "the other one");
        self.diagnostics.push(finding);
    }

    /// A text: quoted, a block, or a plain one that is no number, truth value or null.
    pub fn text(&mut self, value: &Value, keyword: &str) -> Option<Text> {
        match &value.data {
            Data::Scalar {
                text,
                resolved: Resolved::Text,
                ..
            } => Some(Text::new(text, value.span)),
            Data::Scalar {
                resolved: Resolved::Null,
                ..
            }
            | Data::List(_)
            | Data::Map(_)
            | Data::Broken => {
                self.shape(value, format!("{} must be a text", called(keyword)));
                None
            }
            Data::Scalar { text, .. } => {
                let message = format!(
                    "{} must be a text, not {}",
                    called(keyword),
                    value.describe()
                );
                let finding = Diagnostic::error(codes::WRONG_SHAPE, value.span, message)
                    .help("quote it")
                    .fix("quote it", value.span, format!("\"{text}\""));
                self.diagnostics.push(finding);
                None
            }
        }
    }

    /// A text that may also be written as a plain number, truth value, … (patterns, bounds).
    pub fn any_text(&mut self, value: &Value, keyword: &str) -> Option<Text> {
        match &value.data {
            Data::Scalar { text, resolved, .. } if *resolved != Resolved::Null => {
                Some(Text::new(text, value.span))
            }
            _ => {
                self.shape(value, format!("{} must be a text", called(keyword)));
                None
            }
        }
    }

    /// A list of texts.
    pub fn texts(&mut self, value: &Value, keyword: &str) -> Option<Vec<Text>> {
        let Some(items) = value.items() else {
            self.shape(
                value,
                format!("{} must be a list of texts", called(keyword)),
            );
            return None;
        };
        Some(
            items
                .iter()
                .filter_map(|item| self.text(item, keyword))
                .collect(),
        )
    }

    /// The items of a list.
    pub fn items<'v>(&mut self, value: &'v Value, keyword: &str) -> Option<&'v [Value]> {
        let items = value.items();
        if items.is_none() {
            self.shape(value, format!("{} must be a list", called(keyword)));
        }
        items
    }

    /// The entries of a map whose keys are names.
    pub fn entries<'v>(&mut self, value: &'v Value, keyword: &str) -> Option<&'v [(Text, Value)]> {
        let entries = value.entries();
        if entries.is_none() {
            self.shape(value, format!("{} must be a map", called(keyword)));
        }
        entries
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, value: &Value, keyword: &str) -> Option<bool> {
        if let Data::Scalar {
            resolved: Resolved::Bool(truth),
            ..
        } = value.data
        {
            return Some(truth);
        }
        self.shape(
            value,
            format!("{} must be `true` or `false`", called(keyword)),
        );
        None
    }

    /// One of a closed set of words.
    pub fn word<T: Copy>(
        &mut self,
        value: &Value,
        keyword: &str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let names = || words.iter().map(|(word, _)| *word);
        if let Data::Scalar { text, .. } = &value.data {
            if let Some((_, meaning)) = words.iter().find(|(word, _)| word == text) {
                return Some(*meaning);
            }
            let message = format!(
                "{} must be {}, not {}",
                called(keyword),
                alternatives(names()),
                value.describe()
            );
            let mut finding = Diagnostic::error(codes::WRONG_SHAPE, value.span, message);
            if let Some(meant) = did_you_mean(text, names()) {
                finding = finding.help(format!("did you mean `{meant}`?")).fix(
                    format!("replace by `{meant}`"),
                    value.span,
                    meant,
                );
            }
            self.diagnostics.push(finding);
        } else {
            self.shape(
                value,
                format!("{} must be {}", called(keyword), alternatives(names())),
            );
        }
        None
    }

    /// A version of three numbers, such as `2.8.0`.
    pub fn version(&mut self, value: &Value, keyword: &str) -> Option<Spanned<Version>> {
        if let Data::Scalar { text, .. } = &value.data
            && let Ok(version) = Version::parse(text)
        {
            return Some(Spanned {
                value: version,
                span: value.span,
            });
        }
        if value.data == Data::Broken {
            return None;
        }
        let message = format!(
            "{} must be a version, not {}",
            called(keyword),
            value.describe()
        );
        let finding = Diagnostic::error(codes::WRONG_SHAPE, value.span, message)
            .help("a version has three numbers: `2.8.0`");
        self.diagnostics.push(finding);
        None
    }
}

/// A keyword in ticks; what is described in words stays as it is.
fn called(keyword: &str) -> String {
    if keyword.contains(' ') {
        keyword.to_owned()
    } else {
        format!("`{keyword}`")
    }
}

/// `a`, `b`, `c`: every word in ticks.
pub(crate) fn quoted<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// `a`, `b` or `c`.
pub(crate) fn alternatives<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    match words.pop() {
        None => String::new(),
        Some(last) if words.is_empty() => last,
        Some(last) => format!("{} or {last}", words.join(", ")),
    }
}

fn shorten_key(key: &str) -> String {
    super::value::shorten(key)
}
