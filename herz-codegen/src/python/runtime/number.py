"""Numbers: their texts, and Go's way of reading them."""

from __future__ import annotations

import math
import re

EXACT = 9007199254740992
"""Whole numbers up to here are exact as floats."""

LEAST_INT64 = -(1 << 63)
MOST_INT64 = (1 << 63) - 1
MOST_UINT64 = (1 << 64) - 1


def is_int64(value: int) -> bool:
    return LEAST_INT64 <= value <= MOST_INT64


def to_float(value: int) -> float:
    """The nearest float; infinite if there is none."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def number_of(value: object) -> int | float | None:
    """A whole number of up to 64 bits as an int, any other number as a float; none if it is no number."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return int(value) if LEAST_INT64 <= value <= MOST_UINT64 else to_float(value)
    return float(value) if isinstance(value, float) else None


def plain_float(value: float) -> int | float:
    """A float as documents have it: whole ones look like whole numbers."""
    whole = value.is_integer() and abs(value) < EXACT and not (value == 0 and math.copysign(1, value) < 0)
    return int(value) if whole else value


def _parts(value: float) -> tuple[str, str, int]:
    """Sign, shortest digits, and the power of ten of the first one."""
    sign = "-" if math.copysign(1, value) < 0 else ""
    mantissa, _, power = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    exponent = int(power or "0") + len(whole) - 1
    exponent -= len(whole + fraction) - len(digits) if digits else exponent
    return sign, digits.rstrip("0") or "0", exponent


def float_text(value: float) -> str:
    """A number in plain digits, however long."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "inf" if value > 0 else "-inf"
    sign, digits, power = _parts(value)
    if power < 0:
        return f"{sign}0.{'0' * (-power - 1)}{digits}"
    whole, fraction = digits[: power + 1].ljust(power + 1, "0"), digits[power + 1 :]
    return f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}"


def float_json(value: float) -> str:
    """The shortest text of a number that reads back to it; it shows that it is no whole one."""
    if not math.isfinite(value):
        return "null"
    sign, digits, power = _parts(value)
    if -5 <= power < 16:
        plain = float_text(value)
        return plain if "." in plain else f"{plain}.0"
    mantissa = f"{digits[0]}.{digits[1:]}" if len(digits) > 1 else digits
    return f"{sign}{mantissa}e{'+' if power > 0 else ''}{power}"


MALFORMED = "malformed"
TOO_BIG = "too big"

_NUMBER = re.compile(
    r"([+-]?)(?:0[xX]([0-9a-fA-F_]*)(?:\.([0-9a-fA-F_]*))?[pP]([+-]?[0-9][0-9_]*)"
    r"|([0-9_]*)(?:\.([0-9_]*))?(?:[eE]([+-]?[0-9][0-9_]*))?)"
)


def parse_float_go(text: str, bits: int) -> float | str:
    """A number as Go's `strconv.ParseFloat` reads it; `MALFORMED` or `TOO_BIG` if it is none."""
    if special := re.fullmatch(r"([+-]?)(?:inf|infinity)", text, re.ASCII | re.IGNORECASE):
        return -math.inf if special[1] == "-" else math.inf
    if re.fullmatch("nan", text, re.ASCII | re.IGNORECASE):
        return math.nan
    split = _NUMBER.fullmatch(text)
    if split is None:
        return MALFORMED
    is_hex = split[2] is not None
    group = 2 if is_hex else 5
    whole, fraction, power = (_strip(split[at]) for at in range(group, group + 3))
    if not whole + fraction or ("_" in text and not _underscores_fit(text[len(split[1]) :], is_hex)):
        return MALFORMED
    exponent = _exponent(power)
    mantissa, least, most = (24, -149, 128) if bits == 32 else (53, -1074, 1024)
    if is_hex:
        value = _rounded(int(whole + fraction, 16), exponent - 4 * len(fraction), 1, mantissa, least, most)
    elif bits == 64:
        value = float(f"{whole or '0'}.{fraction or '0'}e{exponent}")
    else:
        value = _decimal(whole + fraction, exponent - len(fraction), mantissa, least, most)
    if value == math.inf:
        return TOO_BIG
    return -value if split[1] == "-" else value


def _strip(part: str | None) -> str:
    return (part or "").replace("_", "")


def _exponent(text: str) -> int:
    """Go stops counting at five digits, which is far outside of any format."""
    value = 0
    for digit in text.lstrip("+-"):
        if value < 10000:
            value = value * 10 + int(digit)
    return -value if text.startswith("-") else value


def _underscores_fit(unsigned: str, is_hex: bool) -> bool:
    """Whether each underscore stands between two digits (the prefix `0x` counts as one)."""
    if is_hex:
        return re.search(r"(^|[^0-9a-fA-F])_|_([^0-9a-fA-F]|$)", f"0{unsigned[2:]}") is None
    return re.search(r"(^|[^0-9])_|_([^0-9]|$)", unsigned) is None


def _decimal(digits: str, power: int, bits: int, least: int, most: int) -> float:
    significant = digits.lstrip("0")
    if not significant:
        return 0.0
    # Beyond these the result is known, and the powers of ten would be enormous.
    top = len(significant) + power
    if top > 400:
        return math.inf
    if top < -400:
        return 0.0
    if len(significant) > 1000:
        # Digits far behind only tell that there is more.
        power += len(significant) - 1001
        significant = significant[:1000] + "1"
    number = int(significant)
    above, below = (number * 10**power, 1) if power >= 0 else (number, 10**-power)
    return _rounded(above, 0, below, bits, least, most)


def _rounded(above: int, shift: int, below: int, bits: int, least: int, most: int) -> float:
    """`above * 2**shift / below`, rounded to the nearest number of a format, ties to even."""
    if above == 0:
        return 0.0
    top = above.bit_length() - below.bit_length() + shift
    if top > most + 1:
        return math.inf
    if top < least - 2:
        return 0.0

    def find(lowest: int) -> int:
        move = shift - lowest
        upper = above << move if move >= 0 else above
        lower = below if move >= 0 else below << -move
        kept, rest = divmod(upper, lower)
        return kept + (2 * rest > lower or (2 * rest == lower and kept & 1 == 1))

    # The lowest bit that the format can hold at this size.
    lowest = max(top - bits, least)
    kept = find(lowest)
    if kept.bit_length() > bits:
        lowest += 1
        kept = find(lowest)
    if kept.bit_length() + lowest > most:
        return math.inf
    return math.ldexp(float(kept), lowest)
