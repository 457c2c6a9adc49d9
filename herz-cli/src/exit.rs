//! Exit codes. They are under semver and documented in `docs/reference/exit-codes.md`.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// All is fine; warnings alone are fine too.
    Fine = 0,
    /// There are findings: something is invalid.
    Findings = 1,
    /// The command was used wrongly: an unknown option, a path that does not exist.
    Usage = 2,
    /// The environment lacks something: a privilege, a feature of the kernel, a free port.
    Lacking = 3,
    /// The guard or a status check ended a run.
    Guard = 4,
    /// A person ended a run.
    Person = 5,
    /// Something did not happen in time.
    Timeout = 6,
    /// Undo is incomplete: the system may still be disturbed.
    Dirty = 7,
    /// Herz itself failed.
    Internal = 70,
}

impl Exit {
    /// For the operating system.
    pub(crate) fn code(self) -> ExitCode {
        ExitCode::from(self as u8)
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
pub(crate) struct Failure {
    /// How the process ends.
    pub(crate) exit: Exit,
    /// What is told on stderr.
    pub(crate) message: String,
}

impl Failure {
    /// The command was used wrongly.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Usage,
            message: message.into(),
        }
    }

    /// The environment lacks something.
    pub(crate) fn lacking(message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Lacking,
            message: message.into(),
        }
    }

    /// Herz itself failed.
    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Internal,
            message: message.into(),
        }
    }
}
