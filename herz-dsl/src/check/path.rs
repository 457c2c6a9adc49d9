//! Paths of rules and conditions followed in a document, defaults included.

use super::context::Slots;
use super::report::Frame;
use super::shape::{FieldShape, PathShape, Shape, Shapes, literal};
use super::text::written_text;
use crate::catalog::{Kind as CatalogKind, Layer, Literal, PathStep, Type, TypeBody};
use crate::digest::same;
use crate::tree::{Node, Resolved, Scalar};
use herz_types::scalar::{Dialect, Magnitude};
use std::borrow::Cow;

/// A value that rules look at: written, or filled in.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'t> {
    /// As written.
    Node(Node<'t>),
    /// A default.
    Literal(&'t Literal),
    /// A default that is made up at creation.
    Generated,
}

/// The object that rules belong to.
pub(super) struct View<'v, 't, 'c> {
    /// Its type; none for a whole document.
    pub(super) shape: Option<&'t Shape<'c>>,
    /// For a whole document: its kind.
    pub(super) kind: Option<&'c CatalogKind>,
    /// The object.
    pub(super) node: Node<'t>,
    /// Its fields by number.
    pub(super) slots: &'v Slots<'t>,
}

/// A place that a path leads to, or past.
#[derive(Clone, Copy)]
pub(super) struct Leaf<'l, 't> {
    pub(super) frame: &'l Frame<'l>,
    /// The value; none: it is absent.
    pub(super) value: Option<Value<'t>>,
    pub(super) ty: Option<&'t Type>,
    /// Whether it must not be shown.
    pub(super) sensitive: bool,
}

impl<'t> Value<'t> {
    /// Whether it is filled, as a value of a type.
    pub(super) fn is_filled(self, shapes: &Shapes<'_>, ty: Option<&Type>) -> bool {
        match self {
            Self::Node(node) => !shapes.is_empty(node, ty),
            Self::Literal(literal) => !literal.is_empty(),
            Self::Generated => true,
        }
    }

    /// The text, if it is one.
    pub(super) fn text(self) -> Option<&'t str> {
        match self {
            Self::Node(node) => node.scalar().and_then(written_text),
            Self::Literal(Literal::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// How messages show it; lists and maps are not shown.
    pub(super) fn shown(self) -> Option<Cow<'t, str>> {
        match self {
            Self::Node(node) => node.scalar().map(|scalar| Cow::Borrowed(scalar.text)),
            Self::Literal(Literal::Text(text)) => Some(Cow::Borrowed(text)),
            Self::Literal(Literal::Int(value)) => Some(Cow::Owned(value.to_string())),
            Self::Literal(Literal::Float(value)) => Some(Cow::Owned(value.to_string())),
            Self::Literal(Literal::Bool(value)) => Some(Cow::Owned(value.to_string())),
            _ => None,
        }
    }

    /// Whether it is one of these values.
    pub(super) fn is_one_of(self, literals: &[Literal]) -> bool {
        match self {
            Self::Generated => false,
            Self::Literal(own) => literals.contains(own),
            Self::Node(node) => {
                let Some(scalar) = node.scalar() else {
                    return false;
                };
                literals.iter().any(|literal| equals(scalar, literal))
            }
        }
    }
}

/// Whether what is written is that value.
fn equals(scalar: Scalar<'_>, literal: &Literal) -> bool {
    // Most conditions are about a tag: its text is compared before it is read.
    if let Literal::Text(text) = literal {
        return same(scalar.text, text) && scalar.resolved() == Resolved::Text;
    }
    match (literal, scalar.resolved()) {
        (Literal::Bool(a), Resolved::Bool(b)) => *a == b,
        (Literal::Int(a), Resolved::Int(b)) => *a == b,
        #[allow(clippy::cast_precision_loss, clippy::float_cmp)]
        // As written: 1 and 1.0 agree.
        (Literal::Int(a), Resolved::Float(b)) => *a as f64 == b,
        #[allow(clippy::float_cmp)]
        (Literal::Float(a), Resolved::Float(b)) => *a == b,
        #[allow(clippy::cast_precision_loss, clippy::float_cmp)]
        (Literal::Float(a), Resolved::Int(b)) => *a == b as f64,
        (Literal::Null, Resolved::Null) => true,
        _ => false,
    }
}

impl Leaf<'_, '_> {
    /// Whether it is there, and filled if that is asked for.
    pub(super) fn is_there(&self, shapes: &Shapes<'_>, filled: bool) -> bool {
        self.value
            .is_some_and(|value| !filled || value.is_filled(shapes, self.ty))
    }
}

impl<'t, 'c> View<'_, 't, 'c> {
    /// Whether a path leads to a field of this object itself, so that it need not be followed.
    pub(super) fn is_direct(&self, path: &PathShape<'_>) -> bool {
        path.single && self.shape.is_some()
    }

