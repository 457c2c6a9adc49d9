//! Typed reading: values become generated types, and everything that does not fit is told.
//!
//! Reading is type-directed and strict about types (`"5"` is no number), tolerant about what a
//! later release may bring (unknown keys, unknown values of enums): that is kept, and
//! [`crate::Validate::validate`] reports it.

mod fields;
mod values;

pub use fields::Fields;

use crate::codes::{self, Code};
use crate::table::ObjectTable;
use crate::{Level, Path, Segment, Violation};
use serde_json::Value as Json;

/// A type that can be read.
pub trait Read: Sized {
    /// Reads a value. None if it does not fit; the reader then holds at least one error.
    fn read<'v>(value: &'v Json, cx: &mut Reader<'v>) -> Option<Self>;
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
        self.findings.iter().any(|finding| finding.level == Level::Error)
    }

    /// The fields of an object; an error and none if the value is none.
    pub fn object<'c>(
        &'c mut self,
        value: &'v Json,
        table: &'static ObjectTable,
    ) -> Option<Fields<'v, 'c>> {
        match value {
            Json::Object(map) => Some(Fields::new(map, table, self)),
            other => self.wrong_type(other, "an object"),
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

    /// Reports that the current value is not what was expected; always none.
    pub fn wrong_type<T>(&mut self, found: &Json, expected: &str) -> Option<T> {
        if found.is_null() {
            self.report(codes::NULL, Level::Error, format!("null is no value here; {expected} is expected"));
        } else {
            let found = describe(found);
            self.report(codes::WRONG_TYPE, Level::Error, format!("{found} where {expected} is expected"));
        }
        None
    }

    /// Reports something at the current place.
    pub fn report(&mut self, code: Code, level: Level, message: String) {
        let path = self.here();
        self.findings.push(Violation { code, level, path, message });
    }

    /// Reports something at a key of the current value.
    pub fn report_under(&mut self, key: &str, code: Code, level: Level, message: String) {
        let path = self.here().key(key);
        self.findings.push(Violation { code, level, path, message });
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

/// A value as messages name it.
fn describe(value: &Json) -> String {
    match value {
        Json::Null => "null".to_owned(),
        Json::Bool(value) => format!("the truth value {value}"),
        Json::Number(number) => format!("the number {number}"),
        Json::String(text) => format!("the text {text:?}"),
        Json::Array(_) => "a list".to_owned(),
        Json::Object(_) => "an object".to_owned(),
    }
}
