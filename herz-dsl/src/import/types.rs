//! The named types of an import: equal ones are one, and each gets a name of its own.

use crate::catalog::{Life, Object, PackageId, TypeBody, TypeDef, TypeId};
use std::collections::BTreeSet;

/// Types while they are gathered.
#[derive(Debug, Default)]
pub(super) struct Types {
    list: Vec<TypeDef>,
    /// Names that are taken, also by kinds.
    taken: BTreeSet<String>,
}

impl Types {
    /// Keeps a name from types.
    pub(super) fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// Whether a name is taken.
    pub(super) fn has(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    /// What a type is.
    pub(super) fn body(&self, id: TypeId) -> Option<TypeBody> {
        self.list.get(id.0 as usize).map(|def| def.body.clone())
    }

    /// A type that has its name already.
    pub(super) fn named(&mut self, name: &str, doc: &str, body: TypeBody) -> TypeId {
        let id = TypeId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.taken.insert(name.to_owned());
        self.list.push(TypeDef {
            package: PackageId(0),
            name: name.to_owned(),
            doc: doc.to_owned(),
            life: Life::default(),
            body,
        });
        id
    }

    /// The enum of a field's own. Equal ones are one, so that objects with such fields are equal too.
    pub(super) fn own(&mut self, name: &str, body: TypeBody) -> TypeId {
        let same = self
            .list
            .iter()
            .position(|def| def.name.contains('.') && def.body == body);
        match same.and_then(|at| u32::try_from(at).ok()) {
            Some(at) => TypeId(at),
            None => self.named(name, "", body),
        }
    }

    /// A type that is told in a later step, because others refer to it before.
    pub(super) fn announced(&mut self, name: &str) -> TypeId {
        self.named(name, "", TypeBody::Object(Object::default()))
    }

    /// Tells what an announced type is.
    pub(super) fn tell(&mut self, id: TypeId, doc: &str, body: TypeBody) {
        if let Some(def) = self.list.get_mut(id.0 as usize) {
            doc.clone_into(&mut def.doc);
            def.body = body;
        }
    }

    /// The type that is exactly this, or a new one. Its name is the last of `path` if that is free,
    /// else as much of the path before it as it takes.
    pub(super) fn shared(&mut self, path: &[String], doc: &str, body: TypeBody) -> TypeId {
        // An enum that belongs to a field has no name that others could write.
        let is_own =
            |def: &TypeDef| matches!(def.body, TypeBody::Enum(_)) && def.name.contains('.');
        let same = self
            .list
            .iter()
            .position(|def| !is_own(def) && def.body == body);
        if let Some(at) = same.and_then(|at| u32::try_from(at).ok()) {
            return TypeId(at);
        }
        let name = self.free(path);
        self.named(&name, doc, body)
    }

    fn free(&self, path: &[String]) -> String {
        let mut name = String::new();
        for part in path.iter().rev() {
            name.insert_str(0, &capital(part));
            if !name.is_empty() && !self.taken.contains(&name) {
                return name;
            }
        }
        let numbered = (2..).map(|number: u32| format!("{name}{number}"));
        let mut free = numbered.filter(|name| !self.taken.contains(name));
        free.next().unwrap_or(name)
    }

    pub(super) fn finish(self) -> Vec<TypeDef> {
        self.list
    }
}

/// A part of a name: letters and digits only, the first one large.
pub(super) fn capital(part: &str) -> String {
    let mut out = String::new();
    let mut up = true;
    for c in part.chars() {
        if !c.is_ascii_alphanumeric() {
            up = true;
        } else if up {
            out.extend(c.to_uppercase());
            up = false;
        } else {
            out.push(c);
        }
    }
    // A type's name begins with a letter.
    if out.starts_with(|c: char| c.is_ascii_digit()) {
        out.insert(0, 'N');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Type;

    #[test]
    fn names_are_free_and_equal_types_are_one() {
        let path = |parts: &[&str]| {
            parts
                .iter()
                .map(|part| (*part).to_owned())
                .collect::<Vec<_>>()
        };
        let mut types = Types::default();
        types.reserve("Delay");
        let of = |ty| TypeBody::Refined(ty, Vec::new());
        let one = types.shared(&path(&["net-work", "delay"]), "", of(Type::Bool));
        let same = types.shared(&path(&["other"]), "", of(Type::Bool));
        let other = types.shared(&path(&["net-work", "delay"]), "", of(Type::String));
        let third = types.shared(&path(&["1st"]), "", of(Type::Any));
        assert_eq!(one, same);
        assert_ne!(one, other);
        assert_ne!(other, third);
        let names: Vec<String> = types.finish().into_iter().map(|def| def.name).collect();
        assert_eq!(names, ["NetWorkDelay", "NetWorkDelay2", "N1st"]);
    }
}
