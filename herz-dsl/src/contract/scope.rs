//! Where chaos specs stand in a document: `spec` of a fault, and specs of faults inside other kinds.

use crate::catalog::{
    Condition, Field, FieldPath, Kind, Literal, Object, PathStep, Rule, RuleKind, Test, Type,
    TypeBody, TypeId,
};
use crate::check::Checker;
use crate::defaults::kind_of;
use crate::source::Span;
use crate::tree::Node;
use herz_types::{Path, Segment};
use semver::Version;

/// A chaos spec in a document.
pub(super) struct Spec<'t, 'c> {
    pub(super) node: Node<'t>,
    pub(super) path: Path,
    /// The key that it stands at.
    pub(super) key: Span,
    /// The kind of fault.
    pub(super) kind: &'c str,
    /// The platform of its package.
    pub(super) platform: &'c str,
    fault: &'c Kind,
    object: &'c Object,
    release: Version,
    /// The object around it, for a spec inside another kind.
    around: Around<'t, 'c>,
}

/// The rules of an object and the object in the document; none if there is none.
type Around<'t, 'c> = Option<(Node<'t>, &'c [Rule])>;

impl<'c> Spec<'_, 'c> {
    /// Whether specs of the kind have a field of that name.
    pub(super) fn has_field(&self, name: &str) -> bool {
        field(self.object, name, &self.release).is_some()
    }

    /// The action, if it is one that happens once and `name` is the field that would end it.
    pub(super) fn one_shot(&self, name: &str) -> Option<&'c str> {
        let lasting = self.fault.lasting.as_ref()?;
        let ends = matches!(lasting.duration.0.as_slice(), [PathStep::Field(end)] if end == name);
        let (field, values) = lasting.one_shot.as_ref().filter(|_| ends)?;
        let value = self.node.get(field)?.text()?;
        values.iter().find(|one| *one == value).map(String::as_str)
    }

    /// Whether the platform forbids the field at this place: in a workflow, the template's
    /// `deadline` takes the place of `duration`.
    pub(super) fn is_forbidden(&self, name: &str) -> bool {
        let Some(Segment::Key(key)) = self.path.0.last() else {
            return false;
        };
        let wanted = [key.as_str(), name];
        let is_here = |path: &FieldPath| {
            path.0.len() == wanted.len()
                && path
                    .0
                    .iter()
                    .zip(wanted)
                    .all(|(step, name)| matches!(step, PathStep::Field(field) if field == name))
        };
        let Some((object, rules)) = self.around else {
            return false;
        };
        rules.iter().any(|rule| {
            rule.when.iter().all(|condition| holds(condition, object))
                && rule.life.covers(&self.release)
                && matches!(&rule.kind, RuleKind::Forbids { fields, .. } if fields.iter().any(is_here))
        })
    }
}

/// The chaos specs of a document, in order of place.
pub(super) fn specs<'t, 'c>(root: Node<'t>, checker: &Checker<'c>) -> Vec<Spec<'t, 'c>> {
    let mut search = Search {
        checker,
        path: Path(Vec::new()),
        out: Vec::new(),
        release: None,
    };
    search.document(root, true);
    search.out
}

struct Search<'t, 'c, 'k> {
    checker: &'k Checker<'c>,
    path: Path,
    out: Vec<Spec<'t, 'c>>,
    /// The release of the document's platform.
    release: Option<Version>,
}

impl<'t, 'c> Search<'t, 'c, '_> {
    fn document(&mut self, root: Node<'t>, may_be_list: bool) {
        let Some(kind) = kind_of(root, self.checker) else {
            let is_list = root
                .get("kind")
                .and_then(Node::text)
                .is_some_and(|kind| kind.ends_with("List"));
            if let Some(items) = root.entry("items").filter(|_| is_list && may_be_list) {
                self.path.0.push(Segment::Key("items".to_owned()));
                for (at, item) in items.value.items().enumerate() {
                    self.path.0.push(Segment::Index(at));
                    self.document(item, false);
                    self.path.0.pop();
                }
                self.path.0.pop();
            }
            return;
        };
        let Some(spec) = root.entry("spec") else {
            return;
        };
        // Nobody writes these by hand: a controller does, and has other contracts to keep.
        if kind.structure_only {
            return;
        }
        self.release = Some(self.checker.shapes.release(kind.package).clone());
        self.path.0.push(Segment::Key("spec".to_owned()));
        self.named(kind.spec, spec.value, spec.key.span, None);
        self.path.0.pop();
    }

    fn named(&mut self, id: TypeId, node: Node<'t>, key: Span, around: Around<'t, 'c>) {
        let catalog = self.checker.catalog();
        let (Some(def), Some(release)) = (catalog.get(id), self.release.clone()) else {
            return;
        };
        let object = match &def.body {
            TypeBody::Object(object) => object,
            TypeBody::Refined(ty, _) => return self.value(ty, node, key, around),
            TypeBody::Enum(_) => return,
        };
        if !node.is_map() {
            return;
        }
        let fault = catalog
            .kinds
            .iter()
            .find(|kind| kind.spec == id && kind.lasting.is_some());
        if let Some(fault) = fault {
            let package = catalog.package(fault.package);
            self.out.push(Spec {
                node,
                path: self.path.clone(),
                key,
                kind: &fault.name,
                platform: package.map_or("", |package| &package.platform),
                fault,
                object,
                release,
                around,
            });
            return;
        }
        for entry in node.entries() {
            let Some(field) = field(object, entry.key.text, &release) else {
                continue;
            };
            self.path.0.push(Segment::Key(entry.key.text.to_owned()));
            self.value(
                &field.ty,
                entry.value,
                entry.key.span,
                Some((node, &object.rules)),
            );
            self.path.0.pop();
        }
    }

    fn value(&mut self, ty: &'c Type, node: Node<'t>, key: Span, around: Around<'t, 'c>) {
        match ty {
            Type::Ref(id) => self.named(*id, node, key, around),
            Type::List(inner) => {
                for (at, item) in node.items().enumerate() {
                    let first = item.entries().next();
                    let span = first.map_or(key, |entry| entry.key.span);
                    self.path.0.push(Segment::Index(at));
                    self.value(inner, item, span, None);
                    self.path.0.pop();
                }
            }
            Type::Map(inner) => {
                for entry in node.entries() {
                    self.path.0.push(Segment::Key(entry.key.text.to_owned()));
                    self.value(inner, entry.value, entry.key.span, None);
                    self.path.0.pop();
                }
            }
            Type::Bool
            | Type::Int { .. }
            | Type::Float64
            | Type::String
            | Type::Bytes
            | Type::Scalar(_)
            | Type::Any
            | Type::AnyObject
            | Type::IntOrString => {}
        }
    }
}

/// Whether a field of the object is one of some texts. Conditions of other forms are not looked
/// into: they count as not fulfilled, and the contract's demand stays.
fn holds(condition: &Condition, object: Node<'_>) -> bool {
    let ([PathStep::Field(field)], Test::In(values)) =
        (condition.field.0.as_slice(), &condition.test)
    else {
        return false;
    };
    let written = object.get(field).and_then(Node::text);
    written.is_some_and(|written| {
        let is_it = |value: &Literal| matches!(value, Literal::Text(text) if text == written);
        values.iter().any(is_it)
    })
}

fn field<'c>(object: &'c Object, name: &str, release: &Version) -> Option<&'c Field> {
    object
        .fields
        .iter()
        .find(|field| field.wire == name && field.life.covers(release))
}
