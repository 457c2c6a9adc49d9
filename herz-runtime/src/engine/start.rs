//! Why a plan is not run.

use crate::store::StoreError;
use std::fmt;

/// Why a plan is not run.
#[derive(Debug, Clone, PartialEq)]
pub enum StartError {
    /// The machine lacks something.
    Lacking(Vec<crate::backend::Need>),
    /// Another run holds a target.
    Conflict {
        /// Id of that run.
        with: String,
        /// What it is.
        title: String,
        /// What both want.
        on: String,
    },
    /// The plan was changed by hand, or is of another form.
    NotIntact,
    /// The plan names a backend that this engine does not have.
    NoBackend(String),
    /// A fault outlives this process, and the journal would not.
    NotDurable,
    /// The journal can't be written, so nothing is injected.
    Store(StoreError),
    /// The system gives no thread.
    System(String),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lacking(needs) => {
                f.write_str("this machine lacks what the plan needs:")?;
                for need in needs {
                    write!(f, " {}", need.what)?;
                    if let Some(why) = &need.missing {
                        write!(f, ": {why}")?;
                    }
                    if let Some(remedy) = &need.remedy {
                        write!(f, " ({remedy})")?;
                    }
                    f.write_str(";")?;
                }
                Ok(())
            }
            Self::Conflict { with, title, on } => write!(
                f,
                "the run `{with}` ({title}) already holds {on}: two faults there would disturb each other"
            ),
            Self::NotIntact => {
                f.write_str("the plan was changed after it was made, or is of another release: plan again")
            }
            Self::NoBackend(name) => write!(f, "there is no backend `{name}` here"),
            Self::NotDurable => f.write_str(
                "this fault outlives Herz, and the store does not: use a store on disk, so that it can be \
                 undone after a crash",
            ),
            Self::Store(error) => error.fmt(f),
            Self::System(error) => f.write_str(error),
        }
    }
}

impl std::error::Error for StartError {}
