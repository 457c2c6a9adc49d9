//! Typed reading: values become generated types, and everything that does not fit is told.
//!
//! Reading is type-directed and strict about types (`"5"` is no number), tolerant about what a
//! later release may bring (unknown keys, unknown values of enums): that is kept, and
//! [`crate::Validate::validate`] reports it.

mod fields;
mod values;

pub use fields::Fields;

use crate::codes::{self, Code};
use crate::message::{self, Found, Wanted};
use crate::table::ObjectTable;
use crate::{Level, Path, Segment, Violation};
use serde_json::Value as Json;

/// A type that can be read.
pub trait Read: Sized {
    /// Whether null is one of the type's values, also where null mostly counts as absent.
    const TAKES_NULL: bool = false;

    /// Reads a value. None if it does not fit; the reader then holds at least one error.
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self>;

    /// Whether the value is known to read as this type, and what it reads as to be right. False: it is
    /// not known.
    ///
    /// The look before the work: [`check`](crate::document::check) reads only what is not known to be
    /// right.
    fn is_right(value: &Json) -> bool {
        let _ = value;
        false
    }
}

/// Reads a whole value; the error is everything that does not fit (and the warnings).
///
/// ```
/// let error = herz_types::read::from_json::<Vec<bool>>(&serde_json::json!([true, "no", 1])).unwrap_err();
/// assert_eq!(error.len(), 2);
/// assert_eq!(error[0].path.to_string(), "[1]");
/// ```
pub fn from_json<T: Read>(value: &Json) -> Result<T, Vec<Violation>> {
    let mut cx = Reader::default();
    match T::read(value, &mut cx) {
        Some(read) if !cx.failed() => Ok(read),
        _ => Err(cx.findings),
    }
}

/// Where the reading is, and what it found.
#[derive(Debug, Default)]
pub struct Reader<'v> {
    path: Vec<Step<'v>>,
    findings: Vec<Violation>,
    /// Whether null counts as absent in the current object.
    lenient_null: bool,
    /// How many fields around the current value must not be shown.
    hidden: usize,
}

/// One step of the way to the current value.
#[derive(Debug, Clone, Copy)]
enum Step<'v> {
    Key(&'v str),
    Index(usize),
}

impl<'v> Reader<'v> {
    /// What was found up to now, warnings included.
    pub fn findings(&self) -> &[Violation] {
        &self.findings
    }

    /// What was found.
    pub fn into_findings(self) -> Vec<Violation> {
        self.findings
    }

