//! One Java file while it is written: what it imports.

use super::doc;
use crate::lower::{Code, Plan};
use herz_dsl::catalog::TypeId;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// One Java file while it is written.
pub(super) struct Scope<'g, 'v> {
    pub(super) plan: &'g Plan<'v>,
    base: &'g str,
    space: usize,
    /// Names of the package's own types, which hide those of `java.lang`.
    own: BTreeSet<&'g str>,
    /// What is known by its last name alone.
    imports: RefCell<BTreeMap<String, String>>,
}

impl<'g, 'v> Scope<'g, 'v> {
    /// A file of a space; a space that is none stands for the root.
    pub(super) fn new(plan: &'g Plan<'v>, base: &'g str, space: usize) -> Self {
        let types = plan.types().map(|(_, _, named)| named);
        let kinds = plan.kinds().map(|(_, named)| named);
        let mut own: BTreeSet<&str> = types
            .chain(kinds)
            .filter(|named| named.space == space)
            .map(|named| named.ident.as_str())
            .collect();
        for (id, _, named) in plan.types() {
            if let Some(union) = plan.union(id)
                && named.space == space
            {
                own.insert(&union.ident);
                own.extend(union.cases.iter().map(|case| case.1.as_str()));
            }
        }
        Self {
            plan,
            base,
            space,
            own,
            imports: RefCell::default(),
        }
    }

    /// The package of the file.
    pub(super) fn package(&self) -> String {
        package(self.plan, self.base, self.space)
    }

    /// A class by its full name, as this file has it.
    pub(super) fn class(&self, full: &str) -> String {
        let (package, name) = full.rsplit_once('.').unwrap_or(("", full));
        if package == self.package() {
            return name.to_owned();
        }
        if self.own.contains(name) {
            return full.to_owned();
        }
        let mut imports = self.imports.borrow_mut();
        let known = imports
            .entry(name.to_owned())
            .or_insert_with(|| full.to_owned());
        if known == full {
            name.to_owned()
        } else {
            full.to_owned()
        }
    }

    /// A class of Java's own.
    pub(super) fn lang(&self, name: &str) -> String {
        self.class(&format!("java.lang.{name}"))
    }

    /// A class of the package `spec`.
    pub(super) fn spec(&self, name: &str) -> String {
        self.class(&format!("{}.spec.{name}", self.base))
    }

    /// A generated type.
    pub(super) fn named(&self, id: TypeId) -> String {
        self.plan.name(id).map_or_else(String::new, |named| {
            self.qualified(named.space, &named.ident)
        })
    }

    /// A type of a space.
    pub(super) fn qualified(&self, space: usize, name: &str) -> String {
        self.class(&format!("{}.{name}", package(self.plan, self.base, space)))
    }

    /// The whole file.
    pub(super) fn finish(&self, body: &str) -> String {
        let mut code = Code::new("    ");
        code.line(doc::HEADER).line("");
        code.line(format!("package {};", self.package())).line("");
        let imports = self.imports.borrow();
        let mut lines: Vec<&String> = imports
            .values()
            .filter(|full| {
                let own = full.strip_prefix("java.lang.");
                own.is_none_or(|name| name.contains('.'))
            })
            .collect();
        lines.sort();
        for full in &lines {
            code.line(format!("import {full};"));
        }
        if !lines.is_empty() {
            code.line("");
        }
        let mut text = code.finish();
        text.push_str(body.trim_end());
        text.push('\n');
        text
    }
}

/// The Java package of a space.
pub(super) fn package(plan: &Plan<'_>, base: &str, space: usize) -> String {
    match plan.spaces.get(space) {
        Some(space) => format!("{base}.{}", space.path.join(".")),
        None => base.to_owned(),
    }
}
