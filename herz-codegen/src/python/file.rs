//! One Python module while it is written: what it imports.

use super::doc;
use crate::lower::{Code, Plan};
use herz_dsl::catalog::TypeId;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// One Python module while it is written.
pub(super) struct Scope<'g, 'v> {
    pub(super) plan: &'g Plan<'v>,
    space: usize,
    file: &'g str,
    /// `from … import … as …`: modules, never names, so that circles of modules are no trouble.
    modules: RefCell<BTreeSet<String>>,
    /// Modules of the standard library, such as `import typing as _t`.
    library: RefCell<BTreeSet<&'static str>>,
}

impl<'g, 'v> Scope<'g, 'v> {
    /// A module of a space; a space that is none stands for the root.
    pub(super) fn new(plan: &'g Plan<'v>, space: usize, file: &'g str) -> Self {
        Self {
            plan,
            space,
            file,
            modules: RefCell::default(),
            library: RefCell::default(),
        }
    }

    /// The way from this module's package to the root.
    fn root(&self) -> String {
        let depth = self
            .plan
            .spaces
            .get(self.space)
            .map_or(0, |space| space.path.len());
        ".".repeat(depth + 1)
    }

    /// An item of the package `spec`.
    pub(super) fn spec(&self, name: &str) -> String {
        let line = format!("from {} import spec as _s", self.root());
        self.modules.borrow_mut().insert(line);
        format!("_s.{name}")
    }

    /// An item of the standard library's `typing`.
    pub(super) fn typing(&self, name: &str) -> String {
        self.library.borrow_mut().insert("import typing as _t");
        format!("_t.{name}")
    }

    /// An item of the standard library's `dataclasses`.
    pub(super) fn dataclasses(&self, name: &str) -> String {
        self.library.borrow_mut().insert("import dataclasses as _d");
        format!("_d.{name}")
    }

    /// A generated type.
    pub(super) fn named(&self, id: TypeId) -> String {
        let Some(named) = self.plan.name(id) else {
            return String::new();
        };
        self.qualified(named.space, &named.file, &named.ident)
    }

    /// A name of another module.
    pub(super) fn qualified(&self, space: usize, file: &str, name: &str) -> String {
        if space == self.space && file == self.file {
            return name.to_owned();
        }
        let Some(other) = self.plan.spaces.get(space) else {
            return name.to_owned();
        };
        let (package, alias) = if space == self.space {
            (".".to_owned(), format!("_{file}"))
        } else {
            let path = other.path.join(".");
            let alias = format!("_{}_{file}", other.path.join("_"));
            (format!("{}{path}", self.root()), alias)
        };
        let line = format!("from {package} import {file} as {alias}");
        self.modules.borrow_mut().insert(line);
        format!("{alias}.{name}")
    }

    /// The whole module.
    pub(super) fn finish(&self, body: &str) -> String {
        let mut code = Code::new("    ");
        code.line(doc::HEADER).line("");
        code.line("from __future__ import annotations").line("");
        let (library, modules) = (self.library.borrow(), self.modules.borrow());
        for line in library.iter() {
            code.line(line);
        }
        if !library.is_empty() && !modules.is_empty() {
            code.line("");
        }
        for line in modules.iter() {
            code.line(line);
        }
        if !(library.is_empty() && modules.is_empty()) {
            code.line("");
        }
        let mut text = code.finish();
        text.push_str(body.trim_end());
        text.push('\n');
        text
    }
}
