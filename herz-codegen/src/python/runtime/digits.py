"""Digits, and texts around them."""

from __future__ import annotations

import re

from .magnitude import NUMBER, Magnitude
from .number import LEAST_INT64, MALFORMED, MOST_INT64, MOST_UINT64, TOO_BIG
from .text import cut, quote_scalar


def is_digits(text: str) -> bool:
    return re.fullmatch("[0-9]+", text) is not None


def whole_number(digits: str) -> int:
    """Digits as a number; what is far beyond 64 bits is just big."""
    significant = digits.lstrip("0")
    return int(significant or "0") if len(significant) <= 100 else 10**100


def split_digits(text: str) -> tuple[str, str]:
    found = re.match("[0-9]*", text)
    at = 0 if found is None else found.end()
    return text[:at], text[at:]


def split_sign(text: str) -> tuple[bool, str]:
    return text.startswith("-"), text[1:] if text[:1] in ("-", "+") else text


def split_decimal(text: str) -> tuple[str, str]:
    """Takes a plain decimal number from the start of a text."""
    found = re.match(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+", text)
    at = 0 if found is None else found.end()
    return text[:at], text[at:]


def split_fraction(text: str) -> tuple[str, str, str]:
    """Digits, the digits behind a point if there is one, and the rest."""
    whole, rest = split_digits(text)
    fraction = ""
    if rest.startswith("."):
        fraction, rest = split_digits(rest[1:])
    return whole, fraction, rest


def until_number(text: str) -> tuple[str, str]:
    """Takes what stands before the next digit or point."""
    found = re.match(r"[^0-9.]*", text)
    at = 0 if found is None else found.end()
    return text[:at], text[at:]


def uint64(digits: str) -> int | None:
    """Digits as a whole number without a sign; none if 64 bits do not hold it."""
    value = whole_number(digits)
    return value if value <= MOST_UINT64 else None


def atoi(text: str) -> int | str:
    """A whole number as `strconv.Atoi`: a sign or none, decimal digits, 64 bits."""
    negative, digits = split_sign(text)
    if not is_digits(digits):
        return MALFORMED
    value = -whole_number(digits) if negative else whole_number(digits)
    return value if LEAST_INT64 <= value <= MOST_INT64 else TOO_BIG


def read_integer(text: str) -> Magnitude | str:
    value = atoi(text)
    if isinstance(value, int):
        return Magnitude(NUMBER, value)
    return quote_scalar(text) + (" is more than 64 bits" if value == TOO_BIG else " is no whole number")


def read_status_code(text: str) -> Magnitude | str:
    def outside(status: int) -> str | None:
        return None if 1 <= status <= 999 else f"a status in {quote_scalar(text)} is not from 1 to 999"

    one = atoi(text)
    if isinstance(one, int):
        return outside(one) or Magnitude(NUMBER, one)
    begin, end = cut(text, "-")
    if end is None:
        return f"{quote_scalar(text)} is no number and no range"
    for part in (begin, end):
        status = atoi(part)
        if isinstance(status, int):
            if problem := outside(status):
                return problem
        elif not part:
            return f"{quote_scalar(text)} lacks an end of the range"
        else:
            return f"{quote_scalar(part)} in {quote_scalar(text)} is no number"
    return Magnitude()


_LOWER = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ\u212a\u0130",
    "abcdefghijklmnopqrstuvwxyzki",
)


def lower(text: str) -> str:
    """The text in lower case, as far as the result is ASCII."""
    return text.translate(_LOWER)


_BLANKS = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)


def trim(text: str) -> str:
    """A text without the blanks around it."""
    return text.strip(_BLANKS)


def fields_of(text: str) -> list[str]:
    """The parts of a text between blanks."""
    return [part for part in re.split(f"[{_BLANKS}]+", text) if part]
