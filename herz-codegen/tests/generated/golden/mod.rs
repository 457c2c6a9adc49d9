#[allow(
    clippy::doc_markdown,
    clippy::large_enum_variant,
    clippy::match_same_arms,
    clippy::too_many_lines,
    reason = "docs and sizes are the schema's"
)]
pub mod fixture;
::herz_types::chaos_spec! {
    #[doc = r" A document of any kind that the schemas know."] pub enum ChaosSpec { #[doc
    = " `NetChaos` of `fixture.example`."] NetChaos(fixture::NetChaos), }
}
