//! The runtime of Herz: it takes an experiment, finds its targets, says what it will do, does it,
//! proves it, and undoes it whatever happens.
//!
//! ```text
//! Experiment + Inventory --plan--> Plan (steps, undo of each, hash) --run--> events, samples
//!                                    |                                |
//!                               Backend::plan          Backend::prepare, inject, observe, undo, verify
//! ```
//!
//! * [`experiment`]: a document of any kind, as the runtime sees it.
//! * [`inventory`], [`selector`]: what there is to hit, and who is chosen.
//! * [`plan`](mod@plan): what would be done. Making a plan changes nothing.
//! * [`backend`]: the interface of everything that can bring a fault into the world.
//! * [`undo`], [`identity`]: what is written down before a fault, so that it can be taken back.
//! * [`engine`]: runs plans, and recovers what a dead process left.
//! * [`store`]: where runs are written down.
//! * [`event`]: what a run reports.
//! * [`watchdog`]: a process that undoes when this one is killed.
//! * [`program`]: experiments in an order: `Schedule` and `Workflow`.
//! * [`probe`]: asks services how they are, before, during and after a run.
//! * [`report`]: a run as a page for people, and as data.
//!
//! Nothing here knows YAML: documents come as types of the crate `herz`, or as JSON.
#![deny(missing_docs)]

pub mod backend;
pub mod engine;
pub mod event;
pub mod experiment;
pub mod identity;
pub mod inventory;
pub mod plan;
pub mod probe;
pub mod program;
pub mod report;
pub mod selector;
pub mod store;
pub mod time;
pub mod undo;
pub mod watchdog;

pub use backend::{Backend, Backends};
pub use engine::{Engine, EngineOptions};
pub use experiment::Experiment;
pub use inventory::{Inventory, Place, PlaceKind, Target};
pub use plan::{Plan, PlanOptions, Refusal, plan};
