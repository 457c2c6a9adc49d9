//! Faults on processes and machines that need no privileges: [`ResourceBackend`] uses up CPU time,
//! memory or disk space, [`SignalBackend`] kills, pauses and continues processes, [`TaskBackend`] runs the
//! commands of workflows' tasks.
//!
//! What is used up belongs to this process: threads, memory and a file without a name. The kernel
//! takes it back when the process ends, however it ends. A paused process outlives us, so its undo is
//! in the journal, with the identity of the process: another one that got its number later is left
//! alone.
//!
//! Everything here is Linux; on other systems the backends say that they are missing.
#![deny(missing_docs)]

#[cfg(target_os = "linux")]
mod resource;
#[cfg(target_os = "linux")]
mod send;
#[cfg(target_os = "linux")]
mod signal;
#[cfg(target_os = "linux")]
mod task;

#[cfg(target_os = "linux")]
pub use resource::{ResourceAction, ResourceActive, ResourceBackend, ResourceUndo};
#[cfg(target_os = "linux")]
pub use signal::{SignalAction, SignalActive, SignalBackend, SignalUndo, What};
#[cfg(target_os = "linux")]
pub use task::{TaskAction, TaskActive, TaskBackend, TaskUndo};
