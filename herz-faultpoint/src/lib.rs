//! Fault points: named places in code where a test, or an environment variable, makes something go
//! wrong.
//!
//! ```
//! # #[cfg(feature = "enabled")] {
//! use herz_faultpoint::{Scope, faultpoint};
//!
//! fn charge() -> Result<u32, String> {
//!     faultpoint!("charge", |fault| Err(fault.message()));
//!     Ok(42)
//! }
//!
//! assert_eq!(charge(), Ok(42));
//! let scope = Scope::new().with("charge", "return(no money)").unwrap();
//! assert_eq!(scope.run(charge), Err("no money".to_owned()));
//! // Other tests, at the same time, see nothing of it.
//! assert_eq!(charge(), Ok(42));
//! # }
//! ```
//!
//! Without the feature `enabled`, a point is nothing: not a byte of code. With it, a point that is not set costs
//! one load and a comparison.
//!
//! What a point does is written as fail-rs writes it: `[percent%][count*]what[(argument)]`, several joined
//! by `->`. `what` is `off`, `return(text)`, `sleep(ms)`, `delay(ms)` (busy), `panic(text)`, `print(text)`, `yield` or
//! `pause` (until the point is set anew).
#![deny(missing_docs)]

mod config;
mod point;
mod registry;
mod scope;
mod sleep;

pub use config::BadConfig;
pub use point::{Fault, Point};
pub use registry::{clear, from_env, remove, set};
pub use scope::{Scope, Scoped};

/// A place where faults can be injected.
///
/// * `faultpoint!("name")`: it may sleep, panic, print, pause.
/// * `faultpoint!("name", |fault| value)`: the function may also return the value.
/// * `faultpoint!(async "name")`, `faultpoint!(async "name", |fault| value)`: the same in async code, where nothing blocks
///   the thread.
#[cfg(feature = "enabled")]
#[macro_export]
macro_rules! faultpoint {
    (async $name:expr) => {{
        static POINT: $crate::Point = $crate::Point::new($name);
        if POINT.is_set() {
            let _ = POINT.pass().await;
        }
    }};
    (async $name:expr, $end:expr) => {{
        static POINT: $crate::Point = $crate::Point::new($name);
        if POINT.is_set()
            && let ::core::option::Option::Some(fault) = POINT.pass().await
        {
            return $crate::Fault::end(fault, $end);
        }
    }};
    ($name:expr) => {{
        static POINT: $crate::Point = $crate::Point::new($name);
        if POINT.is_set() {
            let _ = POINT.hit();
        }
    }};
    ($name:expr, $end:expr) => {{
        static POINT: $crate::Point = $crate::Point::new($name);
        if POINT.is_set()
            && let ::core::option::Option::Some(fault) = POINT.hit()
        {
            return $crate::Fault::end(fault, $end);
        }
    }};
}

/// A place where faults can be injected; nothing in this build.
#[cfg(not(feature = "enabled"))]
#[macro_export]
macro_rules! faultpoint {
    (async $name:expr $(, $end:expr)?) => {{}};
    ($name:expr $(, $end:expr)?) => {{}};
}
