//! Which messages a rule is about.

use super::Wildcard;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};

/// A filter: everything that is said must fit. An empty one fits every message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// Port that the service listens on.
    pub port: Option<u16>,
    /// Paths, of which one must fit.
    pub paths: Vec<Wildcard>,
    /// Calls of gRPC, `/package.Service/Method`, of which one must be it.
    pub calls: Vec<Wildcard>,
    /// Methods, of which one must be it.
    pub methods: Vec<Method>,
    /// Headers of the request, or metadata of gRPC, with these values.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// Status of the response.
    pub status: Option<StatusCode>,
    /// Headers of the response with these values.
    pub response_headers: Vec<(HeaderName, HeaderValue)>,
}

impl Scope {
    /// Whether a request fits what is said about requests. `port` is the service's own, if it is
    /// known; a filter on the port does not fit an unknown one.
    pub fn fits_request(
        &self,
        port: Option<u16>,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> bool {
        (self.port.is_none() || self.port == port)
            && (self.methods.is_empty() || self.methods.contains(method))
            && (self.paths.is_empty() || self.paths.iter().any(|p| p.fits(uri.path())))
            && (self.calls.is_empty() || self.calls.iter().any(|p| p.fits(uri.path())))
            && carries(headers, &self.headers)
    }

    /// Whether a response fits what is said about responses.
    pub fn fits_response(&self, status: StatusCode, headers: &HeaderMap) -> bool {
        self.status.is_none_or(|s| s == status) && carries(headers, &self.response_headers)
    }
}

fn carries(headers: &HeaderMap, wanted: &[(HeaderName, HeaderValue)]) -> bool {
    wanted
        .iter()
        .all(|(name, value)| headers.get_all(name).iter().any(|v| v == value))
}
