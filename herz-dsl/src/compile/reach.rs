//! What refers to what: types without end, types and groups that nothing uses.

use super::Compiler;
use super::names::Origin;
use crate::catalog::{Kind, Type, TypeBody, TypeId};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// How deep types may narrow each other.
pub(super) const MOST_NARROWED: usize = 32;

impl Compiler<'_> {
    /// Narrowed types must end at a built-in type, soon; those that don't become `any`.
    pub(super) fn check_narrowed(&mut self) {
        let endless: Vec<usize> = (0..self.types.len())
            .filter(|index| self.is_endless(*index))
            .collect();
        for index in endless {
            let Some(def) = self.types.get_mut(index) else {
                continue;
            };
            def.body = TypeBody::Refined(Type::Any, Vec::new());
            let message = format!("the type `{}` narrows others without end", def.name);
            let span = self.type_span(index);
            self.diagnostics
                .push(Diagnostic::error(codes::INFINITE_TYPE, span, message));
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

    /// Whether a narrowed type narrows others more than [`MOST_NARROWED`] deep, as in a circle.
    fn is_endless(&self, index: usize) -> bool {
        let mut at = index;
        for _ in 0..MOST_NARROWED {
            match self.types.get(at).map(|def| &def.body) {
                Some(TypeBody::Refined(Type::Ref(next), _)) => at = next.0 as usize,
                _ => return false,
            }
        }
        true
    }

    /// An object that must hold itself can't be written down.
    pub(super) fn check_endless(&mut self) {
        let all: Vec<usize> = (0..self.types.len()).collect();
        for circle in circles(&all, |index| self.needs(index)) {
            let Some(first) = circle.first().copied() else {
                continue;
            };
            let name = |index: usize| {
                self.types
                    .get(index)
                    .map_or(String::new(), |def| format!("`{}`", def.name))
            };
            let mut seen = BTreeSet::new();
            let mut names = name(first);
            let mut at = first;
            while seen.insert(at) {
                let Some(next) = self
                    .needs(at)
                    .into_iter()
                    .find(|next| circle.contains(next))
                else {
                    break;
                };
                names = format!("{names} needs {}", name(next));
                at = next;
            }
            let message = format!("the type needs itself without end: {names}");
            let finding = Diagnostic::error(codes::INFINITE_TYPE, self.type_span(first), message)
                .help("make one of the fields `required: false`, or a list");
            self.diagnostics.push(finding);
        }
    }

    /// The objects that every object of a type must hold.
    fn needs(&self, index: usize) -> Vec<usize> {
        let Some(TypeBody::Object(object)) = self.types.get(index).map(|def| &def.body) else {
            return Vec::new();
        };
        let needed = object
            .fields
            .iter()
            .filter(|field| field.required && !field.nullable);
        needed
            .filter_map(
                |field| match super::magnitude::base(&self.types, &field.ty) {
                    Type::Ref(id) => Some(id.0 as usize),
                    _ => None,
                },
            )
            .collect()
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
                    open.extend(object.fields.iter().filter_map(|field| named(&field.ty)));
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

/// One step of [`circles`]: a node, what it leads to, and how far that is looked at.
struct Step {
    node: usize,
    next: Vec<usize>,
    at: usize,
}

/// The circles of a graph: sets of nodes that all lead to each other (Tarjan's strongly connected
/// components, without recursion), and nodes that lead to themselves.
pub(super) fn circles(nodes: &[usize], next: impl Fn(usize) -> Vec<usize>) -> Vec<BTreeSet<usize>> {
    let mut found = Vec::new();
    // Number of each node in the order of the walk, and the lowest number that it leads to.
    let mut number: BTreeMap<usize, usize> = BTreeMap::new();
    let mut low: BTreeMap<usize, usize> = BTreeMap::new();
    let mut open: Vec<usize> = Vec::new();
    let mut is_open: BTreeSet<usize> = BTreeSet::new();
    for start in nodes {
        let mut way: Vec<Step> = Vec::new();
        let mut enter = (!number.contains_key(start)).then_some(*start);
        loop {
            if let Some(node) = enter.take() {
                let count = number.len();
                number.insert(node, count);
                low.insert(node, count);
                open.push(node);
                is_open.insert(node);
                way.push(Step {
                    node,
                    next: next(node),
                    at: 0,
                });
            }
            let Some(step) = way.last_mut() else { break };
            if let Some(to) = step.next.get(step.at).copied() {
                step.at += 1;
                if !number.contains_key(&to) {
                    enter = Some(to);
                } else if is_open.contains(&to) {
                    lower(&mut low, step.node, number.get(&to).copied());
                }
                continue;
            }
            let Some(Step { node, next, .. }) = way.pop() else {
                break;
            };
            let lowest = low.get(&node).copied();
            if let Some(before) = way.last() {
                lower(&mut low, before.node, lowest);
            }
            if lowest == number.get(&node).copied() {
                let mut circle = BTreeSet::new();
                while let Some(last) = open.pop() {
                    is_open.remove(&last);
                    circle.insert(last);
                    if last == node {
                        break;
                    }
                }
                if circle.len() > 1 || next.contains(&node) {
                    found.push(circle);
                }
            }
        }
    }
    found
}

fn lower(low: &mut BTreeMap<usize, usize>, node: usize, to: Option<usize>) {
    if let (Some(low), Some(to)) = (low.get_mut(&node), to) {
        *low = to.min(*low);
    }
}

fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Ref(id) => Some(*id),
        Type::List(item) | Type::Map(item) => named(item),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::circles;

    fn found(edges: &[(usize, usize)], count: usize) -> Vec<Vec<usize>> {
        let next = |node| {
            edges
                .iter()
                .filter(|(from, _)| *from == node)
                .map(|(_, to)| *to)
                .collect()
        };
        let all: Vec<usize> = (0..count).collect();
        circles(&all, next)
            .into_iter()
            .map(|circle| circle.into_iter().collect())
            .collect()
    }

    #[test]
    fn circles_of_graphs() {
        assert_eq!(
            found(&[(0, 1), (1, 2), (0, 2)], 3),
            Vec::<Vec<usize>>::new()
        );
        assert_eq!(found(&[(0, 0)], 1), [[0]]);
        assert_eq!(found(&[(0, 1), (1, 0), (2, 0)], 3), [[0, 1]]);
        assert_eq!(
            found(&[(0, 1), (1, 2), (2, 1), (2, 3), (3, 4), (4, 3)], 5),
            [[3, 4], [1, 2]]
        );
    }
}
