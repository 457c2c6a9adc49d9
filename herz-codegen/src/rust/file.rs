//! One generated file while it is written: which names it takes in.

use super::graph::{Graph, Named};
use super::member::ident;
use herz_dsl::catalog::{Type, TypeId};
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{format_ident, quote};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// One generated file while it is written.
pub(super) struct FileScope<'g, 'c> {
    pub(super) graph: &'g Graph<'c>,
    space: usize,
    file: String,
    uses: RefCell<BTreeSet<String>>,
    patterns: RefCell<Vec<String>>,
}

impl<'g, 'c> FileScope<'g, 'c> {
    pub(super) fn new(graph: &'g Graph<'c>, space: usize, file: &str) -> Self {
        Self {
            graph,
            space,
            file: file.to_owned(),
            uses: RefCell::default(),
            patterns: RefCell::default(),
        }
    }

    /// The name of a pattern in the file.
    pub(super) fn pattern(&self, pattern: &str) -> Ident {
        let mut patterns = self.patterns.borrow_mut();
        let known = patterns.iter().position(|one| one == pattern);
        let at = known.unwrap_or_else(|| {
            patterns.push(pattern.to_owned());
            patterns.len() - 1
        });
        pattern_name(at)
    }

    /// The patterns that the file asked for, and their names.
    pub(super) fn patterns(&self) -> Vec<(Ident, String)> {
        let patterns = self.patterns.borrow();
        let named = patterns.iter().enumerate();
        named
            .map(|(at, one)| (pattern_name(at), one.clone()))
            .collect()
    }

    /// The `use` items that the content of the file needs: one for each module.
    pub(super) fn uses(&self, content: &[TokenStream]) -> TokenStream {
        let mut seen = BTreeSet::new();
        for tokens in content {
            identifiers(tokens.clone(), &mut seen);
        }
        let uses = self.uses.borrow();
        let mut modules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for path in uses.iter() {
            let (module, name) = path.rsplit_once("::").unwrap_or(("", path));
            if seen.contains(name) {
                modules.entry(module).or_default().push(name);
            }
        }
        modules
            .iter()
            .map(|(module, list)| match list.as_slice() {
                [name] => tokens(&format!("use {module}::{name};")),
                list => tokens(&format!("use {module}::{{{}}};", list.join(", "))),
            })
            .collect()
    }

    /// An item of `herz-types`. It is named in full where the module has a type of that name.
    pub(super) fn runtime(&self, module: &str, name: &str) -> TokenStream {
        let root = &self.graph.options.runtime;
        let path = if module.is_empty() {
            format!("{root}::{name}")
        } else {
            format!("{root}::{module}::{name}")
        };
        self.item(&path, name)
    }

    /// `Module::name` of `herz-types`, the module taken in.
    pub(super) fn table(&self, name: &str) -> TokenStream {
        let root = &self.graph.options.runtime;
        self.uses.borrow_mut().insert(format!("{root}::table"));
        tokens(&format!("table::{name}"))
    }

    /// A macro of `herz-types`.
    pub(super) fn macro_path(&self, name: &str) -> TokenStream {
        tokens(&format!("{}::{name}", self.graph.options.runtime))
    }

    /// Something by its path, taken in unless the module has a type of that name.
    pub(super) fn item(&self, path: &str, name: &str) -> TokenStream {
        let hidden = self
            .graph
            .space(self.space)
            .is_some_and(|space| space.names.has(name));
        if hidden {
            tokens(path)
        } else {
            self.uses.borrow_mut().insert(path.to_owned());
            tokens(name)
        }
    }

    /// A type.
    pub(super) fn ty(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Bool => quote!(bool),
            Type::Int { bits, signed, .. } => {
                tokens(&format!("{}{bits}", if *signed { 'i' } else { 'u' }))
            }
            Type::Float64 => quote!(f64),
            Type::String => quote!(String),
            Type::Bytes => self.runtime("scalar", "Bytes"),
            Type::Scalar(scalar) => {
                let text = self.runtime("scalar", "Text");
                let dialect = self.runtime("scalar", scalar.dialect.rust_type());
                quote!(#text<#dialect>)
            }
            Type::List(inner) => {
                let inner = self.ty(inner);
                quote!(Vec<#inner>)
            }
            Type::Map(inner) => {
                let inner = self.ty(inner);
                let map = self.item("std::collections::BTreeMap", "BTreeMap");
                quote!(#map<String, #inner>)
            }
            Type::Ref(id) => self.named(*id),
            Type::Any => {
                let json = self.runtime("", "Json");
                quote!(#json)
            }
            Type::AnyObject => {
                let json = self.runtime("", "JsonMap");
                quote!(#json)
            }
            Type::IntOrString => self.runtime("scalar", "IntOrString"),
        }
    }

    /// A generated type.
    pub(super) fn named(&self, id: TypeId) -> TokenStream {
        if let Some(path) = self.graph.external(id) {
            return tokens(path);
        }
        self.graph
            .name(id)
            .map_or_else(TokenStream::new, |named| self.place(named, &named.ident))
    }

    /// Something that stands beside a generated type.
    pub(super) fn place(&self, named: &Named, name: &str) -> TokenStream {
        let name = ident(name);
        if named.space == self.space {
            if named.file != self.file {
                self.uses.borrow_mut().insert(format!("super::{name}"));
            }
            return quote!(#name);
        }
        let path = self
            .graph
            .space(named.space)
            .map_or(&[][..], |space| &space.path);
        let depth = self
            .graph
            .space(self.space)
            .map_or(1, |space| space.path.len());
        let module = path.last().map_or("", String::as_str);
        // From a file of `a` to the module `a::k8s`, or up to the root and down again.
        let own = self
            .graph
            .space(self.space)
            .map_or(&[][..], |space| &space.path);
        let way = match path.split_last() {
            Some((last, parents)) if parents == own => format!("super::{last}"),
            _ => format!("{}{}", "super::".repeat(depth + 1), path.join("::")),
        };
        self.uses.borrow_mut().insert(way);
        let module = ident(module);
        quote!(#module::#name)
    }
}

/// Text as tokens. Only for text that this crate makes from identifiers and numbers.
pub(super) fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

/// All identifiers in tokens.
fn identifiers(tokens: TokenStream, seen: &mut BTreeSet<String>) {
    for tree in tokens {
        match tree {
            TokenTree::Ident(ident) => {
                seen.insert(ident.to_string());
            }
            TokenTree::Group(group) => identifiers(group.stream(), seen),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

fn pattern_name(at: usize) -> Ident {
    format_ident!("PATTERN_{}", at + 1)
}
