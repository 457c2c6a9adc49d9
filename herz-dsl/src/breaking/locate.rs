//! Where findings about schema packages are written. A catalog has no places of its own; what stands
//! beside it since it was compiled is looked up by the path of the finding.

use super::{Finding, Report};
use crate::catalog::{Catalog, Item, Type, TypeBody, TypeDef, TypeId};
use crate::compile::Places;
use crate::source::Span;

impl Report {
    /// Says where findings are written: in the texts that the older catalog was compiled from, the newer
    /// one, or both. `package` is the one whose names have no prefix, as in
    /// [`compare_catalogs`](super::compare_catalogs). What one side lacks is told at what it would belong to.
    pub fn locate(
        &mut self,
        package: Option<&str>,
        old: Option<(&Catalog, &Places)>,
        new: Option<(&Catalog, &Places)>,
    ) {
        for finding in &mut self.findings {
            let find = |side: Option<(&Catalog, &Places)>| place(finding, package, side);
            let (old, new) = (find(old), find(new));
            finding.old = finding.old.or(old);
            finding.new = finding.new.or(new);
        }
    }
}

fn place(
    finding: &Finding,
    package: Option<&str>,
    side: Option<(&Catalog, &Places)>,
) -> Option<Span> {
    let (catalog, places) = side?;
    places.find(&item(catalog, package, finding)?)
}

/// The nearest thing of the catalog that a finding is about.
fn item(catalog: &Catalog, package: Option<&str>, finding: &Finding) -> Option<Item> {
    if let Some(rest) = finding.path.strip_prefix("schema(") {
        let (name, path) = rest.split_once(')')?;
        let (owner, name) = match name.split_once('/') {
            Some((owner, name)) => (Some(owner), name),
            None => (package, name),
        };
        let of = |def: &TypeDef| catalog.package(def.package).map(|it| it.name.as_str());
        let at = catalog
            .types
            .iter()
            .position(|def| def.name == name && (owner.is_none() || of(def) == owner))?;
        let id = TypeId(u32::try_from(at).ok()?);
        return follow(catalog, id, path);
    }
    let name = finding.kind.as_deref()?;
    let kind = catalog.kinds.iter().find(|kind| {
        let of = catalog.package(kind.package).map(|it| it.name.as_str());
        kind.name == name && (package.is_none() || of == package)
    })?;
    let (part, path) = finding
        .path
        .split_once('.')
        .unwrap_or((finding.path.as_str(), ""));
    let whole = Item::kind(catalog, kind);
    let part = match part {
        "spec" => Some(kind.spec),
        "status" => kind.status,
        _ => None,
    };
    Some(match part {
        Some(id) if !path.is_empty() => follow(catalog, id, path).unwrap_or(whole),
        _ => whole,
    })
}

/// The field that a path leads to from a type, or the last thing on the way that is there.
fn follow(catalog: &Catalog, from: TypeId, path: &str) -> Option<Item> {
    let mut def = catalog.get(from)?;
    let mut item = Item::named(catalog, def);
    for step in path.split('.') {
        // `templates[]` and `labels{}` are the values in them.
        let name = step.trim_end_matches(['[', ']', '{', '}']);
        if name.is_empty() {
            continue;
        }
        let TypeBody::Object(object) = &def.body else {
            break;
        };
        let Some(field) = object.fields.iter().find(|field| field.wire == name) else {
            return Some(Item::named(catalog, def));
        };
        item = Item::named(catalog, def).field(name);
        match named(catalog, &field.ty) {
            Some(next) => def = next,
            None => break,
        }
    }
    Some(item)
}

/// The named type of a value, lists, maps and refined types looked through.
fn named<'c>(catalog: &'c Catalog, ty: &Type) -> Option<&'c TypeDef> {
    match ty {
        Type::Ref(id) => {
            let def = catalog.get(*id)?;
            match &def.body {
                TypeBody::Refined(inner, _) => named(catalog, inner),
                TypeBody::Object(_) | TypeBody::Enum(_) => Some(def),
            }
        }
        Type::List(inner) | Type::Map(inner) => named(catalog, inner),
        _ => None,
    }
}
