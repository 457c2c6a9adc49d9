"""Texts in messages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .unicode import is_alphanumeric, is_escaped

_SHOWN_LENGTH = 60
"""Texts longer than this are cut in messages."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def _escape(c: str) -> str:
    return f"\\u{{{ord(c):x}}}"


def _cut(text: str) -> tuple[str, str]:
    return text[:_SHOWN_LENGTH], "…" if len(text) > _SHOWN_LENGTH else ""


def quote(text: str) -> str:
    """A text between back ticks, cut if it is long, with control characters escaped."""
    shown, more = _cut(text)
    return f"`{_CONTROL.sub(lambda found: _SHORT.get(found[0]) or _escape(found[0]), shown)}{more}`"


def subject(found: str | None) -> str:
    """A value at the start of a sentence; none for one that must not be shown."""
    if found is None:
        return "the value"
    return quote(found) if found else "the empty text"


def alternatives(names: Sequence[str], last: str) -> str:
    """Names in a sentence."""
    out = ""
    for at, name in enumerate(names):
        if at > 0:
            out += f" {last} " if at + 1 == len(names) else ", "
        out += quote(name) if name else "the empty text"
    return out


def is_plain(key: str) -> bool:
    """Whether a key can stand in a path without quotes."""
    return key != "" and all(c in "_-" or is_alphanumeric(c) for c in key)


def _escape_debug(c: str) -> str:
    if c == "\0":
        return "\\0"
    if c == "\\":
        return "\\\\"
    return _SHORT.get(c) or (_escape(c) if is_escaped(c) else c)


def debug(text: str) -> str:
    """A text between double quotes, on one line."""
    inner = "".join('\\"' if c == '"' else _escape_debug(c) for c in text)
    return f'"{inner}"'


def quote_scalar(text: str) -> str:
    """A text in back quotes, on one line, shortened if it is long."""
    if not text:
        return "the empty text"
    shown, more = _cut(text)
    return f"`{''.join(_escape_debug(c) for c in shown)}{more}`"


def bytes_of(text: str) -> int:
    """How many bytes a text has in UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))


def cut(text: str, at: str) -> tuple[str, str | None]:
    """Cuts a text at the first occurrence of another one; the second part is none without it."""
    before, found, after = text.partition(at)
    return before, after if found else None


def cut_last(text: str, at: str) -> tuple[str, str] | None:
    """Cuts a text at the last occurrence of another one; none without it."""
    before, found, after = text.rpartition(at)
    return (before, after) if found else None


_SMALL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def same_but_case(a: str, b: str) -> bool:
    """Whether two texts are the same but for the case of ASCII letters."""
    return a.translate(_SMALL) == b.translate(_SMALL)
