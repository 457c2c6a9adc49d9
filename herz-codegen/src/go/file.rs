//! One Go file while it is written: what it imports.

use super::doc;
use crate::lower::{Code, Plan, Space};
use herz_dsl::catalog::TypeId;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// One Go file while it is written.
pub(super) struct Scope<'g, 'v> {
    pub(super) plan: &'g Plan<'v>,
    pub(super) module: &'g str,
    space: usize,
    imports: RefCell<BTreeSet<String>>,
}

impl<'g, 'v> Scope<'g, 'v> {
    pub(super) fn new(plan: &'g Plan<'v>, module: &'g str, space: usize) -> Self {
        Self {
            plan,
            module,
            space,
            imports: RefCell::default(),
        }
    }

    /// An item of the package `spec`.
    pub(super) fn spec(&self, name: &str) -> String {
        self.import("spec");
        format!("spec.{name}")
    }

    fn import(&self, path: &str) {
        self.imports
            .borrow_mut()
            .insert(format!("{}/{path}", self.module));
    }

    /// What stands beside a generated type under its name and this end.
    pub(super) fn beside(&self, id: TypeId, end: &str) -> String {
        let Some(named) = self.plan.name(id) else {
            return String::new();
        };
        let name = format!("{}{end}", named.ident);
        self.qualified(named.space, &name)
    }

    /// A name of a space as this file sees it.
    pub(super) fn qualified(&self, space: usize, name: &str) -> String {
        if space == self.space {
            return name.to_owned();
        }
        let Some(other) = self.plan.spaces.get(space) else {
            return name.to_owned();
        };
        self.import(&other.path.join("/"));
        format!("{}.{name}", self.alias(other))
    }

    /// What the package is called in files of others: two may have the same name.
    fn alias(&self, space: &Space) -> String {
        let own = space.path.last().map_or("", String::as_str);
        let same = self
            .plan
            .spaces
            .iter()
            .filter(|other| other.path.last().map_or("", String::as_str) == own)
            .count();
        if same > 1 {
            space.path.concat()
        } else {
            own.to_owned()
        }
    }

    /// The whole file.
    pub(super) fn finish(&self, package: &str, body: &str) -> String {
        let mut code = Code::new("\t");
        code.line(doc::HEADER)
            .line("")
            .line(format!("package {package}"))
            .line("");
        let imports = self.imports.borrow();
        let lines: Vec<String> = imports
            .iter()
            .map(|path| {
                let space = self
                    .plan
                    .spaces
                    .iter()
                    .find(|space| *path == format!("{}/{}", self.module, space.path.join("/")));
                match space.map(|space| (self.alias(space), space.path.last())) {
                    Some((alias, Some(own))) if alias != *own => format!("{alias} \"{path}\""),
                    _ => format!("\"{path}\""),
                }
            })
            .collect();
        match lines.as_slice() {
            [] => {}
            [one] => {
                code.line(format!("import {one}")).line("");
            }
            all => {
                code.open("import (");
                for line in all {
                    code.line(line);
                }
                code.close(")").line("");
            }
        }
        let mut text = code.finish();
        text.push_str(body.trim_end());
        text.push('\n');
        text
    }
}
