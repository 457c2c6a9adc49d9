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
pub mod fixture;
/// A document of any kind that the schemas know.
#[derive(Debug, Clone, PartialEq)]
pub enum ChaosSpec {
    /// `NetChaos` of `fixture.example`.
    NetChaos(Box<fixture::NetChaos>),
}

::herz_types::impl_chaos_spec!(ChaosSpec { NetChaos(fixture::NetChaos) });
