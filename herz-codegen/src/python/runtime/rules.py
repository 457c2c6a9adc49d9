"""Rules across fields."""

from __future__ import annotations

from . import codes, messages
from .context import Context, Flags, Place
from .lists import circle, judge_references, judge_unique, path_words, said
from .magnitude import Magnitude, compare
from .table import Rule
from .text import alternatives, quote
from .view import ListView, ObjectView, shown_view
from .violation import Level
from .walk import Leaf, Owner, applies, steps, walk


def judge_rules(context: Context, owner: Owner, object: ObjectView, flags: Flags) -> None:
    for rule in owner.table.rules:
        if not applies(owner, rule.when, rule.layer):
            continue
        level = flags.level(rule.level, rule.layer)
        if rule.kind in ("Requires", "Forbids"):
            _each(context, owner, rule, level)
        elif rule.kind == "Count":
            _count(context, owner, rule, level)
        elif rule.kind == "Compare":
            _comparison(context, owner, rule, level, flags)
        elif rule.kind == "Unique":
            judge_unique(context, owner, rule, level, flags)
        elif rule.kind == "RefersTo":
            judge_references(context, owner, rule, level, flags)
        elif rule.kind == "Acyclic":
            _circles(context, owner, rule, level)
        elif rule.kind == "Cel" and rule.holds is not None and rule.holds(object) is False:
            # At the first field that the rule points at.
            leaves = (leaf for path in rule.fields for leaf in walk(owner, path, rule.layer))
            first = next(leaves, None)
            place = owner.place if first is None else first.place
            context.push(place, codes.CEL, level, said(rule, messages.cel(rule.name, rule.source)))


def _each(context: Context, owner: Owner, rule: Rule, level: Level) -> None:
    for path in rule.fields:
        words = path_words(path)
        for leaf in walk(owner, path, rule.layer):
            there = leaf.is_there(rule.filled)
            if rule.kind == "Forbids":
                if there:
                    message = messages.forbidden(words, rule.when_words)
                    context.push(leaf.place, codes.FORBIDDEN, level, said(rule, message))
            elif not there:
                say = messages.requires_filled if rule.filled else messages.requires
                context.push(leaf.place, codes.REQUIRES, level, said(rule, say(words, rule.when_words)))


def _count(context: Context, owner: Owner, rule: Rule, level: Level) -> None:
    there: list[str] = []
    second: Place | None = None
    for path in rule.fields:
        leaves = (leaf for leaf in walk(owner, path, rule.layer) if leaf.is_there(rule.filled))
        first = next(leaves, None)
        if first is not None:
            there.append(path_words(path))
            if len(there) == 2:
                second = first.place
    too_few = len(there) < rule.min
    if not too_few and not (rule.at_most_one and len(there) > 1):
        return
    code, demand = codes.EXACTLY_ONE_OF, "exactly one of"
    if rule.min == 0:
        code, demand = codes.AT_MOST_ONE_OF, "at most one of"
    elif not rule.at_most_one:
        code, demand = codes.AT_LEAST_ONE_OF, "at least one of"
    found = alternatives(there, "and") if there else "none"
    message = messages.count(demand, [path_words(path) for path in rule.fields], found, rule.when_words)
    # The second one is where the mistake was made.
    place = second if second is not None and not too_few else owner.place
    context.push(place, code, level, said(rule, message))


def _side(leaf: Leaf) -> Magnitude | str | None:
    """One side of a comparison: an amount or a text."""
    found = leaf.magnitude()
    if found is not None:
        return found
    return leaf.view if isinstance(leaf.view, str) else None


def _order(a: Magnitude | str, b: Magnitude | str) -> int | None:
    """The order of two sides; none for what can't be compared, such as a malformed text."""
    if isinstance(a, str):
        return (a > b) - (a < b) if isinstance(b, str) else None
    return None if isinstance(b, str) else compare(a, b)


def _shown(leaf: Leaf, flags: Flags) -> str | None:
    return None if flags.sensitive or leaf.sensitive else shown_view(leaf.view)


def _comparison(context: Context, owner: Owner, rule: Rule, level: Level, flags: Flags) -> None:
    sides = ((leaf, _side(leaf)) for leaf in walk(owner, rule.right, rule.layer))
    right, value = next(((leaf, side) for leaf, side in sides if side is not None), (None, None))
    if right is None or value is None:
        return
    wrong: tuple[Place | None, str] | None = None
    for leaf in walk(owner, rule.left, rule.layer):
        side = _side(leaf)
        order = None if side is None else _order(side, value)
        if order is None:
            continue
        holds, relation = _relate(rule.op, order)
        if not holds:
            left, to = path_words(rule.left), path_words(rule.right)
            shown = _shown(leaf, flags), _shown(right, flags)
            message = messages.compare(left, shown[0], relation, to, shown[1], rule.when_words)
            wrong = leaf.place, said(rule, message)
    if wrong is not None:
        context.push(wrong[0], codes.COMPARE, level, wrong[1])


def _relate(op: str, order: int) -> tuple[bool, str]:
    if op == "<":
        return order < 0, "less than"
    if op == "<=":
        return order <= 0, "at most"
    if op == ">":
        return order > 0, "greater than"
    if op == ">=":
        return order >= 0, "at least"
    return (order == 0, "equal to") if op == "==" else (order != 0, "different from")


def _circles(context: Context, owner: Owner, rule: Rule, level: Level) -> None:
    """References between entries form no circle."""
    for leaf in walk(owner, rule.list, rule.layer):
        view = leaf.view
        found = circle(view, rule.by, rule.edges) if isinstance(view, ListView) else None
        if found is None or not isinstance(view, ListView):
            continue
        names, items = found
        # Point at the name that closes the circle.
        user = Leaf(Place(leaf.place, items[-1]), view.items[items[-1]])
        for edge in steps(user, rule.edges, rule.layer):
            if edge.view == names[-1]:
                context.push(edge.place, codes.CYCLE, level, said(rule, _cycle_words(names)))
                return


def _cycle_words(names: list[str]) -> str:
    """A circle of names. Of a long circle the ends are shown."""
    ends = 5
    long = len(names) > 2 * ends + 1
    out = messages.cycle()
    for index, name in enumerate(names):
        if long and index >= ends and index + ends < len(names):
            out += " -> …" if index == ends else ""
        else:
            out += (" -> " if index > 0 else "") + quote(name)
    return out
