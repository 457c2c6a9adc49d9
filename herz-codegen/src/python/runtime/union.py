"""Fields whose value decides which other fields make sense."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import codes, messages
from .context import Context, Flags, Place
from .table import Case, Table, Union
from .view import ObjectView, View, is_filled
from .walk import effective


@dataclass(frozen=True)
class Chosen:
    """The value of a tag, and the case that it picks; a known value may pick none."""

    value: str
    picked: Case | None


def chosen_case(union: Union, table: Table, slots: Sequence[View]) -> Chosen | None:
    found = table.find(union.tag)
    if found is None:
        return None
    at, field = found
    value = effective(field, slots[at], "Structure")
    if not isinstance(value, str):
        return None
    picked = next((one for one in union.cases if one.value == value), None)
    known = field.choice is not None and value in field.choice.values
    return Chosen(value, picked) if picked is not None or known else None


def is_foreign(union: Union, picked: Case | None, wire: str) -> bool:
    """Whether a field belongs to other cases only."""
    if wire == union.tag or (picked is not None and picked.names(wire)):
        return False
    return any(one.names(wire) for one in union.cases) or wire in union.former


def judge_union(
    context: Context,
    place: Place | None,
    table: Table,
    union: Union,
    chosen: Chosen,
    slots: Sequence[View],
    flags: Flags,
) -> None:
    """Judges the fields of a union's cases."""
    value, picked = chosen.value, chosen.picked
    for wire in () if picked is None else picked.requires:
        found = table.find(wire)
        if picked is None or found is None:
            continue
        at, field = found
        view = effective(field, slots[at], "Admission")
        there = view is not None and (not picked.filled or is_filled(view))
        if there or (slots[at] is None and field.required):
            continue
        say = messages.case_needs_filled if picked.filled else messages.case_needs
        level = flags.level(picked.level, "Admission")
        context.push(Place(place, wire), codes.CASE_NEEDS, level, say(wire, union.tag, value))
    if union.foreign == "Ignore":
        return
    for field, view in zip(table.fields, slots):
        if view is None or not is_foreign(union, picked, field.wire):
            continue
        # A field of another case says something unless it is an empty list or text.
        if not isinstance(view, ObjectView) and not is_filled(view):
            continue
        under = Place(place, field.wire)
        if union.foreign == "Refuse":
            level = flags.level("error", "Admission")
            context.push(under, codes.IGNORED, level, messages.refused(field.wire, union.tag, value))
        else:
            context.push(under, codes.IGNORED, "warning", messages.ignored(field.wire, union.tag, value))
