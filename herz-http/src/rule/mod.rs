//! Rules: which messages are hit, how many of them, and what happens to those.

mod change;
mod experiment;
mod http_chaos;
mod reply;
mod scope;
mod spec;
mod wildcard;
mod words;

pub use change::{BodyChange, Change};
pub(crate) use change::{fit_length, merge};
pub use reply::Reply;
pub use scope::Scope;
pub use spec::{RefusedSpec, rules_of};
pub use wildcard::Wildcard;

use crate::chance::Share;
use crate::timing::Delay;

/// Which side of an exchange a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// The request, before the service sees it.
    #[default]
    Request,
    /// The response, before the client sees it.
    Response,
}

/// How a message ends that does not go on.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum End {
    /// The connection is cut without an answer; of HTTP/2, the stream.
    Abort,
    /// It gets this answer.
    Reply(Reply),
}

/// What makes a body slow or short.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Flow {
    /// At most so many bytes a second.
    pub bytes_per_second: Option<u64>,
    /// After so many bytes the body breaks off with an error.
    pub cut_after: Option<u64>,
}

impl Flow {
    /// Whether bodies flow as ever.
    pub const fn is_free(&self) -> bool {
        self.bytes_per_second.is_none() && self.cut_after.is_none()
    }
}

/// What happens to messages: delay, then end or change.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Name of the experiment that it comes from, for metrics and events.
    pub name: String,
    /// Which side it is about.
    pub side: Side,
    /// Which messages it is about.
    pub scope: Scope,
    /// How many of those are hit.
    pub share: Share,
    /// Start of the random choices.
    pub seed: u64,
    /// How long a message is held back.
    pub delay: Option<Delay>,
    /// How it ends, if it does not go on.
    pub end: Option<End>,
    /// What is changed in it, if it goes on.
    pub change: Change,
    /// How its body flows.
    pub flow: Flow,
}

/// What a rule does first, for metrics: few values, whatever specs say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultType {
    /// It holds messages back, and they go on unchanged.
    Delay,
    /// It cuts connections.
    Abort,
    /// It answers in the service's place.
    Error,
    /// It changes messages.
    Patch,
    /// It makes bodies slow or short.
    Flow,
}

impl FaultType {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Delay,
        Self::Abort,
        Self::Error,
        Self::Patch,
        Self::Flow,
    ];

    /// As metrics name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Delay => "delay",
            Self::Abort => "abort",
            Self::Error => "error",
            Self::Patch => "patch",
            Self::Flow => "flow",
        }
    }
}

impl Rule {
    /// What it does, apart from a delay that comes before it.
    pub fn fault_type(&self) -> FaultType {
        match &self.end {
            Some(End::Abort) => FaultType::Abort,
            Some(End::Reply(_)) => FaultType::Error,
            None if !self.change.is_empty() => FaultType::Patch,
            None if !self.flow.is_free() => FaultType::Flow,
            None => FaultType::Delay,
        }
    }

    /// A rule that hits every request and does nothing yet.
    ///
    /// ```
    /// use herz_http::rule::{End, Reply, Rule};
    /// use http::StatusCode;
    ///
    /// let mut rule = Rule::new("no-payment");
    /// rule.end = Some(End::Reply(Reply::http(StatusCode::SERVICE_UNAVAILABLE)));
    /// ```
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            side: Side::Request,
            scope: Scope::default(),
            share: Share::ALL,
            seed: 0,
            delay: None,
            end: None,
            change: Change::default(),
            flow: Flow::default(),
        }
    }
}
