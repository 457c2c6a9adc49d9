//! Keywords of attributes and their values.

use super::Writer;
use crate::attr::{Data, Entry, Value};
use crate::names;
use syn::Error;

/// Keywords whose maps have paths of fields as keys.
const CONDITIONS: &[&str] = &["when", "requiredWhen", "forbiddenWhen", "of", "oneShot"];
/// Keywords whose maps have keys of the user's own.
const FREE: &[&str] = &["default", "example", "examples", "value"];

/// How the keys of a map are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keys {
    /// Keywords.
    Words,
    /// Paths of fields.
    Paths,
    /// As they are: a value of the user's own.
    Free,
    /// As they are, with keywords below: the cases of a union.
    Cases,
}

impl Writer<'_, '_> {
    /// A keyword and its value.
    pub(super) fn entry(&mut self, entry: &Entry, keys: Keys) {
        let word = names::keyword(&entry.key.text);
        self.text().comma();
        match keys {
            Keys::Words if !entry.key.quoted => {
                self.text().key(&word, entry.key.span);
                if matches!(word.as_str(), "since" | "until") {
                    self.release(&entry.value);
                }
            }
            Keys::Paths if !entry.key.quoted => {
                let path = self.path(&entry.key);
                self.text().key(&path, entry.key.span);
            }
            Keys::Words | Keys::Paths | Keys::Free | Keys::Cases => {
                self.text().key(&entry.key.text, entry.key.span);
            }
        }
        let below = match keys {
            Keys::Words if CONDITIONS.contains(&word.as_str()) => Keys::Paths,
            Keys::Words if FREE.contains(&word.as_str()) => Keys::Free,
            Keys::Words if word == "cases" => Keys::Cases,
            Keys::Words | Keys::Paths | Keys::Cases => Keys::Words,
            Keys::Free => Keys::Free,
        };
        let tested = (keys == Keys::Paths)
            .then(|| self.tested(&entry.key))
            .flatten();
        self.value(&entry.value, below, tested);
        if word == "union" {
            self.union(&entry.value);
        }
    }

    fn release(&mut self, value: &Value) {
        // What is no version is told by the language.
        let version = |text: &str| {
            text.split(['-', '+']).next().is_some_and(|numbers| {
                numbers.split('.').count() == 3
                    && numbers.split('.').all(|part| part.parse::<u64>().is_ok())
            })
        };
        if let Data::Text(text) = &value.data
            && version(text)
        {
            self.out.releases.push(text.clone());
        }
    }

    pub(super) fn value(&mut self, value: &Value, keys: Keys, tested: Option<usize>) {
        let span = value.span;
        match &value.data {
            Data::Nothing => self.text().at(span, |text| text.raw("true")),
            Data::Text(words) => {
                self.claim(tested, words, span);
                self.text().at(span, |text| text.quoted(words));
            }
            Data::Plain(plain) => self.text().at(span, |text| text.raw(plain)),
            Data::Word(key) => {
                let path = self.path(key);
                if !matches!(path.as_str(), "present" | "absent" | "filled" | "empty") {
                    self.claim(tested, &path, span);
                }
                let flow = path.contains(['[', ']']);
                self.text().at(span, |text| {
                    if flow {
                        text.quoted(&path);
                    } else {
                        text.raw(&path);
                    }
                });
            }
            Data::List(items) => {
                self.covered(span, |writer| {
                    writer.text().raw("[");
                    for item in items {
                        writer.text().comma();
                        writer.value(item, keys, tested);
                    }
                    writer.text().raw("]");
                });
            }
            Data::Map(entries) => {
                self.covered(span, |writer| {
                    writer.text().raw("{");
                    for entry in entries {
                        if entry.key.text == "not" && tested.is_some() {
                            writer.text().comma();
                            writer.text().key("not", entry.key.span);
                            writer.value(&entry.value, Keys::Words, tested);
                        } else {
                            writer.entry(entry, keys);
                        }
                    }
                    writer.text().raw("}");
                });
            }
            Data::Rust(_) => {
                self.errors.push(Error::new(
                    span,
                    "a path of Rust has no meaning here\nhelp: fields are joined by dots",
                ));
                self.text().raw("null");
            }
        }
    }
}
