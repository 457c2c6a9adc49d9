//! Entries that a server tells apart when it merges a list: by their keys, or as a whole.

use super::constraint::{Key, key};
use super::context::{Context, Flags};
use super::path::{Value, effective};
use super::report::{At, Frame, finding};
use super::shape::{Shape, level};
use crate::catalog::{Layer, Literal, Type};
use crate::diagnostic::Level;
use crate::tree::Node;
use herz_types::codes;
use herz_types::message;
use std::collections::BTreeMap;
use std::iter;

impl<'t, 'k: 't, 'c: 't> Context<'k, 'c> {
    /// Judges a list whose entries differ in these fields together; without fields, as a whole.
    pub(super) fn told_apart(
        &mut self,
        frame: &Frame<'t>,
        list: Node<'t>,
        ty: &'t Type,
        by: &'t [String],
        flags: Flags,
    ) {
        if !list.is_list() {
            return;
        }
        let shapes = &self.checker.shapes;
        let shape = shapes.item_type(ty).and_then(|ty| shapes.of_type(ty));
        let level = level(Level::Error, Layer::Structure, flags.advice);
        let mut seen: BTreeMap<Vec<Key<'t>>, (usize, Node<'t>)> = BTreeMap::new();
        for (index, item) in list.items().enumerate() {
            let Some((keys, shown)) = self.identity(item, shape, by) else {
                continue;
            };
            let Some((first, node)) = seen.get(&keys).copied() else {
                seen.insert(keys, (index, item));
                continue;
            };
            let shown = shown.as_deref().and_then(|text| flags.show(text));
            let found = finding(
                &frame.item(index, item),
                At::Value,
                codes::DUPLICATE_ITEM,
                level,
                message::duplicate_item(shown, first),
            );
            self.push(found.related(node.place(), "first here"));
        }
    }

    /// What an entry is told apart by, and how messages show it. None: a key is absent, which is reported as that.
    fn identity(
        &self,
        item: Node<'t>,
        shape: Option<&'t Shape<'c>>,
        by: &'t [String],
    ) -> Option<(Vec<Key<'t>>, Option<String>)> {
        if by.is_empty() {
            let shown = item.scalar().map(|scalar| scalar.text.to_owned());
            return Some((vec![key(item)], shown));
        }
        let (mut keys, mut shown) = (Vec::new(), Some(Vec::new()));
        for name in by {
            let field = shape.and_then(|shape| shape.field_named(name));
            let former = field.map_or(&[][..], |field| &field.field.aliases);
            let node = iter::once(name)
                .chain(former)
                .find_map(|name| item.get(name));
            let value = effective(&self.checker.shapes, field, node, Layer::Structure)?;
            keys.push(match value {
                Value::Node(node) => key(node),
                Value::Literal(Literal::Text(text)) => Key::Text(text),
                Value::Literal(_) => Key::Other(value.shown()?.into_owned()),
                Value::Generated => return None,
            });
            let hidden = field.is_some_and(|field| field.field.sensitive);
            let text = value.shown().filter(|_| !hidden);
            shown = shown.zip(text).map(|(mut all, text)| {
                all.push(format!("{name}: {text}"));
                all
            });
        }
        Some((keys, shown.map(|all| all.join(", "))))
    }
}
