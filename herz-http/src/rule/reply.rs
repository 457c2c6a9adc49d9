//! Answers that stand in for the true one.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use std::time::Duration;

/// An answer that reports a failure.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// Header with gRPC's code.
const GRPC_STATUS: HeaderName = HeaderName::from_static("grpc-status");
/// Header with gRPC's message.
const GRPC_MESSAGE: HeaderName = HeaderName::from_static("grpc-message");

impl Reply {
    /// An answer of HTTP without headers and body.
    pub fn http(status: StatusCode) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    /// An answer of gRPC, in the form that needs no body: status 200, and the code as a header
    /// (`Trailers-Only` in the specification). `code` is the number, 1 to 16.
    pub fn grpc(code: u8, message: &str) -> Self {
        let mut reply = Self::http(StatusCode::OK);
        let kind = HeaderValue::from_static("application/grpc");
        reply.headers.insert(CONTENT_TYPE, kind);
        reply
            .headers
            .insert(GRPC_STATUS, HeaderValue::from(u16::from(code)));
        if !message.is_empty()
            && let Ok(message) = HeaderValue::try_from(grpc_message(message))
        {
            reply.headers.insert(GRPC_MESSAGE, message);
        }
        reply
    }

    /// With a header more, in place of one of that name.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// With a body.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// With the time after which the client may come again, in whole seconds rounded up.
    #[must_use]
    pub fn with_retry_after(self, time: Duration) -> Self {
        let seconds = time.as_secs() + u64::from(time.subsec_nanos() > 0);
        self.with_header(RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// Its status.
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The answer as a response.
    pub fn response(&self) -> Response<Bytes> {
        let mut response = Response::new(self.body.clone());
        *response.status_mut() = self.status;
        response.headers_mut().clone_from(&self.headers);
        response
    }
}

/// `answer 503`, `answer gRPC code 14`.
impl std::fmt::Display for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.headers.get(GRPC_STATUS).and_then(|c| c.to_str().ok()) {
            Some(code) => write!(f, "answer gRPC code {code}"),
            None => write!(f, "answer {}", self.status.as_u16()),
        }
    }
}

/// Percent-encodes a message as the protocol of gRPC asks: all but printable ASCII, and `%`.
fn grpc_message(message: &str) -> String {
    let mut out = String::with_capacity(message.len());
    for byte in message.bytes() {
        match byte {
            b' '..=b'~' if byte != b'%' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
