//! The built-in packages, compiled.

use herz_dsl::catalog::Catalog;
use std::sync::OnceLock;

/// The catalog of the built-in packages `chaos-mesh` and `herz`, all releases. Decoded at the first
/// call, in about a millisecond.
///
/// ```
/// let kind = herz::catalog().kind("chaos-mesh.org", "NetworkChaos").unwrap();
/// assert_eq!(kind.plural, "networkchaos");
/// ```
pub fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| {
        postcard::from_bytes(include_bytes!(concat!(
            env!("OUT_DIR"),
            "/catalog.postcard"
        )))
        .unwrap_or_else(|error| {
            // The build script wrote these bytes with the same types; only a broken build gets here.
            unreachable!("the embedded catalog can't be read: {error}")
        })
    })
}
