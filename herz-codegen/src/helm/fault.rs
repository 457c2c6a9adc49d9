//! The kinds that a chart has faults of.

use crate::names::words;
use crate::target::View;
use herz_dsl::catalog::{Case, Field, Kind, Object, PackageId, PathStep, Type, TypeId, Union};
use std::collections::BTreeMap;

/// What all faults share, if they have a field of that name.
pub(super) const SELECTOR: &str = "selector";
pub(super) const MODE: &str = "mode";
pub(super) const VALUE: &str = "value";

/// A kind of fault, and what a chart fills in.
pub(super) struct Fault<'v> {
    pub(super) kind: &'v Kind,
    pub(super) spec: &'v Object,
    /// Its key in values: `networkChaos`.
    pub(super) key: String,
    /// Fields that may be said once for all faults.
    pub(super) shared: Vec<&'v str>,
    /// The field that ends the fault.
    pub(super) duration: &'v str,
    /// The field whose value says that the fault is over at once, and those values.
    pub(super) one_shot: Option<(&'v str, &'v [String])>,
    /// How the action follows from the blocks that are there.
    pub(super) infer: Option<Infer<'v>>,
}

/// An action that follows from blocks.
pub(super) struct Infer<'v> {
    /// `action`.
    pub(super) tag: &'v str,
    /// Blocks that may stand together, and the action of several: `netem`.
    pub(super) together: &'v [String],
    pub(super) several: &'v str,
    /// The action of each block that stands alone.
    pub(super) alone: BTreeMap<&'v str, &'v str>,
}

/// The faults of a package, sorted by kind.
pub(super) fn faults<'v>(view: &'v View<'_>, package: PackageId) -> Vec<Fault<'v>> {
    let selector = common_selector(view, package);
    let kinds = view
        .catalog
        .kinds
        .iter()
        .filter(|kind| kind.package == package);
    kinds
        .filter_map(|kind| {
            let (_, spec) = view.object(&Type::Ref(kind.spec))?;
            let lasting = kind.lasting.as_ref()?;
            let [PathStep::Field(duration)] = lasting.duration.0.as_slice() else {
                return None;
            };
            let is_shared = |field: &&Field| match field.wire.as_str() {
                SELECTOR => named(&field.ty) == selector,
                MODE => true,
                VALUE => spec.fields.iter().any(|field| field.wire == MODE),
                name => name == duration,
            };
            let shared = spec.fields.iter().filter(is_shared);
            let one_shot = lasting.one_shot.as_ref();
            Some(Fault {
                kind,
                spec,
                key: key(&kind.name),
                shared: shared.map(|field| field.wire.as_str()).collect(),
                duration,
                one_shot: one_shot.map(|(field, values)| (field.as_str(), values.as_slice())),
                infer: spec.union.as_ref().and_then(infer),
            })
        })
        .collect()
}

/// The type that most selectors have: faults on other things select otherwise.
pub(super) fn common_selector(view: &View<'_>, package: PackageId) -> Option<TypeId> {
    let mut times: BTreeMap<TypeId, usize> = BTreeMap::new();
    for kind in &view.catalog.kinds {
        if kind.package != package || kind.lasting.is_none() {
            continue;
        }
        let spec = view.object(&Type::Ref(kind.spec));
        let field = spec.and_then(|(_, spec)| spec.fields.iter().find(|f| f.wire == SELECTOR));
        if let Some(id) = field.and_then(|field| named(&field.ty)) {
            *times.entry(id).or_default() += 1;
        }
    }
    times
        .into_iter()
        .max_by_key(|(id, times)| (*times, std::cmp::Reverse(*id)))
        .map(|(id, _)| id)
}

fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Ref(id) => Some(*id),
        _ => None,
    }
}

/// A union with a case that takes several blocks, of which it needs none, lets the action follow
/// from the blocks.
fn infer(union: &Union) -> Option<Infer<'_>> {
    let takes_several = |case: &&Case| case.requires.is_empty() && case.allows.len() > 1;
    let several = union.cases.iter().find(takes_several)?;
    let mut alone: BTreeMap<&str, &str> = several
        .allows
        .iter()
        .map(|block| (block.as_str(), several.value.as_str()))
        .collect();
    for case in &union.cases {
        if let [block] = case.requires.as_slice() {
            alone.insert(block, &case.value);
        }
    }
    Some(Infer {
        tag: &union.tag,
        together: &several.allows,
        several: &several.value,
        alone,
    })
}

/// `NetworkChaos` is `networkChaos`, `IOChaos` is `ioChaos`.
fn key(kind: &str) -> String {
    let mut words = words(kind).into_iter();
    let mut key = words.next().unwrap_or_default();
    for word in words {
        let mut chars = word.chars();
        key.extend(chars.next().into_iter().flat_map(char::to_uppercase));
        key.push_str(chars.as_str());
    }
    key
}

#[cfg(test)]
mod tests {
    #[test]
    fn keys_are_those_of_schedules() {
        assert_eq!(super::key("NetworkChaos"), "networkChaos");
        assert_eq!(super::key("IOChaos"), "ioChaos");
        assert_eq!(super::key("JVMChaos"), "jvmChaos");
    }
}
