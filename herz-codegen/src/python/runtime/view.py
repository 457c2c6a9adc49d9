"""Values as the validator sees them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias, cast

from .number import float_json, float_text, is_int64, number_of, plain_float
from .shape import ANY, Type
from .table import GENERATED, Field, Table

View: TypeAlias = object
"""
`None` (the key is not there), `NULL`, bool, int, float, str, `ListView`, `MapView`, `ObjectView`, or
`GENERATED`.
"""


class Null:
    """The view of null."""


NULL = Null()


class Missing:
    """What stands under a key that is not there."""


MISSING = Missing()


class ListView:
    """A list of whatever."""

    def __init__(self, items: Sequence[View]) -> None:
        self.items = items

    def __len__(self) -> int:
        return len(self.items)


class MapView:
    """A map with text keys, in ascending order."""

    def __init__(self, entries: Mapping[str, object], of: Type) -> None:
        self.keys = sorted(entries)
        self._entries = entries
        self._of = of

    def __len__(self) -> int:
        return len(self.keys)

    def value(self, key: str) -> View:
        return view_of(self._of, self._entries.get(key, MISSING))


class ObjectView:
    """An object of a named type."""

    def __init__(self, table: Table, entries: Mapping[str, object]) -> None:
        self.table = table
        self.entries = entries

    def field(self, field: Field) -> View:
        return view_of(field.type, self.entries.get(field.wire, MISSING))

    def named(self, wire: str) -> View:
        found = self.table.find(wire)
        return None if found is None else self.field(found[1])

    def others(self) -> list[str]:
        """The keys that the schema does not know, in ascending order."""
        return sorted(key for key in self.entries if self.table.find(key) is None)


def entries_of(value: object) -> Mapping[str, object] | None:
    """A value as the entries of an object, if it is one."""
    return cast("dict[str, object]", value) if isinstance(value, dict) else None


def items_of(value: object) -> Sequence[object] | None:
    """A value as the items of a list, if it is one."""
    return cast("Sequence[object]", value) if isinstance(value, (list, tuple)) else None


def view_of(of: Type, value: object) -> View:
    """The view of a value of a type."""
    if value is None:
        return NULL
    if isinstance(value, (bool, str)):
        return value
    number = number_of(value)
    if number is not None:
        return plain_float(number) if of.kind == "float" and isinstance(number, float) else number
    items = items_of(value)
    if items is not None:
        inner = of.of or ANY
        return ListView([view_of(inner, item) for item in items])
    entries = entries_of(value)
    if entries is None:
        return None
    if of.model is not None:
        return ObjectView(of.model().HERZ.table, entries)
    return MapView(entries, of.of or ANY)


def view_any(value: object) -> View:
    """The view of a value of any type."""
    return GENERATED if value is GENERATED else view_of(ANY, value)


def not_null(view: View) -> View:
    return None if view is NULL else view


def is_filled(view: View) -> bool:
    if view is None or view is NULL:
        return False
    if isinstance(view, (bool, int, float, str)):
        return view not in (False, 0, "")
    if isinstance(view, (ListView, MapView)):
        return len(view) > 0
    return len(view.entries) > 0 if isinstance(view, ObjectView) else True


def same(a: View, b: View) -> bool:
    """Whether two values are the same: numbers by value, objects by their fields."""
    if a is GENERATED or b is GENERATED:
        return False
    if type(a) is int and type(b) is float:
        return is_int64(a) and float(a) == b
    if type(a) is float and type(b) is int:
        return is_int64(b) and a == float(b)
    if isinstance(a, (ListView, MapView, ObjectView)) and isinstance(b, (ListView, MapView, ObjectView)):
        return identity(a) == identity(b)
    return type(a) is type(b) and a == b


def _entries(keys: Sequence[str], value: Callable[[str], View]) -> str:
    return "{" + ",".join(f"{json.dumps(key)}:{identity(value(key))}" for key in keys) + "}"


def identity(view: View) -> str:
    """A text that is the same for equal values and different for different ones."""
    if isinstance(view, ListView):
        return "[" + ",".join(identity(item) for item in view.items) + "]"
    if isinstance(view, MapView):
        return _entries(view.keys, view.value)
    if isinstance(view, ObjectView):
        of = view

        def value(key: str) -> View:
            return view_any(of.entries[key]) if of.table.find(key) is None else of.named(key)

        return _entries(sorted(of.entries), value)
    if isinstance(view, bool):
        return "true" if view else "false"
    if isinstance(view, str):
        return json.dumps(view)
    if isinstance(view, float):
        return float_json(view)
    return "" if view is None else str(view) if isinstance(view, int) else "null"


def shown_view(view: View) -> str | None:
    """A single value as messages show it; none for lists and objects."""
    if isinstance(view, bool):
        return "true" if view else "false"
    if isinstance(view, float):
        return float_text(view)
    return str(view) if isinstance(view, (int, str)) else None
