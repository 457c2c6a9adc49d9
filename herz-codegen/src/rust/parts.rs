//! Parts for types that a user wrote: `#[derive(ChaosSpec)]` puts them beside the user's struct.

use super::file::FileScope;
use super::graph::Graph;
use super::{Options, cel, kind, pattern, validator};
use crate::CodegenError;
use herz_dsl::catalog::{Catalog, Targets, TypeBody};
use proc_macro2::TokenStream;
use quote::quote;

/// What the schema gives to a type that a user wrote.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    /// The table of an object: an expression of type `&'static ObjectTable`.
    pub table: Option<TokenStream>,
    /// The limit that an enum is: an expression of type `Limit`.
    pub limit: Option<TokenStream>,
    /// The method `rule` of `Object`, where a rule is an expression.
    pub rules: TokenStream,
    /// What `rules` takes in, and the patterns that they match.
    pub uses: TokenStream,
    /// The table of whole documents, for the spec of a kind.
    pub document: Option<TokenStream>,
    /// Keys of the object's fields as the newest release has them, in the order of the table.
    pub fields: Vec<String>,
}

/// The parts of one type, by its name in the catalog: `Delay`, `QueueChaos.spec`.
pub fn parts(catalog: &Catalog, name: &str, options: &Options) -> Result<Parts, Vec<CodegenError>> {
    let newest = catalog.at(&Targets::newest());
    let graph = Graph::new(catalog, &newest, options)?;
    let found = graph.types().find(|(_, def, _)| def.name == name);
    let Some((id, def, named)) = found else {
        return Err(vec![CodegenError::new(name, "is no type of the catalog")]);
    };
    let file = || FileScope::new(&graph, named.space, &named.file);
    let alone = |file: &FileScope<'_, '_>, tokens: &TokenStream| {
        let uses = file.uses(std::slice::from_ref(tokens));
        quote!({ #uses #tokens })
    };
    let mut parts = Parts::default();
    match &def.body {
        TypeBody::Object(object) => {
            let scope = file();
            let rows = validator::rows(&scope, id, def, object);
            parts.table = Some(alone(&scope, &quote!(&#rows)));
            let rules = file();
            parts.rules = cel::rules(&rules, id, object);
            let patterns = pattern::statics(&rules);
            parts.uses = rules.uses(&[parts.rules.clone(), patterns.clone()]);
            parts.uses.extend(patterns);
            parts.fields = object.fields.iter().map(|one| one.wire.clone()).collect();
        }
        TypeBody::Enum(body) => {
            let scope = file();
            let limit = validator::enum_limit(&scope, id, def, body);
            parts.limit = Some(alone(&scope, &limit));
        }
        TypeBody::Refined(..) => {}
    }
    if let Some(kind) = newest.kinds.iter().find(|kind| kind.spec == id) {
        let version =
            newest
                .packages
                .get(kind.package.0 as usize)
                .map_or_else(String::new, |package| {
                    if package.group.is_empty() {
                        package.api_version.clone()
                    } else {
                        format!("{}/{}", package.group, package.api_version)
                    }
                });
        let scope = file();
        let rows = kind::rows(&scope, kind, &version);
        parts.document = Some(alone(&scope, &quote!(&#rows)));
    }
    Ok(parts)
}
