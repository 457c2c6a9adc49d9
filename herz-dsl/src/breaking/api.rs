//! Operations of an OpenAPI document as the comparison sees them.

use super::model::{Id, Lifecycle};
use super::value::Value;
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Words about something, by keyword.
pub(super) type Docs = BTreeMap<String, Value>;
/// Keywords that no rule knows.
pub(super) type Rest = BTreeMap<String, (Value, Span)>;

/// One OpenAPI document.
#[derive(Debug, Default)]
pub(super) struct Api {
    pub(super) span: Span,
    /// `info.version`, which sunsets by version are compared with.
    pub(super) version: String,
    pub(super) docs: Docs,
    pub(super) servers: Vec<(String, Span)>,
    /// By method and path, the names of path parameters taken out: `(GET, /x/{})`.
    pub(super) operations: BTreeMap<(String, String), Operation>,
    /// Webhooks, by name and method.
    pub(super) webhooks: BTreeMap<(String, String), Operation>,
    pub(super) security_schemes: BTreeMap<String, (Value, Span)>,
}

/// One operation, parameters of its path included.
#[derive(Debug, Default)]
pub(super) struct Operation {
    pub(super) span: Span,
    pub(super) method: String,
    /// The path as written.
    pub(super) path: String,
    pub(super) id: Option<String>,
    pub(super) tags: BTreeSet<String>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) body: Option<Body>,
    /// By status: `200`, `2XX`, `default`.
    pub(super) responses: BTreeMap<String, Response>,
    pub(super) security: Vec<Requirement>,
    pub(super) security_span: Span,
    /// Callbacks by name, expression and method.
    pub(super) callbacks: BTreeMap<(String, String), Operation>,
    /// What the operation claims: `x-herz-idempotent`, `x-herz-pagination`, `x-herz-stream`.
    pub(super) claims: BTreeMap<String, (Value, Span)>,
    pub(super) error_codes: BTreeSet<String>,
    pub(super) life: Lifecycle,
    pub(super) docs: Docs,
    pub(super) rest: Rest,
}

/// Schemes that together grant access, each with its scopes. Empty: anyone has access.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Requirement(pub(super) BTreeMap<String, BTreeSet<String>>);

/// A parameter.
#[derive(Debug, Clone)]
pub(super) struct Parameter {
    pub(super) span: Span,
    pub(super) name: String,
    /// `query`, `path`, `header`, `cookie`.
    pub(super) place: String,
    pub(super) required: bool,
    /// Style, explode and the like, the ones that say what holds anyway left out.
    pub(super) style: BTreeMap<String, Value>,
    pub(super) schema: Option<Id>,
    pub(super) life: Lifecycle,
    pub(super) docs: Docs,
    pub(super) rest: Rest,
}

/// Schemas of a body, by media type.
pub(super) type Content = BTreeMap<String, Media>;

/// A body under one media type.
#[derive(Debug, Clone)]
pub(super) struct Media {
    pub(super) span: Span,
    pub(super) schema: Option<Id>,
    pub(super) docs: Docs,
    pub(super) rest: Rest,
}

/// The body of a request.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) span: Span,
    pub(super) required: bool,
    pub(super) content: Content,
    pub(super) docs: Docs,
}

/// A response of one status.
#[derive(Debug, Default)]
pub(super) struct Response {
    pub(super) span: Span,
    pub(super) content: Content,
    /// By name in lower case.
    pub(super) headers: BTreeMap<String, Header>,
    pub(super) docs: Docs,
    pub(super) rest: Rest,
}

/// A header of a response.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) span: Span,
    pub(super) name: String,
    pub(super) required: bool,
    pub(super) schema: Option<Id>,
    pub(super) docs: Docs,
}
