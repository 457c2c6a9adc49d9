"""Paths of rules: from an object down to values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .context import Place
from .magnitude import NONE, NUMBER, Magnitude
from .scalar import parse_scalar
from .table import EACH, Condition, Field, FieldPath, Layer, Shape, Table, dialect_of
from .view import ListView, MapView, ObjectView, View, is_filled, not_null, same, view_any


@dataclass(frozen=True)
class Owner:
    """The object that rules belong to."""

    place: Place | None
    table: Table
    slots: Sequence[View]


@dataclass(frozen=True)
class Leaf:
    """What stands at the end of a path."""

    place: Place | None
    view: View
    shape: Shape | None = None
    sensitive: bool = False

    def is_there(self, filled: bool) -> bool:
        return self.view is not None and (not filled or is_filled(self.view))

    def magnitude(self) -> Magnitude | None:
        """How much a value says; none if it is malformed or no amount."""
        dialect = dialect_of(self.shape)
        if dialect is not None:
            found = parse_scalar(dialect, self.view).magnitude if isinstance(self.view, str) else None
            return None if found is None or found.kind == NONE else found
        if isinstance(self.view, (int, float)) and not isinstance(self.view, bool):
            return Magnitude(NUMBER, float(self.view))
        return None


def effective(field: Field, view: View, layer: Layer) -> View:
    """The value of a field as a layer sees it."""
    if not_null(view) is None or (field.mends_empty(layer) and not is_filled(view)):
        known = field.default_for(layer)
        return None if known is None else not_null(view_any(known.value))
    return view


def walk(owner: Owner, path: FieldPath, layer: Layer) -> Iterator[Leaf]:
    """Follows a path of a rule from its object and gives each end of it."""
    if not path:
        return
    place = Place(owner.place, path[0])
    found = owner.table.find(path[0])
    leaf = Leaf(place, None)
    if found is not None:
        at, field = found
        leaf = Leaf(place, effective(field, owner.slots[at], layer), field.shape, field.sensitive)
    yield from steps(leaf, path[1:], layer)


def steps(leaf: Leaf, path: FieldPath, layer: Layer) -> Iterator[Leaf]:
    """Follows the rest of a path from a value."""
    if not path:
        yield leaf
        return
    step, rest = path[0], path[1:]
    view = leaf.view
    if step != EACH:
        yield from steps(_under(leaf, step, layer), rest, layer)
        return
    shape = None if leaf.shape is None else leaf.shape.entries
    if isinstance(view, ListView):
        for index, item in enumerate(view.items):
            yield from steps(Leaf(Place(leaf.place, index), not_null(item), shape, leaf.sensitive), rest, layer)
    elif isinstance(view, MapView):
        for key in view.keys:
            value = not_null(view.value(key))
            yield from steps(Leaf(Place(leaf.place, key), value, shape, leaf.sensitive), rest, layer)


def _under(leaf: Leaf, step: str, layer: Layer) -> Leaf:
    place = Place(leaf.place, step)
    view = leaf.view
    if isinstance(view, ObjectView):
        found = view.table.find(step)
        if found is not None:
            field = found[1]
            value = effective(field, view.field(field), layer)
            return Leaf(place, value, field.shape, leaf.sensitive or field.sensitive)
    elif isinstance(view, MapView):
        return Leaf(place, not_null(view.value(step)), None, leaf.sensitive)
    return Leaf(place, None, None, leaf.sensitive)


def _sees(condition: Condition, view: View) -> bool:
    if view is None:
        return False
    if condition.test in ("In", "NotIn"):
        return any(same(view, view_any(one)) for one in condition.values)
    return is_filled(view) if condition.test in ("Filled", "Empty") else True


def _holds(condition: Condition, ends: Iterator[Leaf]) -> bool:
    hit = any(_sees(condition, leaf.view) for leaf in ends)
    return hit == (condition.test in ("In", "Present", "Filled"))


def applies(owner: Owner, when: Sequence[Condition], layer: Layer) -> bool:
    """Whether all conditions of a rule hold."""
    return all(_holds(condition, walk(owner, condition.field, layer)) for condition in when)


def fulfils(item: Leaf, when: Sequence[Condition], layer: Layer) -> bool:
    """Whether all conditions hold for one value; their paths start at it."""
    return all(_holds(condition, steps(item, condition.field, layer)) for condition in when)


def written(object: ObjectView, path: FieldPath) -> View:
    """What is written at a path, defaults left out."""
    view: View = object
    for name in path:
        view = view.named(name) if isinstance(view, ObjectView) else None
    return view
