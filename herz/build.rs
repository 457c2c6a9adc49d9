//! Compiles the schemas of this repository: to Rust types, to an embedded catalog, or to both.

use herz_codegen::build::Builder;
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let schemas = Builder::new()
        .package("../schemas/chaos-mesh")
        .package("../schemas/herz")
        .module("herz", "v1alpha1")
        .runtime("::herz_types");
    #[cfg(feature = "types")]
    let compiled = schemas.compile()?;
    #[cfg(not(feature = "types"))]
    let compiled = schemas.catalog()?;
    if cfg!(feature = "catalog") {
        let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
        let bytes = postcard::to_stdvec(&compiled.catalog)?;
        herz_codegen::output::write_if_changed(&out.join("catalog.postcard"), &bytes)?;
    }
    Ok(())
}
