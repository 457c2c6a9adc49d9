//! Faults on HTTP and gRPC exchanges: inside a service or a client, without privileges.
//!
//! A spec (`HTTPChaos` or `ChaosExperiment`) becomes [`rules`](rule), and a [`ChaosLayer`] applies
//! them to what passes through: delay, abort, another answer, changed heads and bodies, slow and
//! short bodies. Nothing happens unless rules are set and a request passes the [`Gate`].
//!
//! ```
//! use herz_http::{Chaos, Gate, rule::rules_of};
//! use tower::{ServiceBuilder, ServiceExt, service_fn};
//! # type Body = http_body_util::Full<bytes::Bytes>;
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
//! # runtime.block_on(async {
//! let chaos = Chaos::builder().environment("staging").build().unwrap();
//! let service = ServiceBuilder::new().layer(chaos.layer()).service(service_fn(async |_| {
//!     Ok::<_, std::convert::Infallible>(http::Response::new(Body::default()))
//! }));
//!
//! let text = "
//! apiVersion: herz.dev/v1alpha1
//! kind: ChaosExperiment
//! metadata: { name: no-payment }
//! spec: { target: http, error: { status: 503 }, duration: 1m }
//! ";
//! chaos.set(rules_of(&herz::yaml::read(text).unwrap()[0]).unwrap());
//!
//! let request = |gate: &str| {
//!     let builder = http::Request::builder().header("X-Herz-Enabled", gate);
//!     builder.body(Body::default()).unwrap()
//! };
//! let free = service.clone().oneshot(request("false")).await.unwrap();
//! let hit = service.clone().oneshot(request("true")).await.unwrap();
//! assert_eq!((free.status().as_u16(), hit.status().as_u16()), (200, 503));
//! # });
//! ```
#![deny(missing_docs)]

#[cfg(feature = "runtime")]
pub mod backend;
mod body;
mod book;
mod chance;
mod chaos;
mod gate;
mod layer;
pub mod metrics;
#[cfg(feature = "reload")]
pub mod reload;
pub mod rule;
mod stats;
pub mod timing;

pub use body::{ChaosBody, Cut};
pub use book::RuleBook;
pub use chance::{Draw, Share};
pub use chaos::{Chaos, ChaosBuilder, ProductionRefused};
pub use gate::{ENABLED, Gate, ShortKey, TOKEN, TokenKey};
pub use layer::{
    ChaosLayer, ChaosService, Keep, MapBody, MapResponse, MapWith, ResponseFuture, Same,
};
pub use rule::Side;
pub use stats::{DELAY_BOUNDS, Delays, RuleStats};

/// Any error, as servers and clients take it from bodies.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
