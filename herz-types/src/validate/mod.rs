//! Judging typed values by the tables of their types: every violation, with its path.

mod limit;
mod list_rule;
mod object;
mod path;
mod place;
mod rule;
mod union;

use crate::codes::Code;
use crate::table::Layer;
use crate::view::Object;
use crate::{Level, Violation};
use place::Place;

/// A value that can tell what is wrong with it.
///
/// Every generated object type has it. Paths start at the value.
pub trait Validate {
    /// Everything that is wrong, errors and warnings, in the order of the schema's fields.
    fn validate(&self) -> Vec<Violation>;

    /// Whether nothing is wrong that a platform would refuse.
    fn is_valid(&self) -> bool {
        self.validate()
            .iter()
            .all(|violation| violation.level != Level::Error)
    }
}

impl<T: Object> Validate for T {
    fn validate(&self) -> Vec<Violation> {
        judge(self, false)
    }

    fn is_valid(&self) -> bool {
        self.doubts().is_none()
            || judge(self, false)
                .iter()
                .all(|violation| violation.level != Level::Error)
    }
}

/// What [`Validate::validate`] gives, found without straight checks: every part is looked at.
///
/// For tests that compare both.
pub fn thoroughly(object: &dyn Object) -> Vec<Violation> {
    judge(object, true)
}

fn judge(object: &dyn Object, thorough: bool) -> Vec<Violation> {
    let mut cx = Context {
        found: Vec::new(),
        thorough,
    };
    cx.object(&Place::ROOT, object, Flags::default());
    cx.found
}

/// One run over a value.
struct Context {
    found: Vec<Violation>,
    /// Whether parts are looked at that straight checks found fine.
    thorough: bool,
}

/// What holds for everything below a place.
#[derive(Debug, Clone, Copy, Default)]
struct Flags {
    /// What admission finds is advice here.
    advice: bool,
    /// Values must not be shown.
    sensitive: bool,
}

impl Flags {
    /// The text, if it may be shown.
    fn show(self, text: &str) -> Option<&str> {
        (!self.sensitive).then_some(text)
    }

    /// The level of a finding of a layer.
    fn level(self, level: Level, layer: Layer) -> Level {
        if self.advice && layer == Layer::Admission {
            Level::Warning
        } else {
            level
        }
    }
}

impl Context {
    fn push(&mut self, place: &Place<'_>, code: Code, level: Level, message: String) {
        self.found.push(Violation {
            code,
            level,
            path: place.path(),
            message,
        });
    }
}
