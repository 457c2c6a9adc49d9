//! The faults of Acme: one kind declared in Rust, one in a schema file.

pub mod queue;

// `pub mod acme`, with `DiskChaos`.
herz::include_schema!();

use herz::Manifest;
use queue::QueueSpec;

herz::kinds! {
    /// Everything Acme injects.
    pub enum AcmeChaos {
        /// Queues.
        Queue(Manifest<QueueSpec>),
        /// Volumes.
        Disk(acme::DiskChaos),
    }
}

/// Reads the manifests in a text; everything wrong with them, each with line and column.
pub fn read(text: &str) -> (Vec<AcmeChaos>, Vec<herz::yaml::Located>) {
    herz::yaml::read_and_validate(text)
}
