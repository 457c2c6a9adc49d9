//! Documents followed along their types, and paths followed back to places.

use crate::catalog::{Catalog, Field, Kind, Object, Package, Type, TypeBody, TypeId};
use crate::source::Span;
use crate::tree::{Document, Entry, Node, Tree};
use semver::Version;

/// Whether a document is of a package's kinds.
pub(super) fn owns(package: &Package, root: Node<'_>) -> bool {
    let version = root.get("apiVersion").and_then(Node::text).unwrap_or("");
    version.split('/').next() == Some(package.group.as_str())
}

/// `spec.delay` and `latency` as `spec.delay.latency`.
pub(super) fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

/// What a walk along the types meets.
pub(super) trait Visit<'c, 't> {
    /// A map of an object type, before its entries.
    fn object(&mut self, _path: &str, _node: Node<'t>, _object: &'c Object) {}

    /// A value of a field, an item or an entry; the field that gives it its limits.
    fn value(&mut self, _path: &str, _node: Node<'t>, _ty: &'c Type, _field: Option<&'c Field>) {}
}

/// Walks a document along the types that its kind has in a release.
pub(super) fn walk<'c, 't>(
    catalog: &'c Catalog,
    package: &Package,
    release: &Version,
    root: Node<'t>,
    visit: &mut dyn Visit<'c, 't>,
) {
    let name = root.get("kind").and_then(Node::text).unwrap_or("");
    let Some(kind) = catalog.kind(&package.group, name) else {
        return;
    };
    let walker = Walker { catalog, release };
    for (key, id) in parts(kind) {
        if let Some(node) = root.get(key) {
            walker.named(id, key, node, None, visit);
        }
    }
}

fn parts(kind: &Kind) -> impl Iterator<Item = (&'static str, TypeId)> {
    let status = kind.status.map(|id| ("status", id));
    std::iter::once(("spec", kind.spec)).chain(status)
}

struct Walker<'c, 'r> {
    catalog: &'c Catalog,
    release: &'r Version,
}

impl<'c> Walker<'c, '_> {
    fn named<'t>(
        &self,
        id: TypeId,
        path: &str,
        node: Node<'t>,
        field: Option<&'c Field>,
        visit: &mut dyn Visit<'c, 't>,
    ) {
        let Some(def) = self.catalog.get(id) else {
            return;
        };
        match &def.body {
            TypeBody::Object(object) => {
                if !node.is_map() {
                    return;
                }
                visit.object(path, node, object);
                for Entry { key, value } in node.entries() {
                    let found = field_of(object, key.text, self.release);
                    if let Some(found) = found {
                        self.value(&found.ty, &join(path, key.text), value, Some(found), visit);
                    }
                }
            }
            TypeBody::Refined(..) | TypeBody::Enum(_) => {
                let _ = (path, field);
            }
        }
    }

    fn value<'t>(
        &self,
        ty: &'c Type,
        path: &str,
        node: Node<'t>,
        field: Option<&'c Field>,
        visit: &mut dyn Visit<'c, 't>,
    ) {
        visit.value(path, node, ty, field);
        match ty {
            Type::Ref(id) => self.named(*id, path, node, field, visit),
            Type::List(item) => {
                for (at, node) in node.items().enumerate() {
                    self.value(item, &format!("{path}[{at}]"), node, None, visit);
                }
            }
            Type::Map(item) => {
                for Entry { key, value } in node.entries() {
                    self.value(item, &join(path, key.text), value, None, visit);
                }
            }
            _ => {}
        }
    }
}

/// The field that a key means in a release.
pub(super) fn field_of<'c>(object: &'c Object, key: &str, release: &Version) -> Option<&'c Field> {
    let live = || object.fields.iter().filter(|it| it.life.covers(release));
    live()
        .find(|field| field.wire == key)
        .or_else(|| live().find(|field| field.aliases.iter().any(|it| it == key)))
}

/// A text of a document and its type.
pub(super) struct Typed<'c, 't> {
    pub(super) node: Node<'t>,
    pub(super) path: String,
    pub(super) document: u32,
    pub(super) ty: &'c Type,
    pub(super) field: Option<&'c Field>,
}

/// Every scalar of a document, with its type in a release.
pub(super) fn texts<'c, 't>(
    catalog: &'c Catalog,
    package: &Package,
    release: &Version,
    document: Document<'t>,
) -> Vec<Typed<'c, 't>> {
    struct Collect<'c, 't>(u32, Vec<Typed<'c, 't>>);
    impl<'c, 't> Visit<'c, 't> for Collect<'c, 't> {
        fn value(&mut self, path: &str, node: Node<'t>, ty: &'c Type, field: Option<&'c Field>) {
            if node.scalar().is_some() {
                self.1.push(Typed {
                    node,
                    path: path.to_owned(),
                    document: self.0,
                    ty,
                    field,
                });
            }
        }
    }
    let mut collect = Collect(document.index(), Vec::new());
    walk(catalog, package, release, document.root(), &mut collect);
    collect.1
}

/// The place of a path in a document, or of the nearest thing above it that is there.
pub(super) fn find(tree: &Tree, document: u32, path: &str) -> Option<Span> {
    let root = tree.documents().find(|it| it.index() == document)?.root();
    let mut at = root;
    let mut span = root.entries().next().map_or(root.place(), |it| it.key.span);
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(index) = rest.strip_prefix('[') {
            let (number, behind) = index.split_once(']')?;
            let item = number.parse().ok().and_then(|it: usize| at.items().nth(it));
            let Some(item) = item else { break };
            (at, rest) = (item, behind);
            span = item.entries().next().map_or(item.place(), |it| it.key.span);
        } else {
            rest = rest.trim_start_matches('.');
            // The longest key first: keys may have dots in them.
            let entry = at
                .entries()
                .filter(|entry| {
                    rest.strip_prefix(entry.key.text)
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
                })
                .max_by_key(|entry| entry.key.text.len());
            let Some(entry) = entry else { break };
            rest = rest.get(entry.key.text.len()..).unwrap_or("");
            at = entry.value;
            span = match (rest.is_empty(), at.scalar()) {
                (true, Some(_)) => at.place(),
                _ => entry.key.span,
            };
        }
    }
    Some(span)
}