    /// The value at such a path, and its type.
    pub(super) fn direct(
        &self,
        shapes: &Shapes<'_>,
        path: &PathShape<'_>,
        layer: Layer,
    ) -> Option<(Value<'t>, Option<&'t Type>)>
    where
        'c: 't,
    {
        let at = path.first?;
        let field = self.shape.and_then(|shape| shape.field(at));
        let value = effective(shapes, field, self.slots.value(at), layer)?;
        Some((value, field.map(|field| &field.field.ty)))
    }

    /// Whether something is at such a path, filled if that is asked for.
    pub(super) fn has(
        &self,
        shapes: &Shapes<'_>,
        path: &PathShape<'_>,
        layer: Layer,
        filled: bool,
    ) -> bool
    where
        'c: 't,
    {
        self.direct(shapes, path, layer)
            .is_some_and(|(value, ty)| !filled || value.is_filled(shapes, ty))
    }
}

/// The value of a field as a layer sees it.
pub(super) fn effective<'t>(
    shapes: &Shapes<'_>,
    field: Option<&FieldShape<'t>>,
    node: Option<Node<'t>>,
    layer: Layer,
) -> Option<Value<'t>> {
    let default = || {
        let default = field?.default_for(layer)?;
        match literal(default) {
            Some(Literal::Null) => None,
            Some(literal) => Some(Value::Literal(literal)),
            None => Some(Value::Generated),
        }
    };
    match node {
        Some(node)
            if field.is_some_and(|field| {
                field.mends_empty(layer) && shapes.is_empty(node, Some(&field.field.ty))
            }) =>
        {
            default()
        }
        Some(node) => Some(Value::Node(node)),
        None => default(),
    }
}

