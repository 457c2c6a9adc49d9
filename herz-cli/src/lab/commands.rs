//! Commands of tasks: run on Linux, and only with consent.

use herz_runtime::backend::Backends;
use herz_runtime::program::Tasks;

/// Who runs the commands of tasks. Clones are the same one.
#[derive(Clone, Default)]
pub(crate) struct Commands {
    #[cfg(target_os = "linux")]
    backend: herz_process::TaskBackend,
}

#[cfg(target_os = "linux")]
impl Commands {
    /// Puts the backend among the others.
    pub(super) fn among(&self, backends: Backends) -> Backends {
        backends.with(self.backend.clone())
    }

    /// Somebody said that commands of documents may run here.
    pub(super) fn allow(&self) {
        self.backend.allow();
    }

    /// Who tells how they ended.
    #[allow(clippy::unnecessary_wraps, reason = "on other systems there is nobody")]
    pub(crate) fn tasks(&self) -> Option<&dyn Tasks> {
        Some(&self.backend)
    }
}

#[cfg(not(target_os = "linux"))]
impl Commands {
    /// There is no such backend.
    pub(super) fn among(&self, backends: Backends) -> Backends {
        backends
    }

    /// Changes nothing.
    pub(super) fn allow(&self) {}

    /// Nobody.
    pub(crate) fn tasks(&self) -> Option<&dyn Tasks> {
        None
    }
}
