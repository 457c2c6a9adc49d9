//! How much a change asks of a version, and how sure that is.

use serde::Serialize;
use std::fmt;

/// How much a change asks of a version. Ordered: a greater one asks for more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing.
    #[default]
    None,
    /// A new patch version: documentation, notices.
    Patch,
    /// A new minor version: something was added, nothing breaks.
    Minor,
    /// A new major version: something that worked may fail or mean something else.
    Major,
}

/// The least step of a semantic version that a set of findings asks for.
pub type Bump = Level;

impl Level {
    /// Its name in reports: `none`, `patch`, `minor`, `major`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// The level of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::None, Self::Patch, Self::Minor, Self::Major]
            .into_iter()
            .find(|level| level.name() == name)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How sure a finding's level is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// It may be harmless; that could not be decided from the two schemas.
    Possible,
    /// It follows from the two schemas.
    Certain,
}

impl Confidence {
    /// Its name in reports: `possible`, `certain`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Certain => "certain",
        }
    }
}

/// Which way values of a schema travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Direction {
    /// Written by users, read by the service: requests, `spec`.
    Input,
    /// Written by the service, read by users: responses, `status`.
    Output,
}

impl Direction {
    /// The other way, for what a callback sends.
    pub(super) const fn swapped(self) -> Self {
        match self {
            Self::Input => Self::Output,
            Self::Output => Self::Input,
        }
    }
}