impl<'c> Shapes<'c> {
    /// Follows a path of a rule from its object and shows each end of it.
    pub(super) fn walk<'t>(
        &'t self,
        frame: &Frame<'_>,
        view: &View<'_, 't, 'c>,
        path: &PathShape<'c>,
        layer: Layer,
        visit: &mut dyn FnMut(&Leaf<'_, 't>),
    ) where
        'c: 't,
    {
        let Some((_, rest)) = path.path.0.split_first() else {
            return;
        };
        self.walk_part(frame, view, path, rest, layer, visit);
    }

    /// Follows the first step of a path and then `rest`.
    pub(super) fn walk_part<'t>(
        &'t self,
        frame: &Frame<'_>,
        view: &View<'_, 't, 'c>,
        path: &PathShape<'c>,
        rest: &'c [PathStep],
        layer: Layer,
        visit: &mut dyn FnMut(&Leaf<'_, 't>),
    ) where
        'c: 't,
    {
        let Some(PathStep::Field(name)) = path.path.0.first() else {
            return;
        };
        let entry = path.first.and_then(|at| view.slots.get(at));
        let field = path
            .first
            .and_then(|at| view.shape.and_then(|shape| shape.field(at)));
        let value = effective(self, field, entry.map(|entry| entry.value), layer);
        let ty = match (view.kind, path.first) {
            (Some(kind), Some(at)) => self.document_type(kind, at),
            _ => field.map(|field| &field.field.ty),
        };
        // A key in other letter case is told as the field that it is meant to be.
        let meant = |text: &str| text != name && text.eq_ignore_ascii_case(name);
        let frame = match entry.filter(|entry| !meant(entry.key.text)) {
            Some(entry) => frame.entry(entry),
            None => frame.missing(name),
        };
        let from = Leaf {
            frame: &frame,
            value,
            ty,
            sensitive: field.is_some_and(|field| field.field.sensitive),
        };
        self.steps(from, rest, layer, visit);
    }

    /// The object type of a document's part: of its spec and its status.
    fn document_type(&self, kind: &CatalogKind, at: usize) -> Option<&Type> {
        let id = match at {
            3 => kind.spec,
            4 => kind.status?,
            _ => return None,
        };
        self.reference(id)
    }

    /// Follows the rest of a path from a place.
    pub(super) fn steps<'t>(
        &'t self,
        from: Leaf<'_, 't>,
        steps: &'c [PathStep],
        layer: Layer,
        visit: &mut dyn FnMut(&Leaf<'_, 't>),
    ) where
        'c: 't,
    {
        match steps.split_first() {
            None => visit(&from),
            Some((PathStep::Field(name), rest)) => self.field_step(from, name, rest, layer, visit),
            Some((PathStep::Each, rest)) => self.each_step(from, rest, layer, visit),
        }
    }

    /// Goes on into a field.
    fn field_step<'t>(
        &'t self,
        from: Leaf<'_, 't>,
        name: &'c str,
        rest: &'c [PathStep],
        layer: Layer,
        visit: &mut dyn FnMut(&Leaf<'_, 't>),
    ) where
        'c: 't,
    {
        let field = from
            .ty
            .and_then(|ty| self.of_type(ty))
            .and_then(|shape| shape.field_named(name));
        let mut frame = from.frame.missing(name);
        let value = match from.value {
            Some(Value::Node(node)) => {
                let entry = node.entry(name).filter(|entry| !entry.value.is_null());
                if let Some(entry) = entry {
                    frame = from.frame.entry(entry);
                }
                node.is_map()
                    .then(|| effective(self, field, entry.map(|entry| entry.value), layer))
                    .flatten()
            }
            Some(Value::Literal(Literal::Map(entries))) => entries
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| Value::Literal(value)),
            _ => None,
        };
        let inner = Leaf {
            frame: &frame,
            value,
            ty: field.map(|field| &field.field.ty),
            sensitive: from.sensitive || field.is_some_and(|field| field.field.sensitive),
        };
        self.steps(inner, rest, layer, visit);
    }

    /// Goes on into each item of a list, or each value of a map.
    fn each_step<'t>(
        &'t self,
        from: Leaf<'_, 't>,
        rest: &'c [PathStep],
        layer: Layer,
        visit: &mut dyn FnMut(&Leaf<'_, 't>),
    ) where
        'c: 't,
    {
        let ty = from.ty.and_then(|ty| self.item_type(ty));
        let mut go = |frame: &Frame<'_>, value: Option<Value<'t>>| {
            let inner = Leaf {
                frame,
                value,
                ty,
                sensitive: from.sensitive,
            };
            self.steps(inner, rest, layer, visit);
        };
        let written = |node: Node<'t>| (!node.is_null()).then_some(Value::Node(node));
        match from.value {
            Some(Value::Node(node)) if node.is_list() => {
                for (index, item) in node.items().enumerate() {
                    go(&from.frame.item(index, item), written(item));
                }
            }
            Some(Value::Node(node)) => {
                for entry in node.entries() {
                    go(&from.frame.entry(entry), written(entry.value));
                }
            }
            Some(Value::Literal(Literal::List(items))) => {
                for item in items {
                    go(from.frame, Some(Value::Literal(item)));
                }
            }
            _ => {}
        }
    }

    /// The type of a list's items or a map's values, refined types looked through.
    pub(super) fn item_type<'t>(&self, ty: &'t Type) -> Option<&'t Type>
    where
        'c: 't,
    {
        match ty {
            Type::List(inner) | Type::Map(inner) => Some(inner),
            Type::Ref(id) => match &self.catalog.get(*id)?.body {
                TypeBody::Refined(inner, _) => self.item_type(inner),
                _ => None,
            },
            _ => None,
        }
    }

    /// The dialect of a text's type.
    pub(super) fn dialect(&self, ty: &Type) -> Option<Dialect> {
        match ty {
            Type::Scalar(one) => Some(one.dialect),
            Type::Ref(id) => match &self.catalog.get(*id)?.body {
                TypeBody::Refined(inner, _) => self.dialect(inner),
                _ => None,
            },
            _ => None,
        }
    }

    /// How much a value says; none if it is malformed or no amount.
    pub(super) fn magnitude(&self, value: Value<'_>, ty: Option<&Type>) -> Option<Magnitude> {
        if let Some(dialect) = ty.and_then(|ty| self.dialect(ty)) {
            return dialect.parse(value.text()?).ok();
        }
        #[allow(clippy::cast_precision_loss)] // Comparisons of numbers beyond 2^53 are not exact.
        match value {
            Value::Node(node) => super::number::number(node.resolved()).map(Magnitude::Number),
            Value::Literal(Literal::Int(value)) => Some(Magnitude::Number(*value as f64)),
            Value::Literal(Literal::Float(value)) => Some(Magnitude::Number(*value)),
            _ => None,
        }
    }
}
