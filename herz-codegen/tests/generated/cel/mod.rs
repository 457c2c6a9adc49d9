#[allow(
    clippy::doc_markdown,
    clippy::large_enum_variant,
    clippy::match_same_arms,
    clippy::too_many_lines,
    reason = "docs and sizes are the schema's"
)]
pub mod conformance;
