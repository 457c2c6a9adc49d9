#[allow(clippy::doc_markdown, reason = "docs are the schema's")]
pub mod conformance;
