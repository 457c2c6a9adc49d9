//! What refers to what: types without end, types and groups that nothing uses.

use super::Compiler;
use super::names::Origin;
use crate::catalog::{Kind, Type, TypeBody, TypeId};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Span;
use std::collections::BTreeSet;

impl Compiler<'_> {
    /// Narrowed types must not go in circles; those that do become `any`.
    pub(super) fn check_narrowed(&mut self) {
        for index in 0..self.types.len() {
            let mut seen = vec![index];
            let mut at = index;
            while let Some(TypeBody::Refined(Type::Ref(next), _)) =
                self.types.get(at).map(|def| &def.body)
            {
                at = next.0 as usize;
                if at == index {
                    let name = self
                        .types
                        .get(index)
                        .map_or(String::new(), |def| def.name.clone());
                    let message = format!("the type `{name}` is defined by itself");
                    let span = self.type_span(index);
                    self.diagnostics
                        .push(Diagnostic::error(codes::INFINITE_TYPE, span, message));
                    if let Some(def) = self.types.get_mut(index) {
                        def.body = TypeBody::Refined(Type::Any, Vec::new());
                    }
                    break;
                }
                if seen.contains(&at) {
                    break;
                }
                seen.push(at);
            }
        }
        for index in 0..self.types.len() {
            let Some(TypeBody::Refined(ty, _)) = self.types.get(index).map(|def| &def.body) else {
                continue;
            };
            let Type::Ref(id) = super::magnitude::base(&self.types, ty) else {
                continue;
            };
            if self.object(*id).is_some() {
                let message = "`scalar` narrows texts, numbers, lists and maps, not objects";
                let span = self.type_span(index);
                self.diagnostics
                    .push(Diagnostic::error(codes::WRONG_SHAPE, span, message));
            }
        }
    }

    /// An object that must hold itself can't be written down.
    pub(super) fn check_endless(&mut self) {
        // 0 not seen, 1 on the way, 2 done.
        let mut state = vec![0u8; self.types.len()];
        for start in 0..self.types.len() {
            let mut way: Vec<(usize, Vec<usize>)> = Vec::new();
            if state.get(start) == Some(&0) {
                way.push((start, self.needs(start)));
                set(&mut state, start, 1);
            }
            while let Some((at, next)) = way.last_mut() {
                let at = *at;
                let Some(need) = next.pop() else {
                    set(&mut state, at, 2);
                    way.pop();
                    continue;
                };
                match state.get(need) {
                    Some(0) => {
                        set(&mut state, need, 1);
                        let needs = self.needs(need);
                        way.push((need, needs));
                    }
                    Some(1) => {
                        let names: Vec<String> = way
                            .iter()
                            .skip_while(|(step, _)| *step != need)
                            .chain(way.iter().find(|(step, _)| *step == need))
                            .filter_map(|(step, _)| {
                                self.types.get(*step).map(|def| format!("`{}`", def.name))
                            })
                            .collect();
                        let message = format!(
                            "the type needs itself without end: {}",
                            names.join(" needs ")
                        );
                        let finding =
                            Diagnostic::error(codes::INFINITE_TYPE, self.type_span(need), message)
                                .help("make one of the fields `required: false`, or a list");
                        self.diagnostics.push(finding);
                    }
                    _ => {}
                }
            }
        }
    }

    /// The objects that every object of a type must hold.
    fn needs(&self, index: usize) -> Vec<usize> {
        let Some(TypeBody::Object(object)) = self.types.get(index).map(|def| &def.body) else {
            return Vec::new();
        };
        let mut needs: Vec<usize> = object
            .fields
            .iter()
            .filter(|field| field.required && !field.nullable)
            .filter_map(
                |field| match super::magnitude::base(&self.types, &field.ty) {
                    Type::Ref(id) => Some(id.0 as usize),
                    _ => None,
                },
            )
            .collect();
        needs.reverse();
        needs
    }

    /// Types and groups that no kind uses. A package without kinds is there for others.
    pub(super) fn check_unused(&mut self, kinds: &[Kind]) {
        let mut used: BTreeSet<u32> = BTreeSet::new();
        let mut open: Vec<TypeId> = kinds
            .iter()
            .flat_map(|kind| std::iter::once(kind.spec).chain(kind.status))
            .collect();
        while let Some(id) = open.pop() {
            if !used.insert(id.0) {
                continue;
            }
            match self.types.get(id.0 as usize).map(|def| &def.body) {
                Some(TypeBody::Object(object)) => {
                    open.extend(object.fields.iter().filter_map(|field| named(&field.ty)))
                }
                Some(TypeBody::Refined(ty, _)) => open.extend(named(ty)),
                _ => {}
            }
        }
        let mut findings = Vec::new();
        for (index, (package, name, origin)) in self.names.origins.iter().enumerate() {
            let Origin::Type(decl, None) = origin else {
                continue;
            };
            let used = u32::try_from(index).is_ok_and(|index| used.contains(&index));
            if !used
                && self
                    .written
                    .get(*package)
                    .is_some_and(|content| !content.kinds.is_empty())
            {
                let message = format!("no kind uses the type `{name}`");
                findings.push(Diagnostic::warning(codes::UNUSED, decl.name.span, message));
            }
        }
        let included: BTreeSet<usize> = self
            .names
            .owners
            .iter()
            .zip(&self.laid)
            .filter(|(owner, _)| owner.id.is_some())
            .flat_map(|(_, laid)| laid.iter().copied())
            .collect();
        for ((_, name), owner) in &self.names.groups {
            if !included.contains(owner)
                && let Some(owner) = self.names.owners.get(*owner)
            {
                let message = format!("nothing includes the group `{name}`");
                findings.push(Diagnostic::warning(
                    codes::UNUSED,
                    owner.object.span,
                    message,
                ));
            }
        }
        self.diagnostics.extend(findings);
    }

    /// Where a named type is written.
    pub(super) fn type_span(&self, index: usize) -> Span {
        match self.names.origins.get(index) {
            Some((_, _, Origin::Type(decl, _))) => decl.name.span,
            Some((
                _,
                _,
                Origin::Object(_, _, span) | Origin::Enum(_, span) | Origin::Narrowed(_, span),
            )) => *span,
            None => Span::default(),
        }
    }
}

fn set(state: &mut [u8], index: usize, value: u8) {
    if let Some(place) = state.get_mut(index) {
        *place = value;
    }
}

fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Ref(id) => Some(*id),
        Type::List(item) | Type::Map(item) => named(item),
        _ => None,
    }
}
