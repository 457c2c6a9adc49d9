"""Rules about entries of lists."""

from __future__ import annotations

from . import codes, messages
from .context import Context, Flags, Place
from .table import EACH, FieldPath, Rule
from .view import ListView, MapView, ObjectView, View, identity, not_null, shown_view
from .violation import Level
from .walk import Leaf, Owner, fulfils, steps, walk


def path_words(path: FieldPath) -> str:
    return "".join(f".{step}" if at > 0 and step != EACH else step for at, step in enumerate(path))


def said(rule: Rule, generic: str) -> str:
    return generic if rule.message is None else rule.message


def judge_unique(context: Context, owner: Owner, rule: Rule, level: Level, flags: Flags) -> None:
    """Entries of a list differ, whole or by one field."""
    words = path_words(rule.list)
    for leaf in walk(owner, rule.list, rule.layer):
        seen: set[str] = set()
        for index, item in enumerate(leaf.view.items if isinstance(leaf.view, ListView) else ()):
            value = _own(item, rule.by) if rule.by else item
            if not_null(value) is None:
                continue
            key = identity(value)
            if key not in seen:
                seen.add(key)
                continue
            shown = None if flags.sensitive or leaf.sensitive else shown_view(value)
            place = Place(leaf.place, index)
            if rule.by:
                place = Place(place, rule.by)
                message = messages.unique_by(shown, words, rule.by, rule.when_words)
            else:
                message = messages.unique(shown, words, rule.when_words)
            context.push(place, codes.UNIQUE, level, said(rule, message))


def judge_references(context: Context, owner: Owner, rule: Rule, level: Level, flags: Flags) -> None:
    """Each name used is a name given."""
    known = {leaf.view for leaf in walk(owner, rule.to, rule.layer) if isinstance(leaf.view, str)}
    words = path_words(rule.to)

    def judge(leaf: Leaf) -> None:
        name = leaf.view
        if isinstance(name, str) and name not in known:
            shown = None if flags.sensitive or leaf.sensitive else name
            message = messages.dangling(shown, words, rule.when_words)
            context.push(leaf.place, codes.DANGLING, level, said(rule, message))

    path = list(rule.from_)
    if EACH not in path or not rule.of:
        for leaf in walk(owner, path, rule.layer):
            judge(leaf)
        return
    # The conditions are about the items of the first list: stop there, ask, then go on.
    each = path.index(EACH) + 1
    for item in walk(owner, path[:each], rule.layer):
        if item.view is not None and fulfils(item, rule.of, rule.layer):
            for leaf in steps(item, path[each:], rule.layer):
                judge(leaf)


def _own(item: View, name: str) -> View:
    """A field of an item as it is written, defaults left out."""
    if isinstance(item, ObjectView):
        return item.named(name)
    return item.value(name) if isinstance(item, MapView) else None


def circle(view: ListView, name: str, path: FieldPath) -> tuple[list[str], list[int]] | None:
    """
    The first circle in the order of the items: its names, the first one again at the end, and its items.
    Depth first, without recursion.
    """
    called: list[str] = []
    places: dict[str, int] = {}
    for at, item in enumerate(view.items):
        text = _own(item, name)
        called.append(text if isinstance(text, str) else "")
        if isinstance(text, str):
            places.setdefault(text, at)
    edges: list[list[int]] = []
    for item in view.items:
        ends = (leaf.view for leaf in steps(Leaf(None, item), path, "Structure"))
        edges.append([places[text] for text in ends if isinstance(text, str) and text in places])
    opened: dict[int, bool] = {}
    for start in range(len(edges)):
        if start in opened:
            continue
        way = [(start, 0)]
        while way:
            at, edge = way.pop()
            if edge >= len(edges[at]):
                opened[at] = False
                continue
            way.append((at, edge + 1))
            opened[at] = True
            target = edges[at][edge]
            if target not in opened:
                way.append((target, 0))
            elif opened[target]:
                items = [one for one, _ in way]
                items = items[items.index(target) :]
                return [called[one] for one in [*items, target]], items
    return None
