//! Who judges documents: the checker of a catalog, or the schemas of a document themselves.

use super::candidate;
use super::place::{Place, Step, ways};
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
use herz_types::codes::{self, Code};
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

    /// Ways to where a place begins, from the roots of documents. None if it does not say where faults are.
    fn ways(&self, place: &Place, direction: Direction, side: &Side) -> Option<Vec<Way>>;

    /// The faults of a document. None if it can't be judged: of a kind that the side does not know.
    fn faults(&self, document: &Value) -> Option<Vec<Fault>>;

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

    fn ways(&self, _: &Place, _: Direction, _: &Side) -> Option<Vec<Way>> {
        None
    }

    fn faults(&self, _: &Value) -> Option<Vec<Fault>> {
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

/// What a validator does not take.
#[derive(Debug, Clone)]
pub(in crate::breaking) struct Fault {
    /// Where, as findings in documents write it.
    pub(super) path: String,
    code: Code,
}

impl Fault {
    /// Whether a rule across fields finds it, which speaks of more than the value there.
    pub(super) fn is_of_rule(&self) -> bool {
        self.code.as_str().starts_with("HZ02")
    }

    /// Whether a rule of the object around the value there finds it. Some rules speak of their object; all others
    /// point at a field of it.
    pub(super) fn is_of_rule_around(&self) -> bool {
        let own = [
            codes::EXACTLY_ONE_OF,
            codes::AT_LEAST_ONE_OF,
            codes::CEL,
            codes::NO_END,
        ];
        self.is_of_rule() && !own.contains(&self.code)
    }
}

/// A kind, and the way from its root to a schema.
#[derive(Debug, Clone)]
pub(in crate::breaking) struct Way {
    group: String,
    kind: String,
    version: String,
    pub(super) root: Id,
    pub(super) steps: Vec<Step>,
}

impl Way {
    /// A document of the kind that has these parts.
    pub(super) fn document(&self, parts: Value) -> Value {
        let text = |text: String| Value::Text(text);
        let name = BTreeMap::from([("name".to_owned(), text("a".into()))]);
        let mut map = match parts {
            Value::Map(map) => map,
            _ => BTreeMap::new(),
        };
        map.insert(
            "apiVersion".into(),
            text(format!("{}/{}", self.group, self.version)),
        );
        map.insert("kind".into(), text(self.kind.clone()));
        map.insert("metadata".into(), Value::Map(name));
        Value::Map(map)
    }
}

/// Ways to one type that are tried.
pub(super) const WAYS: usize = 6;
/// Documents for one value.
const DOCUMENTS: usize = 9;

impl<'c> OfCatalog<'c> {
    pub(in crate::breaking) fn new(catalog: &'c Catalog, release: &Targets) -> Self {
        Self {
            checker: Checker::new(catalog, release),
            ways: RefCell::default(),
        }
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
        let ways = self.ways(place, direction, side).unwrap_or_default();
        // Some of each way.
        let share = DOCUMENTS.div_ceil(ways.len().max(1));
        for way in ways {
            let around = candidate::around(&side.schemas, way.root, &way.steps, value.clone());
            list.extend(around.into_iter().take(share).map(|it| way.document(it)));
        }
        list
    }

    fn ways(&self, place: &Place, direction: Direction, side: &Side) -> Option<Vec<Way>> {
        let key = format!("{direction:?} {:?} {}", place.kind, place.start);
        let part = match direction {
            Direction::Input => "spec",
            Direction::Output => "status",
        };
        if let Some(known) = self.ways.borrow().get(&key) {
            return Some(known.clone());
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
        Some(list)
    }

    fn faults(&self, document: &Value) -> Option<Vec<Fault>> {
        let text = document.to_json().to_string();
        let (tree, found) = tree::parse(SourceId(0), text.as_bytes(), &Limits::default());
        if found.iter().any(|it| it.level == Level::Error) {
            return None;
        }
        let outcome = self.checker.check_source(&tree);
        let errors = outcome.diagnostics.into_iter();
        let errors = errors.filter(|it| it.level == Level::Error);
        let fault = |it: Diagnostic| Fault {
            path: it.path.unwrap_or_default(),
            code: it.code,
        };
        (outcome.skipped == 0).then(|| errors.map(fault).collect())
    }

    fn takes(&self, _: &Place, document: &Value, _: Direction, _: &Side) -> bool {
        self.faults(document)
            .is_some_and(|faults| faults.is_empty())
    }
}
