//! One TypeScript file while it is written: what it imports.

use super::doc;
use crate::lower::{Code, Plan};
use herz_dsl::catalog::{TypeBody, TypeId};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// One TypeScript file while it is written.
pub(super) struct Scope<'g, 'v> {
    pub(super) plan: &'g Plan<'v>,
    space: usize,
    file: &'g str,
    /// Folders that are imported whole, by the name that they have here.
    folders: RefCell<BTreeMap<String, String>>,
    /// What is imported from files of the same folder.
    items: RefCell<BTreeMap<String, BTreeSet<String>>>,
}

impl<'g, 'v> Scope<'g, 'v> {
    /// A file of a space; a space that is none stands for the root.
    pub(super) fn new(plan: &'g Plan<'v>, space: usize, file: &'g str) -> Self {
        Self {
            plan,
            space,
            file,
            folders: RefCell::default(),
            items: RefCell::default(),
        }
    }

    /// The way from this file's folder to the root.
    fn root(&self) -> String {
        match self.plan.spaces.get(self.space) {
            Some(space) => "../".repeat(space.path.len()),
            None => "./".to_owned(),
        }
    }

    /// An item of the folder `spec`.
    pub(super) fn spec(&self, name: &str) -> String {
        let path = format!("{}spec/index.js", self.root());
        self.folders.borrow_mut().insert("spec".to_owned(), path);
        format!("spec.{name}")
    }

    /// A generated type or its constant.
    pub(super) fn named(&self, id: TypeId) -> String {
        let Some(named) = self.plan.name(id) else {
            return String::new();
        };
        if named.space == self.space {
            if named.file != self.file {
                let refined = self
                    .plan
                    .view
                    .get(id)
                    .is_some_and(|def| matches!(def.body, TypeBody::Refined(..)));
                let item = format!("{}{}", if refined { "type " } else { "" }, named.ident);
                let mut items = self.items.borrow_mut();
                let path = format!("./{}.js", named.file);
                items.entry(path).or_default().insert(item);
            }
            return named.ident.clone();
        }
        self.qualified(named.space, &named.ident)
    }

    /// A name of another folder.
    pub(super) fn qualified(&self, space: usize, name: &str) -> String {
        let Some(other) = self.plan.spaces.get(space) else {
            return name.to_owned();
        };
        let alias = super::names::alias(&other.path);
        let path = format!("{}{}/index.js", self.root(), other.path.join("/"));
        self.folders.borrow_mut().insert(alias.clone(), path);
        format!("{alias}.{name}")
    }

    /// The whole file.
    pub(super) fn finish(&self, body: &str) -> String {
        let mut code = Code::new("  ");
        code.line(doc::HEADER);
        for (alias, path) in self.folders.borrow().iter() {
            code.line(format!("import * as {alias} from \"{path}\";"));
        }
        for (path, items) in self.items.borrow().iter() {
            let items: Vec<&str> = items.iter().map(String::as_str).collect();
            code.line(match items.as_slice() {
                [one] if one.starts_with("type ") => {
                    format!(
                        "import type {{{}}} from \"{path}\";",
                        one.replacen("type", "", 1) + " "
                    )
                }
                all => format!("import {{ {} }} from \"{path}\";", all.join(", ")),
            });
        }
        code.line("");
        let mut text = code.finish();
        text.push_str(body.trim_end());
        text.push('\n');
        text
    }
}
