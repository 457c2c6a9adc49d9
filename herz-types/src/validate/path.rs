//! Paths of rules and conditions followed in a value, defaults included.

use super::object::Slots;
use super::place::Place;
use crate::scalar::Magnitude;
use crate::table::{Condition, Default, EACH, Field, FieldPath, Layer, ObjectTable, Shape, Test};
use crate::view::{Look, View};

/// The object that rules belong to.
#[derive(Clone, Copy)]
pub(super) struct Owner<'o, 'a> {
    pub(super) place: &'o Place<'o>,
    pub(super) table: &'static ObjectTable,
    pub(super) slots: &'o Slots<'a>,
}

/// What stands at the end of a path.
pub(super) struct Leaf<'l, 'a> {
    pub(super) place: &'l Place<'l>,
    /// The value; absent if there is none.
    pub(super) view: View<'a>,
    pub(super) shape: Option<&'static Shape>,
    /// Whether it must not be shown.
    pub(super) sensitive: bool,
}

impl Leaf<'_, '_> {
    /// Whether it is there, and filled if that is asked for.
    pub(super) fn is_there(&self, filled: bool) -> bool {
        self.view.is_present() && (!filled || self.view.is_filled())
    }

    /// How much the value says; none if it is malformed or no amount.
    #[allow(clippy::cast_precision_loss)] // Comparisons beyond 2^53 are not exact.
    pub(super) fn magnitude(&self) -> Option<Magnitude> {
        match (self.view, self.shape.and_then(Shape::dialect)) {
            (view, Some(dialect)) => dialect.parse(view.text()?).ok(),
            (View::Int(value), None) => Some(Magnitude::Number(value as f64)),
            (View::Float(value), None) => Some(Magnitude::Number(value)),
            _ => None,
        }
    }
}

impl Default {
    /// The value as rules see it.
    pub(crate) fn view(&self) -> View<'_> {
        self.value.as_ref().map_or(View::Generated, Look::look)
    }
}

/// The value of a field as a layer sees it.
pub(super) fn effective<'a>(field: &'static Field, view: View<'a>, layer: Layer) -> View<'a> {
    let default = || match field.default_for(layer).map(Default::view) {
        None | Some(View::Null) => View::Absent,
        Some(view) => view,
    };
    match view {
        View::Absent | View::Null => default(),
        view if field.mends_empty(layer) && !view.is_filled() => default(),
        view => view,
    }
}

/// Follows a path of a rule from its object and shows each end of it.
pub(super) fn walk<'a>(
    owner: Owner<'_, 'a>,
    path: &FieldPath,
    layer: Layer,
    visit: &mut dyn FnMut(&Leaf<'_, 'a>),
) {
    walk_steps(owner, path.0, layer, visit);
}

/// The same for the first steps of a path.
pub(super) fn walk_steps<'a>(
    owner: Owner<'_, 'a>,
    path: &'static [&'static str],
    layer: Layer,
    visit: &mut dyn FnMut(&Leaf<'_, 'a>),
) {
    let Some((name, rest)) = path.split_first() else {
        return;
    };
    let at = owner.table.position(name);
    let field = at.and_then(|at| owner.table.fields.get(at));
    let view = at
        .and_then(|at| owner.slots.get(at))
        .copied()
        .unwrap_or(View::Absent);
    let view = field.map_or(view, |field| effective(field, view, layer));
    let leaf = Leaf {
        place: &owner.place.key(name),
        view,
        shape: field.map(|field| &field.shape),
        sensitive: field.is_some_and(|field| field.sensitive),
    };
    steps(&leaf, rest, layer, visit);
}

/// Follows the rest of a path from a value.
pub(super) fn steps<'a>(
    from: &Leaf<'_, 'a>,
    path: &'static [&'static str],
    layer: Layer,
    visit: &mut dyn FnMut(&Leaf<'_, 'a>),
) {
    let Some((step, rest)) = path.split_first() else {
        visit(from);
        return;
    };
    match *step {
        name if name != EACH => {
            let place = from.place.key(name);
            let mut next = Leaf {
                place: &place,
                view: View::Absent,
                shape: None,
                sensitive: from.sensitive,
            };
            match from.view {
                View::Object(object) => {
                    let table = object.table();
                    if let Some(at) = table.position(name)
                        && let Some(field) = table.fields.get(at)
                    {
                        next.view = effective(field, object.field(at), layer);
                        next.shape = Some(&field.shape);
                        next.sensitive |= field.sensitive;
                    }
                }
                View::Map(map) => {
                    let entry = map.entries().find(|(key, _)| *key == name);
                    next.view = entry.map_or(View::Absent, |(_, view)| not_null(view));
                }
                _ => {}
            }
            steps(&next, rest, layer, visit);
        }
        _ => {
            let shape = from.shape.and_then(|shape| shape.entries);
            let sensitive = from.sensitive;
            match from.view {
                View::List(list) => {
                    for index in 0..list.len() {
                        let view = not_null(list.item(index));
                        let next = Leaf {
                            place: &from.place.item(index),
                            view,
                            shape,
                            sensitive,
                        };
                        steps(&next, rest, layer, visit);
                    }
                }
                View::Map(map) => {
                    for (key, view) in map.entries() {
                        let view = not_null(view);
                        let next = Leaf {
                            place: &from.place.key(key),
                            view,
                            shape,
                            sensitive,
                        };
                        steps(&next, rest, layer, visit);
                    }
                }
                _ => {}
            }
        }
    }
}

fn not_null(view: View<'_>) -> View<'_> {
    if matches!(view, View::Null) {
        View::Absent
    } else {
        view
    }
}

/// Whether a condition holds, as one end of its path after the other comes in.
struct Verdict {
    test: &'static Test,
    hit: bool,
}

impl Verdict {
    fn see(&mut self, view: View<'_>) {
        self.hit |= view.is_present()
            && match self.test {
                Test::In(literals) | Test::NotIn(literals) => {
                    literals.iter().any(|one| view.equals(one))
                }
                Test::Present | Test::Absent => true,
                Test::Filled | Test::Empty => view.is_filled(),
            };
    }

    fn holds(&self) -> bool {
        match self.test {
            Test::In(_) | Test::Present | Test::Filled => self.hit,
            Test::NotIn(_) | Test::Absent | Test::Empty => !self.hit,
        }
    }
}

/// Whether all conditions of a rule hold.
pub(super) fn applies(owner: Owner<'_, '_>, when: &'static [Condition], layer: Layer) -> bool {
    when.iter().all(|condition| {
        let mut verdict = Verdict {
            test: &condition.test,
            hit: false,
        };
        walk(owner, &condition.field, layer, &mut |leaf| {
            verdict.see(leaf.view);
        });
        verdict.holds()
    })
}

/// Whether all conditions hold for one value; their paths start at it.
pub(super) fn fulfils(leaf: &Leaf<'_, '_>, when: &'static [Condition], layer: Layer) -> bool {
    when.iter().all(|condition| {
        let mut verdict = Verdict {
            test: &condition.test,
            hit: false,
        };
        steps(leaf, condition.field.0, layer, &mut |leaf| {
            verdict.see(leaf.view);
        });
        verdict.holds()
    })
}
