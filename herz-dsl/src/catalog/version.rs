//! Since when and until when a thing exists.

use semver::Version;
use serde::{Deserialize, Serialize};

/// The releases of the platform in which a thing exists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Life {
    /// First release that has it; none: always had.
    pub since: Option<Version>,
    /// First release that no longer has it; none: still there.
    pub until: Option<Version>,
    /// Still there, but on its way out.
    pub deprecated: Option<Deprecation>,
}

/// Why something should not be used any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deprecation {
    /// First release that discourages it.
    pub since: Option<Version>,
    /// What to use instead: a field, value or kind.
    pub instead: Option<String>,
    /// What else a user should know.
    pub note: Option<String>,
}

impl Life {
    /// Whether the release has it.
    pub fn covers(&self, release: &Version) -> bool {
        self.since.as_ref().is_none_or(|since| since <= release)
            && self.until.as_ref().is_none_or(|until| release < until)
    }

    /// The releases that have both; a deprecation does not carry over.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        Self {
            since: self.since.iter().chain(&other.since).max().cloned(),
            until: self.until.iter().chain(&other.until).min().cloned(),
            deprecated: None,
        }
    }

    /// Whether some release may have both.
    pub fn overlaps(&self, other: &Self) -> bool {
        let before = |until: &Option<Version>, since: &Option<Version>| match (until, since) {
            (Some(until), Some(since)) => until <= since,
            _ => false,
        };
        !before(&self.until, &other.since) && !before(&other.until, &self.since)
    }
}
