//! `#[derive(ChaosSpec)]`, `#[derive(ChaosType)]` and `chaos_schema!`. Use them through the crate
//! `herz`, which re-exports them.
//!
//! The macros judge nothing themselves. Attributes become text of the schema language
//! (`lower`), the compiler of the language reads it (`valid`), and its findings are told with
//! their codes and words at the tokens that they come from. What is generated then comes from the
//! same catalog and the same emitter as for a schema in a file.
#![deny(missing_docs)]

mod ast;
mod attr;
mod expand;
mod fallback;
mod lower;
mod names;
mod point;
mod schema;
mod text;
mod types;
mod valid;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct the spec of a chaos kind.
///
/// ```ignore
/// /// Stops consumers of a queue.
/// #[derive(Debug, Clone, PartialEq, herz::ChaosSpec)]
/// #[chaos(kind = "QueueChaos", group = "acme.io", version = "v1")]
/// struct QueueChaos {
///     /// Name of the queue.
///     #[chaos(length = 1..=64)]
///     queue: String,
///     #[chaos(range = "1s..1h")]
///     pause: Option<herz::Text<herz::scalar::GoDuration>>,
/// }
/// ```
#[proc_macro_derive(ChaosSpec, attributes(chaos))]
pub fn chaos_spec(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::derive(&input, ast::Role::Kind).into()
}

/// Makes a struct or an enum a type that fields of a kind may have.
///
/// A struct is an object, an enum of plain variants a choice of texts, and an enum with
/// `#[chaos(tag = "…")]` an object whose tag decides which fields it has.
#[proc_macro_derive(ChaosType, attributes(chaos))]
pub fn chaos_type(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::derive(&input, ast::Role::Type).into()
}

/// Puts the types of a schema in place, without a build script: `chaos_schema!("path/to/kind.yaml")`
/// reads a file, a package folder (paths start at the crate's folder), or takes the YAML itself.
#[proc_macro]
pub fn chaos_schema(input: TokenStream) -> TokenStream {
    schema::expand(input.into()).into()
}

/// Makes a function a place where faults can be injected: `#[herz::faultpoint]`, or
/// `#[herz::faultpoint("name", error = MyError::from_fault)]`.
///
/// Without a name it has the function's. A function that gives a `Result` can be made to fail: by `error`, which
/// is called with the `herz::faultpoints::Fault`, or by `From<Fault>` for its error. In an `async fn`,
/// nothing blocks the thread. Without herz' feature `faultpoints`, nothing is added.
#[proc_macro_attribute]
pub fn faultpoint(options: TokenStream, item: TokenStream) -> TokenStream {
    point::expand(options.into(), &item.into()).into()
}

/// The tutorial's code, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../../docs/tutorials/own-kind.md")]
struct Tutorial;
