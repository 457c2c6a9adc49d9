#[allow(clippy::doc_markdown, reason = "docs are the schema's")]
pub mod fixture;
::herz_types::chaos_spec! {
    #[doc = r" A document of any kind that the schemas know."] pub enum ChaosSpec { #[doc
    = " `NetChaos` of `fixture.example`."] NetChaos(fixture::NetChaos), }
}
