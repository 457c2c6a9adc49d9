//! Lists: items, tuples, uniqueness, how they merge.

use super::types::Shared;
use super::{Comparison, Pair, Raw};
use crate::breaking::model::Types;

impl Comparison<'_> {
    pub(super) fn lists(&mut self, pair: &Pair<'_>, shared: Shared) {
        if !shared.compares(Types::ARRAY) {
            return;
        }
        let (old, new) = (pair.old, pair.new);
        let path = format!("{}[]", pair.path);
        match (old.items, new.items) {
            (Some(a), Some(b)) => self.walk(a, b, pair.direction, &path),
            (None, Some(id)) if old.tuple.is_empty() && !shared.changed => {
                let what = self.new.get(self.new.target(id)).value_types();
                if what.describe() != "anything" {
                    let message = format!("items were anything, now {}", what.describe());
                    let raw = Raw::new("type-narrowed", &path, pair.direction, message);
                    self.emit(raw.old(old.span).new_at(new.at("items")));
                }
            }
            (Some(id), None) if new.tuple.is_empty() && !shared.changed => {
                let what = self.old.get(self.old.target(id)).value_types();
                if what.describe() != "anything" {
                    let message = format!("items were {}, now anything", what.describe());
                    let raw = Raw::new("type-widened", &path, pair.direction, message);
                    self.emit(raw.old(old.at("items")).new_at(new.span));
                }
            }
            _ => {}
        }
        self.tuples(pair);
        if !old.unique && new.unique {
            self.emit(pair.raw("unique-items-added", "uniqueItems", "items must differ now"));
        } else if old.unique && !new.unique {
            self.emit(pair.raw(
                "unique-items-removed",
                "uniqueItems",
                "items may be equal now",
            ));
        }
        if old.list_type != new.list_type {
            let text = |it: &Option<String>| it.clone().unwrap_or_else(|| "atomic".into());
            let message = format!(
                "server-side apply merged it as {}, now as {}",
                text(&old.list_type),
                text(&new.list_type)
            );
            self.emit(pair.raw("list-type-changed", "x-kubernetes-list-type", message));
        } else if old.list_map_keys != new.list_map_keys {
            let message = format!(
                "items were keyed by {}, now by {}",
                old.list_map_keys.join(", "),
                new.list_map_keys.join(", ")
            );
            self.emit(pair.raw(
                "list-map-keys-changed",
                "x-kubernetes-list-map-keys",
                message,
            ));
        }
    }

    fn tuples(&mut self, pair: &Pair<'_>) {
        let (old, new) = (&pair.old.tuple, &pair.new.tuple);
        for (at, (a, b)) in old.iter().zip(new).enumerate() {
            self.walk(*a, *b, pair.direction, &format!("{}[{at}]", pair.path));
        }
        if old.len() < new.len() {
            let message = format!(
                "{} items have a schema, there were {}",
                new.len(),
                old.len()
            );
            self.emit(pair.raw("tuple-item-added", "prefixItems", message));
        } else if old.len() > new.len() {
            let message = format!(
                "{} items have a schema, there were {}",
                new.len(),
                old.len()
            );
            self.emit(pair.raw("tuple-item-removed", "prefixItems", message));
        }
    }
}
