//! Who judges documents: the checker of a catalog, or the schemas of a document themselves.

use super::place::{Place, Step, ways};
use super::{candidate, mend};
use crate::breaking::compare::accepts_strictly;
use crate::breaking::level::Direction;
use crate::breaking::model::Id;
use crate::breaking::read::Side;
use crate::breaking::value::Value;
use crate::catalog::{Catalog, Targets};
use crate::check::Checker;
use crate::diagnostic::{Diagnostic, Level};
use crate::source::SourceId;
use crate::tree::{self, Limits};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A validator of one side.
pub(in crate::breaking) trait Judge {
    /// Documents that have a value where a place begins.
    fn documents(
        &self,
        place: &Place,
        value: Value,
        direction: Direction,
        side: &Side,
    ) -> Vec<Value>;

    /// A document that the side takes and that is nearly the same, if it knows one.
    fn mended(&self, document: &Value, side: &Side) -> Option<Value>;

    /// Whether the side takes a document.
    fn takes(&self, place: &Place, document: &Value, direction: Direction, side: &Side) -> bool;
}

/// The schemas of OpenAPI, CRDs and JSON Schema. A document is the value where the place begins.
pub(in crate::breaking) struct OfSchemas {
    /// Whether this is the newer side.
    pub(in crate::breaking) newer: bool,
}

impl Judge for OfSchemas {
    fn documents(&self, _: &Place, value: Value, _: Direction, _: &Side) -> Vec<Value> {
        vec![value]
    }

    fn mended(&self, _: &Value, _: &Side) -> Option<Value> {
        None
    }

    fn takes(&self, place: &Place, document: &Value, direction: Direction, side: &Side) -> bool {
        // What is written is taken by the older side, what is read by the newer one.
        let takes = self.newer == (direction == Direction::Output);
        let id = if takes {
            place.ids.takes
        } else {
            place.ids.refuses
        };
        accepts_strictly(&side.schemas, id, document, direction)
    }
}

/// The checker of a catalog. A document is a whole manifest.
pub(in crate::breaking) struct OfCatalog<'c> {
    checker: Checker<'c>,
    /// Ways from kinds to named types, each looked for once.
    ways: RefCell<BTreeMap<String, Vec<Way>>>,
}

/// A kind, and the way from its root to a schema.
#[derive(Debug, Clone)]
struct Way {
    group: String,
    kind: String,
    version: String,
    root: Id,
    steps: Vec<Step>,
}

/// Ways to one type that are tried.
const WAYS: usize = 6;
/// Documents for one value.
const DOCUMENTS: usize = 9;

impl<'c> OfCatalog<'c> {
    pub(in crate::breaking) fn new(catalog: &'c Catalog, release: &Targets) -> Self {
        Self {
            checker: Checker::new(catalog, release),
            ways: RefCell::default(),
        }
    }

    fn ways(&self, place: &Place, direction: Direction, side: &Side) -> Vec<Way> {
        let key = format!("{direction:?} {:?} {}", place.kind, place.start);
        let part = match direction {
            Direction::Input => "spec",
            Direction::Output => "status",
        };
        if let Some(known) = self.ways.borrow().get(&key) {
            return known.clone();
        }
        let target = side.schemas.target(place.ids.takes);
        let mut list = Vec::new();
        for ((group, name), kind) in &side.kinds {
            if place.kind.as_ref().is_some_and(|it| it != name) {
                continue;
            }
            for (version, it) in &kind.versions {
                let Some(root) = it.schema else { continue };
                for steps in ways(&side.schemas, root, part, target) {
                    list.push(Way {
                        group: group.clone(),
                        kind: name.clone(),
                        version: version.clone(),
                        root,
                        steps,
                    });
                }
            }
        }
        list.sort_by_key(|it| it.steps.len());
        list.truncate(WAYS);
        self.ways.borrow_mut().insert(key, list.clone());
        list
    }
}

impl Judge for OfCatalog<'_> {
    fn documents(
        &self,
        place: &Place,
        value: Value,
        direction: Direction,
        side: &Side,
    ) -> Vec<Value> {
        let mut list = Vec::new();
        let ways = self.ways(place, direction, side);
        // Some of each way.
        let share = DOCUMENTS.div_ceil(ways.len().max(1));
        for way in ways {
            let around = candidate::around(&side.schemas, way.root, &way.steps, value.clone());
            for document in around.into_iter().take(share) {
                let Value::Map(mut map) = document else {
                    continue;
                };
                let text = |text: String| Value::Text(text);
                let name = BTreeMap::from([("name".to_owned(), text("a".into()))]);
                map.insert(
                    "apiVersion".into(),
                    text(format!("{}/{}", way.group, way.version)),
                );
                map.insert("kind".into(), text(way.kind.clone()));
                map.insert("metadata".into(), Value::Map(name));
                list.push(Value::Map(map));
            }
        }
        list
    }

    fn mended(&self, document: &Value, side: &Side) -> Option<Value> {
        let Value::Map(map) = document else {
            return None;
        };
        let name = map.get("kind").and_then(Value::text)?;
        let kind = side.kinds.values().find(|it| it.name == name)?;
        let root = kind.versions.values().next()?.schema?;
        mend::mended(&side.schemas, root, document, &|document| {
            self.errors(document)
        })
    }

    fn takes(&self, _: &Place, document: &Value, _: Direction, _: &Side) -> bool {
        self.errors(document)
            .is_some_and(|errors| errors.is_empty())
    }
}

impl OfCatalog<'_> {
    /// The errors of a document. None if it can't be judged: of a kind that the side does not know.
    fn errors(&self, document: &Value) -> Option<Vec<Diagnostic>> {
        let text = document.to_json().to_string();
        let (tree, found) = tree::parse(SourceId(0), text.as_bytes(), &Limits::default());
        if found.iter().any(|it| it.level == Level::Error) {
            return None;
        }
        let mut outcome = self.checker.check_source(&tree);
        outcome.diagnostics.retain(|it| it.level == Level::Error);
        (outcome.skipped == 0).then_some(outcome.diagnostics)
    }
}
