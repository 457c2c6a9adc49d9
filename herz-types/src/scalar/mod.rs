//! Texts with a grammar: one dialect, one parser, one table of accepted and refused texts.
//!
//! Platforms disagree about the same idea: `10` is a duration for one and nonsense for another.
//! So each [`Dialect`] has a grammar of its own and a Rust type of its own. [`Text`] is what
//! structs hold: the text as it was written, parsed when it is asked for.
//!
//! ```
//! use herz_types::scalar::{Dialect, GoDuration, Scalar, Text};
//!
//! let wait = GoDuration::parse("1m30s")?;
//! assert_eq!(wait.nanos(), 90_000_000_000);
//!
//! let error = Dialect::DurationGo.parse("10").unwrap_err();
//! assert_eq!(error.suggestion.as_deref(), Some("10s"));
//!
//! let latency: Text<GoDuration> = Text::new("1.5h");
//! assert_eq!(latency.get()?.to_string(), "1h30m");
//! assert_eq!(latency.as_str(), "1.5h");
//! # Ok::<(), herz_types::scalar::ScalarError>(())
//! ```

#[macro_use]
mod grammar;

mod byte_size;
mod byte_size_chaosd;
mod byte_size_docker;
mod bytes;
mod cron;
mod cron_field;
mod dialect;
mod duration;
mod duration_go;
mod duration_mend;
mod error;
mod go_float;
mod go_text;
mod hostname;
mod int_or_string;
mod integer;
mod magnitude;
mod net;
mod pattern;
mod percent;
mod quantity;
mod rate;
pub mod reference;
mod regex;
mod regex_check;
mod spell;
mod status_code;
mod text;
mod timestamp;
mod unit;
mod url;
mod url_go;

pub use byte_size::ByteSize;
pub use byte_size_chaosd::ChaosdSize;
pub use byte_size_docker::DockerSize;
pub use bytes::{Bytes, BytesError};
pub use cron::{Cron, CronFields, CronTime};
pub use cron_field::CronField;
pub use dialect::Dialect;
pub use duration::{Duration, GoDuration};
pub use error::ScalarError;
pub use grammar::{PatternFit, Sample, Scalar};
pub use hostname::{Dns1123, Hostname};
pub use int_or_string::IntOrString;
pub use integer::GoInteger;
pub use magnitude::Magnitude;
pub use net::{Cidr, Ip};
pub use pattern::Pattern;
pub use percent::{ChaosdCorrelation, ChaosdPercent, GoFloat, Percent};
pub use quantity::Quantity;
pub use rate::{Rate, TcRate};
pub use regex::Regex;
pub use regex_check::{RegexError, check_portable};
pub use status_code::StatusCode;
pub use text::Text;
pub use timestamp::Timestamp;
pub use url::Url;
pub use url_go::GoUrl;

#[cfg(test)]
mod tests;
