//! The kind of `schemas/acme` becomes Rust.

fn main() -> Result<(), herz_codegen::build::BuildError> {
    herz_codegen::build::Builder::new()
        .package("schemas/acme")
        .field_attribute("acme::DiskChaosSpec::volume", "#[doc(alias = \"mount\")]")
        .compile()?;
    Ok(())
}
