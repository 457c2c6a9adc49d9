"""Regular expressions that mean the same in RE2, Rust, ECMAScript, Java and Python."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn

from .digits import is_digits, whole_number
from .text import bytes_of, quote_scalar

_DEEPEST_GROUP = 32
_MOST_REPEATS = 1000
_LARGEST = 20000


class _Problem(Exception):
    """A finding, raised to where the check began."""


def check_portable(text: str) -> str | None:
    """What keeps a regular expression from being portable; none if it is."""
    try:
        _Checker(text).run()
    except _Problem as problem:
        return str(problem)
    return None


@dataclass
class _Frame:
    """How big a part of an expression becomes, and where it begins."""

    opened: int = 0
    cost: int = 0
    repeats: int = 0


class _Checker:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._frames = [_Frame()]
        self._last: _Frame | None = None
        """What a repetition would repeat."""

    def run(self) -> None:
        while self._at < len(self._text):
            self._step()
        self._flush()
        if len(self._frames) != 1:
            self._fail(self._frames[-1].opened, "this group is not closed")

    def _fail(self, at: int, message: str) -> NoReturn:
        raise _Problem(f"{message} (at byte {bytes_of(self._text[:at])})")

    def _bump(self) -> str | None:
        if self._at >= len(self._text):
            return None
        self._at += 1
        return self._text[self._at - 1]

    def _ahead(self, *wanted: str) -> bool:
        return self._text.startswith(wanted, self._at)

    def _eat(self, wanted: str) -> bool:
        there = self._ahead(wanted)
        self._at += len(wanted) if there else 0
        return there

    def _flush(self) -> None:
        last, self._last = self._last, None
        if last is None:
            return
        frame = self._frames[-1]
        frame.cost += last.cost
        frame.repeats = max(frame.repeats, last.repeats)
        if frame.cost > _LARGEST:
            self._fail(self._at, "the expression becomes too big by its repetitions")

    def _atom(self, cost: int) -> None:
        self._flush()
        self._last = _Frame(0, cost, 1)

    def _step(self) -> None:
        start = self._at
        letter = self._bump()
        if letter == "(":
            self._open(start)
        elif letter == ")":
            self._close(start)
        elif letter in ("|", "^", "$"):
            self._flush()
        elif letter in ("*", "+", "?"):
            self._repeat(start, 1)
        elif letter == "{":
            self._repeat(start, self._count(start))
        elif letter in ("}", "]"):
            self._fail(start, f"`{letter}` must be written as `\\{letter}`")
        elif letter == "[":
            self._class(start)
        else:
            if letter == "\\":
                self._escape(start, False)
            self._atom(1)

    def _open(self, start: int) -> None:
        self._flush()
        if self._eat("?") and not self._eat(":"):
            if self._ahead("=", "!", "<=", "<!"):
                self._fail(start, "lookaround is not portable")
            if self._ahead("<", "P", "'"):
                self._fail(start, "named groups are not portable: write `(` alone")
            if self._ahead(">"):
                self._fail(start, "atomic groups are not portable")
            self._fail(start, "flags inside of an expression are not portable")
        if len(self._frames) > _DEEPEST_GROUP:
            self._fail(start, f"groups are nested more than {_DEEPEST_GROUP} deep")
        self._frames.append(_Frame(start))

    def _close(self, start: int) -> None:
        self._flush()
        if len(self._frames) < 2:
            self._fail(start, "`)` closes no group")
        frame = self._frames.pop()
        self._last = _Frame(0, frame.cost + 1, max(frame.repeats, 1))

    def _repeat(self, start: int, count: int) -> None:
        """A repetition of what stands before it; `count` is how often at most it is written out."""
        if self._last is None:
            self._fail(start, "nothing stands here that can be repeated")
        times = max(count, 1)
        self._last = _Frame(0, self._last.cost * times + 1, self._last.repeats * times)
        if self._last.repeats > _MOST_REPEATS:
            self._fail(start, f"repetitions add up to more than {_MOST_REPEATS}")
        self._eat("?")
        if self._ahead("+"):
            self._fail(self._at, "possessive repetitions are not portable")
        # A second repetition must not follow.
        self._flush()

    def _count(self, start: int) -> int:
        """The greater number behind `{`, up to `}`."""
        inside, found, _ = self._text[self._at :].partition("}")
        least, two, most = inside.partition(",")
        if not found or not is_digits(least) or (two and most and not is_digits(most)):
            self._fail(start, "`{` must be written as `\\{`")
        begin, end = whole_number(least), whole_number(most or least)
        if end < begin:
            self._fail(self._at, "a repetition ends before it starts")
        self._at += len(inside) + 1
        return end

    def _escape(self, start: int, in_class: bool) -> str | None:
        """What stands behind a backslash: the character that is meant, or none for a class."""
        letter = self._bump()
        if letter is None:
            self._fail(start, "nothing follows the backslash")
        if letter in "tnrf":
            return "\t\n\r\f"["tnrf".index(letter)]
        if letter in "dDwW":
            return None
        if letter == "x":
            digits = self._text[self._at : self._at + 2]
            if not re.fullmatch("[0-9a-fA-F]{2}", digits):
                self._fail(start, "two hex digits must follow `\\x`")
            self._at += 2
            return chr(int(digits, 16))
        if (letter == "-" and in_class) or letter in "^$\\.*+?()[]{}|/":
            return letter
        self._fail(start, _escape_problem(letter))

    def _class(self, start: int) -> None:
        self._eat("^")
        items = 0
        # The item before, if a range may start with it.
        before: str | None = None
        while True:
            at = self._at
            for operator in ("&&", "--", "~~", "||"):
                if self._ahead(operator):
                    self._fail(at, f"`{operator}` in a class is not portable")
            letter = self._bump()
            if letter is None:
                self._fail(start, "this class is not closed")
            elif letter == "]":
                if items == 0:
                    self._fail(at, "a class must not be empty")
                self._atom(items)
                return
            elif letter == "[":
                posix = self._ahead(":")
                self._fail(
                    at, "POSIX classes are not portable" if posix else "`[` in a class must be written as `\\[`"
                )
            elif letter == "-" and items > 0 and not self._ahead("]"):
                self._range(at, before)
                before = None
            else:
                before = self._escape(at, True) if letter == "\\" else letter
                items += 1

    def _range(self, at: int, begin: str | None) -> None:
        if begin is None:
            self._fail(at, "`-` must stand first or last in a class, or be written as `\\-`")
        start = self._at
        end = self._bump()
        if end == "\\":
            end = self._escape(start, True)
        elif end == "[":
            self._fail(start, "`[` in a class must be written as `\\[`")
        if end is None:
            self._fail(at, "a range must end with a character")
        if begin > end:
            self._fail(at, "a range ends before it starts")


_ESCAPES = {
    "0": "octal escapes are not portable",
    "A": "`\\A` is not portable: write `^`",
    "z": "`\\z` and `\\Z` are not portable: write `$`",
    "Z": "`\\z` and `\\Z` are not portable: write `$`",
    "b": "word boundaries are not portable",
    "B": "word boundaries are not portable",
    "s": "`\\s` is not portable: write `[ \\t\\r\\n]`",
    "S": "`\\s` is not portable: write `[ \\t\\r\\n]`",
    "p": "Unicode classes are not portable",
    "P": "Unicode classes are not portable",
    "u": "`\\u` is not portable: write the character itself",
}


def _escape_problem(letter: str) -> str:
    if letter in "123456789":
        return "back references are not portable"
    return _ESCAPES.get(letter) or f"the escape {quote_scalar(chr(92) + letter)} is not portable"


_PART = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\$", re.DOTALL)


@lru_cache(maxsize=None)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    if check_portable(pattern) is not None:
        return None
    # Python's dollar also stands before a line feed at the end.
    native = _PART.sub(lambda found: "\\Z" if found[0] == "$" else found[0], pattern)
    return re.compile(native, re.ASCII)


def matches(pattern: str, text: str) -> bool:
    """Whether a pattern in the portable subset matches somewhere in a text. A pattern that is none holds."""
    compiled = _compiled(pattern)
    return compiled is None or compiled.search(text) is not None
