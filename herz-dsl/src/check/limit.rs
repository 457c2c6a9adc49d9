//! Limits prepared for checking: those of a release, their patterns compiled once.

use crate::catalog::{Bound, Constraint, ConstraintKind};
use herz_types::scalar::Pattern;
use regex::Regex;
use semver::Version;
use std::sync::OnceLock;

/// A limit at a release.
#[derive(Debug)]
pub(crate) struct Limit<'c> {
    pub(crate) constraint: &'c Constraint,
    matcher: OnceLock<Matcher>,
}

/// The limits of a release that look at a value that is there.
pub(crate) fn limits<'c>(constraints: &'c [Constraint], release: &Version) -> Vec<Limit<'c>> {
    constraints
        .iter()
        .filter(|c| c.life.covers(release) && !matches!(c.kind, ConstraintKind::Filled))
        .map(|constraint| Limit {
            constraint,
            matcher: OnceLock::new(),
        })
        .collect()
}

impl Limit<'_> {
    /// Whether a text matches the pattern. A pattern that is none, which the compiler refuses,
    /// matches all.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let ConstraintKind::Pattern(pattern) = &self.constraint.kind else {
            return true;
        };
        match self.matcher.get_or_init(|| Matcher::new(pattern)) {
            Matcher::Fast(regex) => regex.is_match(text),
            Matcher::Small(pattern) => pattern.is_match(text),
            Matcher::All => true,
        }
    }
}

/// A compiled pattern. In the portable subset all engines agree; the small one of [`Pattern`] takes
/// longer for one text than all the rest of a document's checking.
#[derive(Debug)]
enum Matcher {
    Fast(Regex),
    /// For what the fast one would need tables of all of Unicode, or would take for all of Unicode
    /// if another crate of the build has it bring them: `\w` is `[0-9A-Za-z_]` here.
    Small(Pattern),
    All,
}

impl Matcher {
    fn new(text: &str) -> Self {
        match Pattern::new(text) {
            Ok(pattern) if has_class(text) => Self::Small(pattern),
            Ok(pattern) => Regex::new(text).map_or(Self::Small(pattern), Self::Fast),
            Err(_) => Self::All,
        }
    }
}

/// Whether a class such as `\w`, or a word boundary, may be in an expression.
fn has_class(text: &str) -> bool {
    text.split('\\')
        .skip(1)
        .any(|rest| rest.starts_with(['w', 'W', 'd', 'D', 's', 'S', 'b', 'B']))
}

/// An end of a range for [`herz_types::message`].
pub(crate) fn end(bound: Option<&Bound>) -> herz_types::message::End<'_> {
    bound.map(|bound| (bound.text.as_str(), bound.exclusive))
}
