//! One module for each command.

pub(crate) mod breaking;
pub(crate) mod check;
pub(crate) mod compat;
pub(crate) mod explain;
pub(crate) mod generate;
pub(crate) mod kinds;
pub(crate) mod migrate;
pub(crate) mod release;
pub(crate) mod render;
pub(crate) mod validate;
