#[allow(
    clippy::doc_markdown,
    clippy::large_enum_variant,
    clippy::large_stack_arrays,
    clippy::match_same_arms,
    clippy::similar_names,
    clippy::single_char_pattern,
    clippy::too_many_lines,
    clippy::type_complexity,
    reason = "docs, names and sizes are the schema's"
)]
pub mod conformance;
