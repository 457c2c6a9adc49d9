//! Macros by example.

/// An enum over kinds of your own, like [`ChaosSpec`](enum@crate::ChaosSpec) over the built-in ones: it reads
/// whatever document is one of them, and judges it.
///
/// ```
/// herz::kinds! {
///     /// What we inject.
///     pub enum OurChaos {
///         /// Packets.
///         Network(herz::chaos_mesh::NetworkChaos),
///         /// Pods.
///         Pod(herz::chaos_mesh::PodChaos),
///     }
/// }
/// let text = "apiVersion: chaos-mesh.org/v1alpha1\nkind: DNSChaos\nspec: {}\n";
/// let errors = herz::yaml::read_as::<OurChaos>(text).unwrap_err();
/// assert!(errors[0].to_string().contains("`NetworkChaos`"));
/// ```
#[macro_export]
macro_rules! kinds {
    ($($tokens:tt)*) => {
        $crate::__private_v1::chaos_spec! { $($tokens)* }
    };
}

/// Takes in what a build script generated with `herz_codegen::build`: `include_schema!()` gives all
/// packages, each in a module of its name, and `include_schema!("acme")` what the package `acme`
/// holds, for a module of your own.
///
/// ```ignore
/// herz::include_schema!();
/// use acme::DiskChaos;
/// ```
#[macro_export]
macro_rules! include_schema {
    () => {
        include!(concat!(env!("OUT_DIR"), "/herz/mod.rs"));
    };
    ($package:literal) => {
        include!(concat!(env!("OUT_DIR"), "/herz/one/", $package, ".rs"));
    };
}
