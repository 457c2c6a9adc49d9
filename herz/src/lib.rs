//! Chaos experiments as Rust types.
#![deny(missing_docs)]

#[cfg(feature = "catalog")]
mod embedded;

#[cfg(feature = "catalog")]
pub use embedded::catalog;
