//! Rust types, readers and validators.
//!
//! ```text
//! catalog -> newest release -> graph (modules, names, boxes) -> tokens -> files
//! ```
//!
//! Generated types hold data. What can be wrong with it stands in a constant table beside each
//! type, which the validator of `herz-types` walks; only CEL rules become code of their own.

mod builder;
mod cel;
mod docs;
mod doubt;
mod enumeration;
mod file;
mod graph;
mod kind;
mod literal;
mod member;
mod module;
mod nest;
mod object;
mod parts;
mod pattern;
mod reader;
mod refined;
mod root;
mod rule;
mod serde;
mod union;
mod validator;

use crate::{CodegenError, File, Files};
use graph::Graph;
use herz_dsl::catalog::{Catalog, Targets};
pub use nest::{modules, nested, one_file};
pub use parts::{Parts, parts};
use std::collections::BTreeMap;

/// What generated code of other crates reaches: the versioned private module of `herz`.
pub const HERZ_RUNTIME: &str = "::herz::__private_v1";

/// What may be chosen about generated Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Path of the crate `herz-types` as generated code sees it.
    pub runtime: String,
    /// Modules for packages that shall not be called by the package's name.
    pub modules: BTreeMap<String, String>,
    /// Types that exist already, by `package.Name`: the path of each as generated code sees it.
    /// They must have `herz_types::ChaosType`.
    pub external: BTreeMap<String, String>,
    /// Names of struct fields, by `package.Type.field`, where they don't follow from the schema.
    pub fields: BTreeMap<String, String>,
    /// Whether tables repeat what an enum allows, instead of naming the enum's own constant.
    pub inline_enums: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            runtime: "::herz_types".to_owned(),
            modules: BTreeMap::new(),
            external: BTreeMap::new(),
            fields: BTreeMap::new(),
            inline_enums: false,
        }
    }
}

/// Rust for every package of the catalog, as the newest release of each platform has it.
///
/// `mod.rs` is the root: a crate takes it in with `include!`. Below it is a module for each
/// package. All errors are returned, not only the first one.
pub fn generate(catalog: &Catalog, options: &Options) -> Result<Files, Vec<CodegenError>> {
    let newest = catalog.at(&Targets::newest());
    let graph = Graph::new(catalog, &newest, options)?;
    let errors = cel::errors(&graph);
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut files = vec![File {
        path: "mod.rs".to_owned(),
        text: print(root::root(&graph))?,
    }];
    for space in graph.spaces() {
        for (path, tokens) in module::files(&graph, space) {
            files.push(File {
                path,
                text: print(tokens)?,
            });
        }
    }
    Ok(Files::new(files))
}

/// Tokens as text.
fn print(tokens: proc_macro2::TokenStream) -> Result<String, Vec<CodegenError>> {
    match syn::parse2(tokens) {
        Ok(file) => Ok(spaced(&prettyplease::unparse(&file))),
        Err(error) => Err(vec![CodegenError::new(
            "generated Rust",
            format!("is not well formed, which is a mistake of herz-codegen: {error}"),
        )]),
    }
}

/// Empty lines between items and between methods, which the printer leaves out.
pub(crate) fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let Some(next) = lines.peek() else { break };
        let after_item = matches!(line, "}" | "    }") && !next.trim_start().starts_with('}');
        let after_macro = line.ends_with("!{}") || (line.starts_with("::") && line.ends_with(';'));
        let after_head = line.starts_with("//!") && !next.starts_with("//!");
        let after_uses = line.starts_with("use ") && !next.starts_with("use ");
        let list_ends = line == "};" && !next.starts_with("use ") && !next.starts_with("mod ");
        if after_item || after_macro || after_head || after_uses || list_ends {
            out.push('\n');
        }
    }
    out
}
