//! Limits prepared for checking: those of a release, their patterns compiled once.

use crate::catalog::{Bound, Constraint, ConstraintKind};
use crate::matcher::Matcher;
use semver::Version;
use std::sync::OnceLock;

/// A limit at a release.
#[derive(Debug)]
pub(crate) struct Limit<'c> {
    pub(crate) constraint: &'c Constraint,
    matcher: OnceLock<Option<Matcher>>,
}

/// The limits of a release that look at a value that is there, and at nothing besides.
pub(crate) fn limits<'c>(constraints: &'c [Constraint], release: &Version) -> Vec<Limit<'c>> {
    constraints
        .iter()
        .filter(|c| {
            let more = matches!(
                c.kind,
                ConstraintKind::Filled | ConstraintKind::ToldApart(_)
            );
            c.life.covers(release) && !more
        })
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
        let matcher = self.matcher.get_or_init(|| Matcher::new(pattern));
        matcher.as_ref().is_none_or(|one| one.is_match(text))
    }
}

/// An end of a range for [`herz_types::message`].
pub(crate) fn end(bound: Option<&Bound>) -> herz_types::message::End<'_> {
    bound.map(|bound| (bound.text.as_str(), bound.exclusive))
}
