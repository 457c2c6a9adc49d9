//! Whether a value is filled, by its type: keys without a value say nothing.

use super::context::is_empty;
use super::names::Slot;
use super::shape::Shapes;
use crate::catalog::{Type, TypeBody};
use crate::tree::Node;

impl Shapes<'_> {
    /// Whether a value is null, an empty text, zero, false, an empty list or map, or an object of
    /// nothing but nulls: where null is no value, the platform drops its key.
    pub(super) fn is_empty(&self, node: Node<'_>, ty: Option<&Type>) -> bool {
        is_empty(node) || (node.is_map() && ty.is_some_and(|ty| self.drops_all(node, ty)))
    }

    /// Whether nothing of a map is left once nulls that are no values are dropped.
    fn drops_all(&self, node: Node<'_>, ty: &Type) -> bool {
        let nulls = || node.entries().all(|entry| entry.value.is_null());
        match ty {
            // Anything may be null.
            Type::Map(value) => !matches!(**value, Type::Any) && nulls(),
            Type::Ref(id) => match self.catalog.get(*id).map(|def| &def.body) {
                Some(TypeBody::Refined(inner, _)) => self.drops_all(node, inner),
                Some(TypeBody::Object(_)) => {
                    let shape = self.object(*id);
                    let drops = |key: &str| {
                        let shape = shape?;
                        let (Slot::Field(at) | Slot::Alias(at)) = shape.find(key)?;
                        Some(!shape.field(at)?.field.nullable)
                    };
                    nulls() && node.entries().all(|one| drops(one.key.text) == Some(true))
                }
                Some(TypeBody::Enum(_)) | None => false,
            },
            _ => false,
        }
    }
}
