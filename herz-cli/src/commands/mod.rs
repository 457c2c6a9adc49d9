//! One module for each command.

pub(crate) mod abort;
pub(crate) mod breaking;
pub(crate) mod check;
pub(crate) mod compat;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod editor_schema;
pub(crate) mod explain;
pub(crate) mod generate;
pub(crate) mod import;
pub(crate) mod kinds;
pub(crate) mod migrate;
pub(crate) mod plan;
pub(crate) mod recover;
pub(crate) mod release;
pub(crate) mod render;
pub(crate) mod report;
pub(crate) mod run;
pub(crate) mod status;
pub(crate) mod validate;
pub(crate) mod watchdog;
