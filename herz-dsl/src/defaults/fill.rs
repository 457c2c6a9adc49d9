//! Fills an object: structure's defaults first, then admission's, then what storing does.

use super::{Generated, as_written, single, zero};
use crate::catalog::{
    Default, DefaultValue, Embedded, Field, Fill, Layer, Literal, Type, TypeBody, TypeId, Zero,
};
use crate::check::shape::{FieldShape, Shape, Shapes, Slot};
use crate::check::{normalized, written_text};
use crate::tree::{Kind, Node, Resolved};

/// Stands in defaults for the namespace of the object.
const NAMESPACE: &str = "${metadata.namespace}";

#[derive(Clone, Copy)]
pub(super) struct Filler<'f, 'c> {
    pub(super) shapes: &'f Shapes<'c>,
    pub(super) generated: Generated,
    /// Namespace of the object; empty in a spec that another one embeds.
    pub(super) namespace: &'f str,
    /// What admission leaves in specs of other kinds.
    pub(super) embedded: Embedded,
    /// Whether admission fills and rewrites here.
    pub(super) admission: bool,
}

impl<'c> Filler<'_, 'c> {
    /// The spec of a document.
    pub(super) fn spec(&self, node: Node<'_>, id: TypeId) -> Option<Literal> {
        Some(self.object(node, self.shapes.object(id)?))
    }

    fn object(&self, node: Node<'_>, shape: &Shape<'c>) -> Literal {
        let mut there = vec![false; shape.fields.len()];
        let mut out: Vec<(String, Literal)> = Vec::with_capacity(shape.fields.len());
        for entry in node.entries() {
            let any_case = || {
                let at = shape.find_any_case(entry.key.text)?;
                let exact = shape
                    .field(at)
                    .and_then(|field| node.entry(&field.field.wire));
                exact.is_none().then_some(Slot::Field(at))
            };
            let closed = !shape.object.open;
            match shape
                .find(entry.key.text)
                .or_else(|| if closed { any_case() } else { None })
            {
                Some(Slot::Field(at) | Slot::Alias(at)) => {
                    let Some(field) = shape.field(at) else {
                        continue;
                    };
                    if entry.value.is_null() && !field.field.nullable {
                        continue;
                    }
                    if let Some(there) = there.get_mut(at) {
                        *there = true;
                    }
                    let value = if entry.value.is_null() {
                        Literal::Null
                    } else {
                        self.value(entry.value, &field.field.ty, Some(field.field))
                    };
                    if let Some(value) = self.stored(value, field) {
                        out.push((field.field.wire.clone(), value));
                    }
                }
                None if shape.object.open => {
                    out.push((entry.key.text.to_owned(), as_written(entry.value)));
                }
                None => {}
            }
        }
        for (at, field) in shape.fields.iter().enumerate() {
            if there.get(at).copied().unwrap_or(false) {
                continue;
            }
            let filled = self
                .default_of(field)
                .and_then(|default| self.default(default));
            let value = match (filled, field.field.zero) {
                (Some(value), _) => self.stored(value, field),
                (None, Zero::Written) => Some(self.empty(field.field)),
                (None, _) => None,
            };
            if let Some(value) = value {
                out.push((field.field.wire.clone(), value));
            }
        }
        Literal::Map(out)
    }

    /// The default that is stored.
    fn default_of(&self, field: &FieldShape<'c>) -> Option<&'c Default> {
        field.default_for(if self.admission {
            Layer::Admission
        } else {
            Layer::Structure
        })
    }

    /// What is stored of a field's value, once admission has filled what is empty.
    fn stored(&self, value: Literal, field: &FieldShape<'c>) -> Option<Literal> {
        let mut value = value;
        if value.is_empty()
            && let Some(default) = self
                .default_of(field)
                .filter(|default| default.fill == Fill::Empty)
            && let Some(filled) = self.default(default)
        {
            value = filled;
        }
        let dropped = field.field.zero == Zero::Dropped
            && !field.field.required
            && value.is_empty()
            && !self.is_object(&field.field.ty);
        (!dropped).then_some(value)
    }

    fn is_object(&self, ty: &Type) -> bool {
        self.shapes.of_type(ty).is_some()
    }

    /// What is stored for a field that is absent, where the platform writes one.
    fn empty(&self, field: &Field) -> Literal {
        if field.nullable {
            return Literal::Null;
        }
        let mut ty = &field.ty;
        loop {
            let Type::Ref(id) = ty else { return zero(ty) };
            match self.shapes.catalog.get(*id).map(|def| &def.body) {
                // Its own fields that are always written are written too.
                Some(TypeBody::Object(_)) => return self.empty_object(*id, 0),
                Some(TypeBody::Enum(_)) => return Literal::Text(String::new()),
                Some(TypeBody::Refined(inner, _)) => ty = inner,
                None => return Literal::Null,
            }
        }
    }

    fn empty_object(&self, id: TypeId, depth: usize) -> Literal {
        let Some(shape) = self.shapes.object(id).filter(|_| depth < 16) else {
            return Literal::Map(Vec::new());
        };
        let written = shape
            .fields
            .iter()
            .filter(|field| field.field.zero == Zero::Written);
        let written = written.map(|field| {
            let value = match &field.field.ty {
                Type::Ref(id) if !field.field.nullable && self.is_object(&field.field.ty) => {
                    self.empty_object(*id, depth + 1)
                }
                _ => self.empty(field.field),
            };
            (field.field.wire.clone(), value)
        });
        Literal::Map(written.collect())
    }

    fn default(&self, default: &Default) -> Option<Literal> {
        match &default.value {
            DefaultValue::Generated(how) => match self.generated {
                Generated::Named => Some(Literal::Text(format!("<generated: {how}>"))),
                Generated::Left => None,
            },
            DefaultValue::Literal(literal) => Some(self.named(literal)),
        }
    }

    /// A literal with the namespace put in.
    fn named(&self, literal: &Literal) -> Literal {
        match literal {
            Literal::Text(text) => Literal::Text(text.replace(NAMESPACE, self.namespace)),
            Literal::List(items) => {
                Literal::List(items.iter().map(|item| self.named(item)).collect())
            }
            Literal::Map(entries) => Literal::Map(
                entries
                    .iter()
                    .map(|(key, value)| (key.clone(), self.named(value)))
                    .collect(),
            ),
            other => other.clone(),
        }
    }

    fn value(&self, node: Node<'_>, ty: &Type, field: Option<&Field>) -> Literal {
        match ty {
            Type::Ref(id) => {
                let Some(def) = self.shapes.catalog.get(*id) else {
                    return as_written(node);
                };
                match &def.body {
                    TypeBody::Object(_) if node.is_map() => {
                        let Some(shape) = self.shapes.object(*id) else {
                            return as_written(node);
                        };
                        // The spec of a kind inside another one has no namespace of its own yet.
                        let embedded = self
                            .shapes
                            .catalog
                            .kinds
                            .iter()
                            .any(|kind| kind.spec == *id);
                        let below = if embedded {
                            let admission = self.admission && self.embedded == Embedded::Filled;
                            Self {
                                namespace: "",
                                admission,
                                ..*self
                            }
                        } else {
                            *self
                        };
                        below.object(node, shape)
                    }
                    TypeBody::Refined(inner, _) => self.value(node, inner, field),
                    _ => as_written(node),
                }
            }
            Type::List(item) if node.is_list() => Literal::List(
                node.items()
                    .map(|node| self.value(node, item, field))
                    .collect(),
            ),
            Type::Map(value) if node.is_map() => {
                let entries = node
                    .entries()
                    .filter(|entry| !entry.value.is_null() || **value == Type::Any);
                let entries = entries.map(|entry| {
                    (
                        entry.key.text.to_owned(),
                        self.value(entry.value, value, field),
                    )
                });
                Literal::Map(entries.collect())
            }
            _ => match node.kind() {
                Kind::Scalar(scalar) => match (ty, scalar.resolved()) {
                    (Type::Int { .. }, resolved) => {
                        match crate::check::whole(resolved).map(i64::try_from) {
                            Some(Ok(value)) => Literal::Int(value),
                            _ => single(scalar),
                        }
                    }
                    (Type::String | Type::Scalar(_), _) if written_text(scalar).is_none() => {
                        single(scalar)
                    }
                    (Type::String | Type::Scalar(_), _) | (_, Resolved::Text) => {
                        let normalize = field
                            .filter(|_| self.admission)
                            .and_then(|field| field.normalize.as_ref());
                        Literal::Text(normalized(scalar.text, normalize).into_owned())
                    }
                    _ => single(scalar),
                },
                Kind::List(_) | Kind::Map(_) => as_written(node),
            },
        }
    }
}
