//! Faults between a client and a service, for services in any language and without privileges.
//!
//! [`TcpProxy`] acts on the bytes of connections: latency, bandwidth, resets, timeouts, slices,
//! limits. [`HttpProxy`] acts on requests and responses, with the rules of [`herz_http`].
//! [`ToxiproxyApi`] speaks Toxiproxy's REST interface, so that its client libraries work unchanged.
#![deny(missing_docs)]

#[cfg(feature = "runtime")]
pub mod backend;
#[cfg(feature = "http")]
mod http;
mod tcp;
mod toxic;
#[cfg(feature = "toxiproxy")]
mod toxiproxy;

#[cfg(feature = "http")]
pub use crate::http::HttpProxy;
pub use tcp::{TcpProxy, Traffic};
pub use toxic::{BadToxic, Effect, Stream, Toxic};
#[cfg(feature = "toxiproxy")]
pub use toxiproxy::ToxiproxyApi;
