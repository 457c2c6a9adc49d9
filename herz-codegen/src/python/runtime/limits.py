"""Limits on single values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from . import codes, messages
from .base64text import decode_base64
from .context import Around, Context, Flags, Place
from .dialects import Dialect
from .number import float_text
from .regex import matches
from .scalar import parse_scalar
from .table import Bound, Choice, Limit, Normalize, Shape, dialect_of, split_since
from .view import ListView, MapView, View, identity, is_filled, shown_view
from .violation import Level
from .walk import Leaf, steps


def judge_limits(context: Context, place: Place, view: View, shape: Shape, around: Around, flags: Flags) -> None:
    dialect = dialect_of(shape)
    for limit in shape.limits:
        if around.mended(limit.layer) and not is_filled(view):
            continue
        if not _Judge(context, place, limit, dialect, around, flags).judge(view):
            return


@dataclass(frozen=True)
class _Judge:
    """One limit at one place."""

    context: Context
    place: Place
    limit: Limit
    dialect: Dialect | None
    around: Around
    flags: Flags

    @property
    def level(self) -> Level:
        return self.flags.level(self.limit.level, self.limit.layer)

    def _push(self, code: str, message: str) -> None:
        self.context.push(self.place, code, self.level, message)

    def _seen(self, text: str) -> str:
        """The text as the layer of the limit sees it."""
        how = self.around.normalize
        return _normalized(how, text) if how is not None and self.limit.layer == "Admission" else text

    def _shown(self, view: View) -> str | None:
        return None if self.flags.sensitive else shown_view(view)

    def judge(self, view: View) -> bool:
        """False if the value is so wrong that no other limit says more."""
        limit, kind = self.limit, self.limit.kind
        if kind in ("Range", "MultipleOf"):
            number = self._number(view)
            if number is not None and kind == "Range" and not _inside(number, limit.min, limit.max):
                words = _range_words(limit.min, limit.max)
                self._push(codes.OUT_OF_RANGE, messages.out_of_range(self._shown(view), words))
            if number is not None and kind == "MultipleOf" and limit.step and not _divides(view, number, limit.step):
                message = messages.multiple_of(self._shown(view), float_text(float(limit.step)))
                self._push(codes.MULTIPLE_OF, message)
        elif kind == "Items":
            if isinstance(view, (ListView, MapView)) and not _within(len(view), limit):
                self._push(codes.ITEMS, messages.items(str(len(view)), _count_words(limit)))
        elif kind == "UniqueItems":
            if isinstance(view, ListView):
                self._unique_items(view)
        elif kind == "ToldApart":
            if isinstance(view, ListView):
                self._told_apart(view, limit.values)
        elif isinstance(view, str):
            return self._text(view)
        elif kind in ("Grammar", "OneOf"):
            self._each_text(view)
        return True

    def _text(self, text: str) -> bool:
        limit, kind = self.limit, self.limit.kind
        shown = None if self.flags.sensitive else text
        if kind == "Length":
            count = len(self._seen(text))
            if not _within(count, limit):
                self._push(codes.LENGTH, messages.length(str(count), _count_words(limit)))
        elif kind == "Pattern":
            # A malformed text is reported as that; one cause, one finding.
            if not self.flags.advice and text and self.dialect is not None:
                if parse_scalar(self.dialect, self._seen(text)).problem is not None:
                    return True
            if not matches(limit.pattern, self._seen(text)):
                self._push(codes.PATTERN, messages.pattern(shown, limit.pattern))
        elif kind in ("Scalar", "Grammar"):
            if limit.dialect is None or (limit.allow_empty and not text):
                return True
            parsed = parse_scalar(limit.dialect, self._seen(text))
            if parsed.problem is not None:
                if self.flags.sensitive:
                    self._push(codes.GRAMMAR, messages.grammar_hidden(parsed.allowed))
                else:
                    self._push(codes.GRAMMAR, messages.grammar(parsed.problem, parsed.allowed))
        elif kind == "Enum":
            return limit.choice is None or self._choice(text, shown, limit.choice)
        elif kind == "OneOf":
            if self._seen(text) not in limit.values:
                self._push(codes.NOT_ALLOWED, messages.not_allowed(shown, limit.values))
        elif kind == "Base64":
            decoded = decode_base64(text)
            if isinstance(decoded, str):
                self._push(codes.GRAMMAR, messages.not_base64(decoded))
                return False
        return True

    def _each_text(self, view: View) -> None:
        """On a list of texts a limit is about each of them."""
        for index, item in enumerate(view.items if isinstance(view, ListView) else ()):
            if isinstance(item, str):
                place = Place(self.place, index)
                _Judge(self.context, place, self.limit, None, self.around, self.flags).judge(item)

    def _choice(self, text: str, shown: str | None, choice: Choice) -> bool:
        """One of the values of an enum. False if it is none."""
        if text in choice.values:
            for known in choice.deprecated:
                if known.name == text:
                    self.context.deprecated(self.place, "value", text, known)
                    break
            return True
        if not text and choice.allow_empty:
            return False
        for name, since in choice.gone:
            if name == text:
                message = messages.gone("value", text, *split_since(since), "the newest release")
                self._push(codes.GONE, message)
                return False
        self._push(codes.NOT_ALLOWED, messages.not_allowed(shown, choice.values))
        return False

    def _unique_items(self, view: ListView) -> None:
        seen: dict[str, int] = {}
        for index, item in enumerate(view.items):
            first = seen.setdefault(identity(item), index)
            if first != index:
                message = messages.duplicate_item(self._shown(item), str(first))
                self.context.push(Place(self.place, index), codes.DUPLICATE_ITEM, self.level, message)

    def _told_apart(self, view: ListView, by: Sequence[str]) -> None:
        """The items differ in these fields together; without fields, as a whole."""
        seen: dict[tuple[str, ...], int] = {}
        for index, item in enumerate(view.items):
            place = Place(self.place, index)
            told = _told_by(place, item, by)
            if told is None:
                continue
            key, text = told
            first = seen.setdefault(key, index)
            if first != index:
                shown = None if self.flags.sensitive else text
                self.context.push(place, codes.DUPLICATE_ITEM, self.level, messages.duplicate_item(shown, str(first)))

    def _number(self, view: View) -> float | None:
        """The number that a range is about."""
        if isinstance(view, bool):
            return None
        if isinstance(view, (int, float)):
            return float(view)
        if not isinstance(view, str) or self.dialect is None:
            return None
        found = parse_scalar(self.dialect, view).magnitude
        return None if found is None else found.value


def _normalized(how: Normalize, text: str) -> str:
    """The text that admission sees."""
    if how.cut_at is not None:
        return text.partition(how.cut_at)[0]
    if text.startswith(how.unless) or (not text and how.keep_empty):
        return text
    return how.prefix + text


def _inside(value: float, least: Bound | None, most: Bound | None) -> bool:
    """Whether a number is in a range; NaN is in none."""
    above = least is None or value > least.value or (not least.exclusive and value == least.value)
    below = most is None or value < most.value or (not most.exclusive and value == most.value)
    return above and below


def _within(count: int, limit: Limit) -> bool:
    return (limit.least is None or count >= limit.least) and (limit.most is None or count <= limit.most)


def _divides(view: View, number: float, step: float) -> bool:
    """Whether a value, or the number that it says, is a multiple of a step: exactly, where both are whole."""
    if isinstance(view, int) and float(step).is_integer():
        return view % int(step) == 0
    return _is_multiple(number, step)


def _told_by(place: Place, item: View, by: Sequence[str]) -> tuple[tuple[str, ...], str | None] | None:
    """What an item is told apart by, and how messages show it. None: a key is absent, which is reported as that."""
    if not by:
        return (identity(item),), shown_view(item)
    keys: list[str] = []
    shown: list[str | None] = []
    for name in by:
        for leaf in steps(Leaf(place, item), (name,), "Structure"):
            if leaf.view is None:
                return None
            keys.append(identity(leaf.view))
            text = None if leaf.sensitive else shown_view(leaf.view)
            shown.append(None if text is None else f"{name}: {text}")
    texts = [text for text in shown if text is not None]
    return tuple(keys), ", ".join(texts) if len(texts) == len(shown) else None


def _is_multiple(value: float, step: float) -> bool:
    if value.is_integer() and float(step).is_integer():
        return math.fmod(value, step) == 0
    parts = value / step
    if not math.isfinite(parts):
        return False
    nearest = math.copysign(math.floor(abs(parts) + 0.5), parts) if abs(parts) < 2**52 else parts
    return abs(parts - nearest) <= 1e-9 * max(abs(parts), 1)


def _range_words(least: Bound | None, most: Bound | None) -> str:
    if least is not None and most is not None and not least.exclusive and not most.exclusive:
        return f"{least.text} to {most.text}"
    words: list[str] = []
    if least is not None:
        words.append(f"{'more than' if least.exclusive else 'at least'} {least.text}")
    if most is not None:
        words.append(f"{'less than' if most.exclusive else 'at most'} {most.text}")
    return " and ".join(words) or "any number"


def _count_words(limit: Limit) -> str:
    least, most = limit.least, limit.most
    if least is not None and most is not None:
        return f"exactly {least}" if least == most else f"{least} to {most}"
    if least is not None:
        return f"at least {least}"
    return "any number" if most is None else f"at most {most}"