    /// Whether an error was found.
    pub fn failed(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.level == Level::Error)
    }

    /// The fields of an object; an error and none if the value is none.
    pub fn object<'c>(
        &'c mut self,
        value: &'v Json,
        table: &'static ObjectTable,
    ) -> Option<Fields<'v, 'c>> {
        match value {
            Json::Object(map) => Some(Fields::new(map, table, self)),
            other => self.wrong_type(other, Wanted::Map),
        }
    }

    /// Reads what stands under a key of the current value.
    pub fn under<T: Read>(&mut self, key: &'v str, value: &'v Json) -> Option<T> {
        self.path.push(Step::Key(key));
        let read = T::read(value, self);
        self.path.pop();
        read
    }

    /// Reads an entry of the current list.
    fn entry<T: Read>(&mut self, index: usize, value: &'v Json) -> Option<T> {
        self.path.push(Step::Index(index));
        let read = T::read(value, self);
        self.path.pop();
        read
    }

    /// The text that the current value is.
    pub fn text<'j>(&mut self, value: &'j Json) -> Option<&'j str> {
        match value {
            Json::String(text) => Some(text),
            other => self.wrong_type(other, Wanted::Text),
        }
    }

    /// The whole number that the current value is; `5.0` is one.
    fn whole(&mut self, value: &Json) -> Option<i128> {
        /// Whole numbers up to here are exact as floats.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        let int = value
            .as_i64()
            .map(i128::from)
            .or_else(|| value.as_u64().map(i128::from));
        #[allow(clippy::cast_possible_truncation)] // It is whole and small.
        let float = || {
            let number = value.as_f64()?;
            (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i128)
        };
        int.or_else(float)
            .or_else(|| self.wrong_type(value, Wanted::Int))
    }

    /// Reports a whole number that its type can't hold; always none.
    fn out_of_width<T>(&mut self, number: i128, signed: bool, bits: u32) -> Option<T> {
        let text = number.to_string();
        let shown = self.shown().then_some(text.as_str());
        let bits = u8::try_from(bits).unwrap_or(u8::MAX);
        let message = message::out_of_width(shown, signed, bits);
        self.report(codes::OUT_OF_RANGE, Level::Error, message);
        None
    }

    /// Reports a text that is none of those known; always none.
    pub fn not_allowed<T>(&mut self, found: &str, known: &[&str]) -> Option<T> {
        let shown = self.shown().then_some(found);
        let message = message::not_allowed(shown, known.iter().copied());
        self.report(codes::NOT_ALLOWED, Level::Error, message);
        None
    }

    /// Reports that the current value is not what was expected; always none.
    pub fn wrong_type<T>(&mut self, found: &Json, wanted: Wanted) -> Option<T> {
        let text = found.to_string();
        let (code, message) = match found {
            Json::Null => match self.path.last() {
                Some(Step::Key(key)) => (codes::NULL, message::null(key)),
                Some(Step::Index(_)) => (codes::NULL, message::null_item()),
                None => (codes::WRONG_TYPE, message::wrong_type(wanted, Found::Null)),
            },
            other => {
                let found = match other {
                    Json::Array(_) => Found::List,
                    Json::Object(_) => Found::Map,
                    _ if !self.shown() => Found::Hidden,
                    Json::String(text) => Found::Text(text),
                    Json::Number(number) if number.is_f64() => Found::Float(&text),
                    Json::Number(_) => Found::Int(&text),
                    Json::Null => Found::Null,
                    Json::Bool(_) => Found::Bool(&text),
                };
                (codes::WRONG_TYPE, message::wrong_type(wanted, found))
            }
        };
        self.report(code, Level::Error, message);
        None
    }

    /// Whether null at a key counts as absent here; then that is told.
    fn null_is_absent(&mut self, key: &str) -> bool {
        if self.lenient_null {
            self.report_under(key, codes::NULL, Level::Warning, message::null(key));
        }
        self.lenient_null
    }

    /// Whether messages may show the current value.
    fn shown(&self) -> bool {
        self.hidden == 0
    }

    /// Which of these kinds a document is, by its place among them; told if it is none.
    pub fn kind(
        &mut self,
        value: &'v Json,
        kinds: &'static [(&'static str, &'static str)],
    ) -> Option<usize> {
        let Json::Object(map) = value else {
            return self.wrong_type(value, Wanted::Map);
        };
        let mut texts = ["apiVersion", "kind"]
            .map(|key| {
                let Some(value) = map.get(key) else {
                    self.missing(key);
                    return None;
                };
                self.path.push(Step::Key(key));
                let text = self.text(value);
                self.path.pop();
                text
            })
            .into_iter();
        let (version, kind) = (texts.next().flatten()?, texts.next().flatten()?);
        let found = kinds
            .iter()
            .position(|known| known.1 == kind && known.0 == version);
        if found.is_none() {
            let group =
                |version: &'static str| version.split_once('/').map_or("", |(group, _)| group);
            let own = version.split_once('/').map_or("", |(group, _)| group);
            let same_kind: Vec<&str> = kinds
                .iter()
                .filter(|known| known.1 == kind)
                .map(|known| known.0)
                .collect();
            let same_group = kinds
                .iter()
                .filter(|known| group(known.0) == own)
                .map(|known| known.1);
            let same_group: Vec<&str> = same_group.collect();
            let (key, code, message) = if !same_kind.is_empty() {
                let message = message::not_allowed(Some(version), same_kind);
                ("apiVersion", codes::API_VERSION, message)
            } else if !same_group.is_empty() {
                (
                    "kind",
                    codes::UNKNOWN_KIND,
                    message::not_allowed(Some(kind), same_group),
                )
            } else {
                let mut all: Vec<&str> = kinds.iter().map(|known| known.0).collect();
                all.dedup();
                (
                    "apiVersion",
                    codes::API_VERSION,
                    message::not_allowed(Some(version), all),
                )
            };
            self.report_under(key, code, Level::Error, message);
        }
        found
    }

    /// Reports a key that must be there.
    fn missing(&mut self, key: &str) {
        let message = message::missing_field(key);
        self.report_under(key, codes::MISSING_FIELD, Level::Error, message);
    }

    /// Reports something at the current place.
    pub fn report(&mut self, code: Code, level: Level, message: String) {
        let path = self.here();
        self.findings.push(Violation {
            code,
            level,
            path,
            message,
        });
    }

    /// Reports something at a key of the current value.
    pub fn report_under(&mut self, key: &str, code: Code, level: Level, message: String) {
        let path = self.here().key(key);
        self.findings.push(Violation {
            code,
            level,
            path,
            message,
        });
    }

    fn here(&self) -> Path {
        Path(
            self.path
                .iter()
                .map(|step| match step {
                    Step::Key(key) => Segment::Key((*key).to_owned()),
                    Step::Index(index) => Segment::Index(*index),
                })
                .collect(),
        )
    }
}

/// `Deserialize` by the type's own reader: all that does not fit is in the error.
#[doc(hidden)]
pub fn deserialize<'de, T: Read, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let value = <Json as serde::Deserialize>::deserialize(deserializer)?;
    from_json(&value).map_err(|findings| {
        let errors: Vec<String> = findings
            .iter()
            .filter(|finding| finding.level == Level::Error)
            .map(ToString::to_string)
            .collect();
        serde::de::Error::custom(errors.join("; "))
    })
}
