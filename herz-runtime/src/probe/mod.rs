//! Asks services over HTTP how they are: for reports, live views and status checks.

mod http;
mod url;

pub use url::{BadUrl, Url};

use crate::time;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::time::{Duration, Instant};

/// A question to a service.
///
/// ```
/// use herz_runtime::probe::HttpProbe;
/// let probe = HttpProbe::get("http://127.0.0.1:8080/health".parse().unwrap());
/// assert!("https://127.0.0.1/".parse::<herz_runtime::probe::Url>().is_err());
/// # let _ = probe;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpProbe {
    /// Whom it asks.
    pub url: Url,
    /// The method.
    pub method: String,
    /// Headers of the request.
    pub headers: BTreeMap<String, String>,
    /// Its body.
    pub body: String,
    /// How long it waits for the whole answer.
    pub timeout: Duration,
}

/// How a service answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// From the first attempt to connect until the last byte.
    #[serde(with = "time::span")]
    pub took: Duration,
    /// Status of the answer; absent if there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Why there was no answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

impl Answer {
    /// Whether the service did its work: an answer below 400.
    pub fn is_good(&self) -> bool {
        self.status.is_some_and(|status| status < 400)
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.status, &self.error) {
            (Some(status), None) => write!(f, "{status} in {}", time::measured(self.took)),
            (_, Some(error)) => write!(f, "{error} after {}", time::measured(self.took)),
            (None, None) => f.write_str("no answer"),
        }
    }
}

impl HttpProbe {
    /// A GET that waits ten seconds.
    pub fn get(url: Url) -> Self {
        Self {
            url,
            method: "GET".to_owned(),
            headers: BTreeMap::new(),
            body: String::new(),
            timeout: Duration::from_secs(10),
        }
    }

    /// Asks once, over a connection of its own.
    pub fn ask(&self) -> Answer {
        let begun = Instant::now();
        let result = http::exchange(self, begun + self.timeout);
        let took = begun.elapsed();
        match result {
            Ok(status) => Answer {
                took,
                status: Some(status),
                error: None,
            },
            Err(error) => Answer {
                took,
                status: None,
                error: Some(error),
            },
        }
    }
}
