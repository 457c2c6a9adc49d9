//! From specs to rules.

use super::Rule;
use herz::{ChaosSpec, Validate};
use std::fmt;

/// A spec that can't become rules, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedSpec {
    /// Kind and name: `HTTPChaos slow-orders`.
    pub spec: String,
    /// Path of the field that stands in the way: `spec.replace.path`; empty if it is the whole.
    pub path: String,
    /// Why, and what would do.
    pub reason: String,
}

impl fmt::Display for RefusedSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.spec)?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.reason)
    }
}

impl std::error::Error for RefusedSpec {}

/// Why a field stands in the way: its path and the reason.
pub(super) type Refusal = (String, String);

pub(super) fn refusal<T>(path: &str, reason: impl Into<String>) -> Result<T, Refusal> {
    Err((path.to_owned(), reason.into()))
}

/// The rules of a spec. What can't be done on HTTP exchanges is refused, never left out.
///
/// Selectors are not looked at: they pick services, and whoever calls knows which service it is.
///
/// ```
/// use herz::yaml;
/// let text = "
/// apiVersion: herz.dev/v1alpha1
/// kind: ChaosExperiment
/// metadata: { name: no-payment }
/// spec: { target: http, probability: 0.3, error: { status: 503 }, duration: 1m }
/// ";
/// let specs = yaml::read(text).unwrap();
/// let rules = herz_http::rule::rules_of(&specs[0])?;
/// assert_eq!(rules[0].share.get(), 0.3);
/// # Ok::<(), herz_http::rule::RefusedSpec>(())
/// ```
pub fn rules_of(spec: &ChaosSpec) -> Result<Vec<Rule>, RefusedSpec> {
    let name = spec
        .metadata()
        .and_then(|m| m.name.as_deref())
        .unwrap_or("(no name)")
        .to_owned();
    let violations = spec.validate();
    let error = violations.iter().find(|v| v.level == herz::Level::Error);
    let refused = |(path, reason)| RefusedSpec {
        spec: format!("{} {name}", spec.kind()),
        path,
        reason,
    };
    if let Some(error) = error {
        return Err(refused((error.path.to_string(), error.message.clone())));
    }
    match spec {
        ChaosSpec::HttpChaos(chaos) => super::http_chaos::rules(&name, chaos),
        ChaosSpec::ChaosExperiment(experiment) => super::experiment::rules(&name, experiment),
        _ => refusal(
            "",
            "only `HTTPChaos` and `ChaosExperiment` act on HTTP exchanges",
        ),
    }
    .map_err(refused)
}
