//! What a rule changes in a message that goes on.

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, TRANSFER_ENCODING};
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use serde_json::Value;

/// New values for parts of a message, and additions to them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Change {
    /// New path of the request; its query stays.
    pub path: Option<String>,
    /// New method of the request.
    pub method: Option<Method>,
    /// New status of the response.
    pub status: Option<StatusCode>,
    /// Parameters of the query that get this value, and no other.
    pub set_queries: Vec<(String, String)>,
    /// Parameters that are added to the query.
    pub add_queries: Vec<(String, String)>,
    /// Headers that get this value, and no other.
    pub set_headers: Vec<(HeaderName, HeaderValue)>,
    /// Headers that are added.
    pub add_headers: Vec<(HeaderName, HeaderValue)>,
    /// What becomes of the body.
    pub body: Option<BodyChange>,
}

/// What becomes of a body.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum BodyChange {
    /// Another body in its place.
    Replace(Bytes),
    /// A JSON merge patch (RFC 7396). A body that is no JSON, is compressed, or is too large
    /// stays as it is, and is counted.
    Merge(Value),
}

impl Change {
    /// Whether there is nothing to change.
    pub fn is_empty(&self) -> bool {
        self.path.is_none()
            && self.method.is_none()
            && self.status.is_none()
            && self.body.is_none()
            && self.set_queries.is_empty()
            && self.add_queries.is_empty()
            && self.set_headers.is_empty()
            && self.add_headers.is_empty()
    }

    /// Changes the head of a request.
    pub(crate) fn request(&self, head: &mut http::request::Parts) {
        if let Some(method) = &self.method {
            head.method.clone_from(method);
        }
        self.uri(&mut head.uri);
        self.headers(&mut head.headers);
    }

    /// Changes the head of a response.
    pub(crate) fn response(&self, head: &mut http::response::Parts) {
        if let Some(status) = self.status {
            head.status = status;
        }
        self.headers(&mut head.headers);
    }

    fn headers(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.set_headers {
            headers.insert(name, value.clone());
        }
        for (name, value) in &self.add_headers {
            headers.append(name, value.clone());
        }
    }

    fn uri(&self, uri: &mut Uri) {
        if self.path.is_none() && self.set_queries.is_empty() && self.add_queries.is_empty() {
            return;
        }
        let path = self.path.as_deref().unwrap_or_else(|| uri.path());
        let query = self.query(uri.query().unwrap_or_default());
        let both = if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{query}")
        };
        let mut parts = uri.clone().into_parts();
        // Specs are checked before they become rules; a path that fits no URI can only come from
        // a rule that was built by hand, and leaves the request as it is.
        if let Ok(new) = PathAndQuery::try_from(both) {
            parts.path_and_query = Some(new);
            if let Ok(new) = Uri::from_parts(parts) {
                *uri = new;
            }
        }
    }

    fn query(&self, old: &str) -> String {
        let mut pairs: Vec<String> = old
            .split('&')
            .filter(|pair| !pair.is_empty())
            .filter(|pair| {
                let name = pair.split_once('=').map_or(*pair, |(name, _)| name);
                !self
                    .set_queries
                    .iter()
                    .any(|(set, _)| escape(set) == name || set == name)
            })
            .map(str::to_owned)
            .collect();
        let new = self.set_queries.iter().chain(&self.add_queries);
        pairs.extend(new.map(|(name, value)| format!("{}={}", escape(name), escape(value))));
        pairs.join("&")
    }
}

/// Percent-encodes what may not stand in a query's name or value.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Makes the headers fit a body of this length.
pub(crate) fn fit_length(headers: &mut HeaderMap, length: usize) {
    headers.remove(TRANSFER_ENCODING);
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
}

/// A body as the patch leaves it; nothing if it can't be patched.
pub(crate) fn merge(headers: &HeaderMap, body: &[u8], patch: &Value) -> Option<Bytes> {
    if headers
        .get(CONTENT_ENCODING)
        .is_some_and(|e| e != "identity")
    {
        return None;
    }
    let mut value: Value = serde_json::from_slice(body).ok()?;
    apply(&mut value, patch);
    serde_json::to_vec(&value).ok().map(Bytes::from)
}

/// RFC 7396. The patch came from a parsed document, whose depth is bounded.
fn apply(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    if let Value::Object(target) = target {
        for (key, value) in patch {
            if value.is_null() {
                target.remove(key);
            } else {
                apply(target.entry(key.as_str()).or_insert(Value::Null), value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merge_patch() {
        for (body, patch, expected) in [
            (r#"{"a":1}"#, r#"{"b":2}"#, r#"{"a":1,"b":2}"#),
            (
                r#"{"a":{"x":1,"y":2}}"#,
                r#"{"a":{"x":null}}"#,
                r#"{"a":{"y":2}}"#,
            ),
            ("[1]", r#"{"a":{"b":1}}"#, r#"{"a":{"b":1}}"#),
            (r#"{"a":1}"#, "7", "7"),
        ] {
            let patch = serde_json::from_str(patch).unwrap();
            let merged = merge(&HeaderMap::new(), body.as_bytes(), &patch).unwrap();
            assert_eq!(merged, expected);
        }
        let patch = Value::Bool(true);
        assert!(merge(&HeaderMap::new(), b"not json", &patch).is_none());
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        assert!(merge(&headers, b"{}", &patch).is_none());
    }

    #[test]
    fn uris() {
        let change = Change {
            path: Some("/v2".to_owned()),
            set_queries: vec![("page".to_owned(), "9 9".to_owned())],
            add_queries: vec![("debug".to_owned(), "1".to_owned())],
            ..Change::default()
        };
        let mut uri: Uri = "http://h:1/v1?page=1&x=2&page=3".parse().unwrap();
        change.uri(&mut uri);
        assert_eq!(uri, "http://h:1/v2?x=2&page=9%209&debug=1");
        let bad = Change {
            path: Some("no path \u{7f}".to_owned()),
            ..Change::default()
        };
        bad.uri(&mut uri);
        assert_eq!(uri.path(), "/v2");
    }
}
