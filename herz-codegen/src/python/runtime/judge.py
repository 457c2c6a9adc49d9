"""
Judging an object by the tables of its types: every violation, errors and warnings, in the order of the
schema's fields. Paths start at the object.
"""

from __future__ import annotations

from collections.abc import Sequence

from . import codes, messages
from .context import Around, Context, Flags, Place
from .limits import judge_limits
from .rules import judge_rules
from .scalar import parse_scalar
from .table import ANY_SHAPE, Field, Lasting, Shape
from .text import same_but_case
from .union import chosen_case, is_foreign, judge_union
from .view import ListView, MapView, ObjectView, View, is_filled, not_null, view_any
from .violation import Violation
from .walk import Owner, written


def judge(object: ObjectView) -> list[Violation]:
    context = Context()
    _object(context, None, object, Flags())
    return context.found


def _object(context: Context, place: Place | None, object: ObjectView, outer: Flags) -> None:
    table = object.table
    flags = Flags(outer.advice or table.structure_only, outer.sensitive)
    keys = object.others()
    misspelt: set[str] = set()
    slots = [_slot(object, field, keys, misspelt) for field in table.fields]
    if not table.open:
        for key in keys:
            code, message = table.unknown(key)
            context.push(Place(place, key), code, "error", message)
    union = table.union
    chosen = None if union is None else chosen_case(union, table, slots)
    for field, view in zip(table.fields, slots):
        if field.wire in misspelt:
            continue
        foreign = (
            union is not None
            and chosen is not None
            and union.selected_only
            and is_foreign(union, chosen.picked, field.wire)
        )
        below = Flags(
            flags.advice or field.structure_only or foreign,
            flags.sensitive or field.sensitive,
        )
        _field(context, Place(place, field.wire), field, view, flags, below)
    if union is not None and chosen is not None:
        judge_union(context, place, table, union, chosen, slots, flags)
    judge_rules(context, Owner(place, table, slots), object, flags)
    if table.document:
        _name(context, place, slots)
    if table.lasting is not None:
        _lasting(context, place, object, table.lasting)


def _slot(object: ObjectView, field: Field, keys: Sequence[str], misspelt: set[str]) -> View:
    view = not_null(object.field(field))
    if view is not None or field.required:
        return view
    # One finding for one slip: a key in other letter case counts as the field that it is meant to be.
    # The structure goes by the exact name.
    key = next((name for name in keys if same_but_case(name, field.wire)), None)
    meant = None if key is None else not_null(view_any(object.entries[key]))
    if meant is not None:
        misspelt.add(field.wire)
    return meant


def _name(context: Context, document: Place | None, slots: Sequence[View]) -> None:
    """The name of a document: there, and one that Kubernetes takes."""
    metadata = slots[2]

    def read(wire: str) -> str:
        found = metadata.named(wire) if isinstance(metadata, ObjectView) else None
        return found if isinstance(found, str) else ""

    place = Place(Place(document, "metadata"), "name")
    name = read("name")
    if name:
        parsed = parse_scalar("hostname(dns1123)", name)
        if parsed.problem is not None:
            message = messages.grammar(parsed.problem, parsed.allowed)
            context.push(place, codes.OBJECT_NAME, "warning", message)
    elif not read("generateName"):
        context.push(place, codes.OBJECT_NAME, "warning", messages.no_name())


def _field(context: Context, place: Place, field: Field, view: View, outer: Flags, below: Flags) -> None:
    """Judges a field, there or not. `outer` are the flags of the object, `below` those of the value."""
    if view is None:
        _filled(context, place, field, True, outer)
        return
    if field.deprecated is not None:
        context.deprecated(place, "field", field.wire, field.deprecated)
    around = Around(field.normalize, field.mends_empty("Structure"), field.mends_empty("Admission"))
    _value(context, place, view, field.shape, around, below)
    if not is_filled(view):
        _filled(context, place, field, False, outer)


def _filled(context: Context, place: Place, field: Field, absent: bool, flags: Flags) -> None:
    limit = next((one for one in field.limits if one.kind == "Filled"), None)
    if limit is None:
        return
    known = field.default_for(limit.layer)
    mended = known is not None and (absent or field.mends_empty(limit.layer)) and is_filled(view_any(known.value))
    if not mended:
        context.push(place, codes.EMPTY, flags.level(limit.level, limit.layer), messages.empty(field.wire))


def _value(context: Context, place: Place, view: View, shape: Shape, around: Around, flags: Flags) -> None:
    inner = Around(around.normalize)
    entries = shape.entries or ANY_SHAPE
    if isinstance(view, ObjectView):
        _object(context, place, view, flags)
    elif isinstance(view, ListView):
        for index, item in enumerate(view.items):
            _value(context, Place(place, index), item, entries, inner, flags)
    elif isinstance(view, MapView):
        for key in view.keys:
            _value(context, Place(place, key), view.value(key), entries, inner, flags)
    judge_limits(context, place, view, shape, around, flags)


def _lasting(context: Context, place: Place | None, object: ObjectView, lasting: Lasting) -> None:
    """Warns of a fault that lasts and that nothing ends."""
    if not_null(object.named("spec")) is None:
        return
    tag = written(object, lasting.tag) if lasting.tag else None
    if isinstance(tag, str) and tag in lasting.once:
        return
    if not is_filled(written(object, lasting.duration)):
        name = ".".join(lasting.duration[1:])
        context.push(Place(Place(place, "spec"), name), codes.NO_END, "warning", messages.no_end(name))
