"""
What CEL rules in generated code are made of. Whole numbers (also nanoseconds) are int, other numbers are
float. `None` is «no value»: a field is absent, a text is malformed, a number does not fit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TypeAlias

from .dialects import Dialect
from .magnitude import NANOSECONDS, Magnitude
from .number import EXACT, is_int64, to_float
from .regex import matches
from .scalar import parse_scalar
from .table import GENERATED, Field
from .view import ListView, MapView, ObjectView, View, not_null, same, view_any

Test: TypeAlias = Callable[[View], View]


def cel_field(of: View, wire: str) -> View:
    """A field of an object, with what the structure fills in for an absent key."""
    found = of.table.find(wire) if isinstance(of, ObjectView) else None
    if not isinstance(of, ObjectView) or found is None:
        return None
    field = found[1]
    view = not_null(of.field(field))
    if view is not None or field.nullable:
        return view
    filled = _filled_in(field)
    # `${` stands for what only the document knows.
    return None if isinstance(filled, str) and "${" in filled else filled


def _filled_in(field: Field) -> View:
    """What the structure fills in for an absent key."""
    known = field.default
    if known is None or not field.fills_in or known.value is GENERATED:
        return None
    return not_null(view_any(known.value))


def cel_has(of: View, wire: str) -> View:
    """Whether an object has a field."""
    if not isinstance(of, ObjectView):
        return None
    found = of.table.find(wire)
    if found is None:
        return False
    return _filled_in(found[1]) is not None or not_null(of.field(found[1])) is not None


def _fitting(value: int) -> int | None:
    return value if is_int64(value) else None


def cel_int(of: View) -> View:
    """A whole number of 64 bits."""
    if type(of) is int:
        return _fitting(of)
    return int(of) if type(of) is float and of.is_integer() and abs(of) < EXACT else None


def cel_float(of: View) -> View:
    """A number."""
    return to_float(of) if type(of) is int else of if type(of) is float else None


def cel_and(a: View, b: View) -> View:
    """False as soon as one side is."""
    if a is False or b is False:
        return False
    return None if a is None else b


def cel_or(a: View, b: View) -> View:
    """True as soon as one side is."""
    if a is True or b is True:
        return True
    return None if a is None else b


def cel_not(a: View) -> View:
    return not a if isinstance(a, bool) else None


def cel_if(condition: View, yes: View, no: View) -> View:
    return (yes if condition else no) if isinstance(condition, bool) else None


def cel_equal(a: View, b: View) -> View:
    if a is None or b is None:
        return None
    if isinstance(a, ListView) and isinstance(b, ListView):
        return len(a) == len(b) and all(cel_equal(x, y) is True for x, y in zip(a.items, b.items))
    return same(a, b)


def cel_not_equal(a: View, b: View) -> View:
    return cel_not(cel_equal(a, b))


def _less(a: View, b: View, equal: bool) -> View:
    if isinstance(a, str) and isinstance(b, str):
        return a < b or (equal and a == b)
    if type(a) is not type(b):
        return None
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return a < b or (equal and a == b)
    return None


def cel_less(a: View, b: View) -> View:
    return _less(a, b, False)


def cel_less_or_equal(a: View, b: View) -> View:
    return _less(a, b, True)


def cel_greater(a: View, b: View) -> View:
    return _less(b, a, False)


def cel_greater_or_equal(a: View, b: View) -> View:
    return _less(b, a, True)


def cel_add(a: View, b: View) -> View:
    """Numbers, texts or lists."""
    if isinstance(a, str) and isinstance(b, str):
        return a + b
    if isinstance(a, ListView) and isinstance(b, ListView):
        return ListView([*a.items, *b.items])
    if type(a) is int and type(b) is int:
        return _fitting(a + b)
    return a + b if type(a) is float and type(b) is float else None


def cel_subtract(a: View, b: View) -> View:
    if type(a) is int and type(b) is int:
        return _fitting(a - b)
    return a - b if type(a) is float and type(b) is float else None


def cel_multiply(a: View, b: View) -> View:
    if type(a) is int and type(b) is int:
        return _fitting(a * b)
    return a * b if type(a) is float and type(b) is float else None


def _quotient(a: int, b: int) -> int:
    """Rounded towards 0."""
    return abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)


def cel_divide(a: View, b: View) -> View:
    if type(a) is int and type(b) is int:
        return None if b == 0 else _fitting(_quotient(a, b))
    if type(a) is not float or type(b) is not float:
        return None
    if b == 0:
        sign = math.copysign(1, a) * math.copysign(1, b)
        return math.nan if a == 0 or math.isnan(a) else math.copysign(math.inf, sign)
    return a / b


def cel_remainder(a: View, b: View) -> View:
    if type(a) is not int or type(b) is not int or b == 0:
        return None
    quotient = _quotient(a, b)
    return None if _fitting(quotient) is None else a - quotient * b


def cel_negate(a: View) -> View:
    if type(a) is int:
        return _fitting(-a)
    return -a if type(a) is float else None


def _items(of: View) -> Sequence[View]:
    """The items of a list or the keys of a map."""
    return of.items if isinstance(of, ListView) else of.keys if isinstance(of, MapView) else ()


def cel_list(*values: View) -> View:
    """A list of values; no value if one of them is none."""
    return None if any(value is None for value in values) else ListView(values)


def cel_in(item: View, of: View) -> View:
    """Whether a value is in a list or a key in a map."""
    if item is None or of is None:
        return None
    return any(cel_equal(one, item) is True for one in _items(of))


def cel_index(of: View, at: View) -> View:
    """An item of a list or an entry of a map."""
    if isinstance(of, ListView):
        return not_null(of.items[at]) if type(at) is int and 0 <= at < len(of) else None
    return not_null(of.value(at)) if isinstance(of, MapView) and isinstance(at, str) else None


def cel_size(of: View) -> View:
    """How many characters a text or entries a list or map has."""
    return len(of) if isinstance(of, (str, ListView, MapView)) else None


def cel_starts_with(a: View, b: View) -> View:
    return a.startswith(b) if isinstance(a, str) and isinstance(b, str) else None


def cel_ends_with(a: View, b: View) -> View:
    return a.endswith(b) if isinstance(a, str) and isinstance(b, str) else None


def cel_contains(a: View, b: View) -> View:
    return b in a if isinstance(a, str) and isinstance(b, str) else None


def cel_matches(a: View, pattern: View) -> View:
    return matches(pattern, a) if isinstance(a, str) and isinstance(pattern, str) else None


def cel_all(of: View, test: Test) -> View:
    """False as soon as the test is false for one item."""
    if of is None:
        return None
    result: View = True
    for item in _items(of):
        holds = test(item)
        if holds is False:
            return False
        if holds is not True:
            result = None
    return result


def cel_exists(of: View, test: Test) -> View:
    """True as soon as the test is true for one item."""
    return cel_not(cel_all(of, lambda item: cel_not(test(item))))


def cel_exists_one(of: View, test: Test) -> View:
    """Whether the test is true for exactly one item."""
    kept = cel_filter(of, test)
    return len(kept) == 1 if isinstance(kept, ListView) else None


def cel_filter(of: View, test: Test) -> View:
    """The items for which the test is true."""
    if of is None:
        return None
    kept: list[View] = []
    for item in _items(of):
        holds = test(item)
        if not isinstance(holds, bool):
            return None
        if holds:
            kept.append(item)
    return ListView(kept)


def cel_map(of: View, result: Test) -> View:
    """The results for the items."""
    return None if of is None else cel_list(*(result(item) for item in _items(of)))


def _magnitude(of: View, dialect: Dialect) -> Magnitude | None:
    return parse_scalar(dialect, of).magnitude if isinstance(of, str) else None


def cel_nanos(of: View, dialect: Dialect) -> View:
    """The nanoseconds that a text says."""
    found = _magnitude(of, dialect)
    return found.amount if found is not None and found.kind == NANOSECONDS else None


def cel_whole(of: View, dialect: Dialect) -> View:
    """A size or rate in whole bytes, or a whole number."""
    found = _magnitude(of, dialect)
    if found is None:
        return None
    if dialect == "integer(go)":
        return found.amount
    value = found.value
    return int(value) if value is not None and -(2.0**63) <= value < 2.0**63 else None


def cel_number(of: View, dialect: Dialect) -> View:
    """A percentage or quantity."""
    found = _magnitude(of, dialect)
    return None if found is None else found.value
