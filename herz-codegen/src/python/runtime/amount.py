"""Percentages, sizes, rates and quantities."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from .digits import (
    atoi,
    is_digits,
    lower,
    split_decimal,
    split_fraction,
    split_sign,
    trim,
    uint64,
    until_number,
    whole_number,
)
from .magnitude import BYTES_PER_SECOND, NUMBER, PERCENTAGE, SIZE, Magnitude
from .number import MOST_UINT64, TOO_BIG, parse_float_go
from .text import bytes_of, quote_scalar


def read_percent(text: str) -> Magnitude | str:
    if not text.endswith("%"):
        return f"{quote_scalar(text)} has no percent sign at its end"
    decimal, rest = split_decimal(text[:-1])
    if not decimal or rest or decimal.startswith(".") or decimal.endswith("."):
        return f"{quote_scalar(text)} is no number with a percent sign"
    digits, _, fraction = decimal.partition(".")
    whole = digits.lstrip("0")
    fits = len(whole) < 3 or (whole == "100" and not fraction.strip("0"))
    if not fits or float(decimal) > 100:
        return f"{quote_scalar(text)} is more than 100%"
    return Magnitude(PERCENTAGE, float(decimal))


def _go_float(text: str) -> float | str:
    value = parse_float_go(text, 32)
    if not isinstance(value, str):
        return value
    if value == TOO_BIG:
        return f"{quote_scalar(text)} is too big for a 32-bit number"
    return f"{quote_scalar(text)} {'has a percent sign' if text.endswith('%') else 'is no number'}"


def read_percent_go(text: str) -> Magnitude | str:
    value = _go_float(text)
    return value if isinstance(value, str) else Magnitude(PERCENTAGE, value)


def read_percent_chaosd(text: str) -> Magnitude | str:
    value = _go_float(text)
    if isinstance(value, float) and value <= 0:
        return f"{quote_scalar(text)} is not over 0"
    return _at_most_100(text, value)


def read_correlation_chaosd(text: str) -> Magnitude | str:
    value = _go_float(text)
    if isinstance(value, float) and value < 0:
        return f"{quote_scalar(text)} is less than 0"
    return _at_most_100(text, value)


def _at_most_100(text: str, value: float | str) -> Magnitude | str:
    if isinstance(value, str):
        return value
    return f"{quote_scalar(text)} is more than 100" if value > 100 else Magnitude(PERCENTAGE, value)


_BROKEN = "broken"
_OVERFLOW = "overflow"


def _multiply(decimal: str, factor: int) -> int | str:
    """decimal * factor if it is a whole number of 64 bits, without rounding."""
    digits, _, fraction = decimal.partition(".")
    fraction = fraction.rstrip("0")
    if len(fraction) > 60:
        return _BROKEN
    if digits and uint64(digits) is None:
        return _OVERFLOW
    result, rest = divmod(whole_number(digits + fraction) * factor, 10 ** len(fraction))
    if rest:
        return _BROKEN
    return result if result <= MOST_UINT64 else _OVERFLOW


_SIZE_UNITS = {
    "EiB": 1 << 60,
    "EB": 10**18,
    "PiB": 1 << 50,
    "PB": 10**15,
    "TiB": 1 << 40,
    "TB": 10**12,
    "GiB": 1 << 30,
    "GB": 10**9,
    "MiB": 1 << 20,
    "MB": 10**6,
    "KiB": 1 << 10,
    "kB": 1000,
    "KB": 1000,
    "B": 1,
}

_RATE_UNITS = {
    "tbit": 10**12,
    "gbit": 10**9,
    "mbit": 10**6,
    "kbit": 1000,
    "bit": 1,
    "TiB/s": 8 << 40,
    "TB/s": 8 * 10**12,
    "GiB/s": 8 << 30,
    "GB/s": 8 * 10**9,
    "MiB/s": 8 << 20,
    "MB/s": 8 * 10**6,
    "KiB/s": 8 << 10,
    "kB/s": 8000,
    "KB/s": 8000,
    "B/s": 8,
}


def _units(text: str, units: Mapping[str, int], unit_words: str, whole_words: str, most_words: str) -> int | str:
    """A number with a unit, in whole units of the smallest one."""
    decimal, unit = split_decimal(text)
    if not decimal:
        return f"{quote_scalar(text)} does not start with a number"
    if decimal.startswith(".") or decimal.endswith(".") or unit.startswith("."):
        return f"{quote_scalar(text)} lacks a digit beside its point"
    size = units.get(unit)
    if size is None:
        if not unit:
            return f"{quote_scalar(text)} has no unit"
        return f"{quote_scalar(unit)} in {quote_scalar(text)} is no unit of {unit_words}"
    result = _multiply(decimal, size)
    if isinstance(result, str):
        return f"{quote_scalar(text)} {whole_words if result == _BROKEN else most_words}"
    return result


def read_byte_size(text: str) -> Magnitude | str:
    words = "is no whole number of bytes", "is more than 64 bits of bytes"
    size = _units(text, _SIZE_UNITS, "data", *words)
    return size if isinstance(size, str) else Magnitude(SIZE, float(size))


def read_rate(text: str) -> Magnitude | str:
    words = "is no whole number of bits a second", "is more than 64 bits can count"
    bits = _units(text, _RATE_UNITS, "a rate", *words)
    return bits if isinstance(bits, str) else Magnitude(BYTES_PER_SECOND, float(bits) / 8)


_TC_UNITS = ("tbps", "gbps", "mbps", "kbps", "bps", "tbit", "gbit", "mbit", "kbit", "bit")
"""A unit that ends like another one stands before it."""


def read_tc_rate(text: str) -> Magnitude | str:
    small = lower(trim(text))
    for at, unit in enumerate(_TC_UNITS):
        if not small.endswith(unit):
            continue
        digits = trim(small[: -len(unit)])
        if not is_digits(digits):
            return f"{quote_scalar(text)} does not start with a whole number"
        count = uint64(digits)
        if count is None:
            return f"{quote_scalar(text)} has a number of more than 64 bits"
        in_bits = at >= 5
        rate = float(count) * float((1000 if in_bits else 1024) ** (4 - at % 5))
        return Magnitude(BYTES_PER_SECOND, rate / 8 if in_bits else rate)
    return f"{quote_scalar(text)} does not end with a unit of a rate"


def read_docker_size(text: str) -> Magnitude | str:
    if text.endswith("%"):
        percent = atoi(text[:-1])
        if isinstance(percent, str):
            return f"{quote_scalar(text)} is no whole number with a percent sign"
        if not 0 <= percent <= 100:
            return f"{quote_scalar(text)} is not from 0% to 100%"
        return Magnitude(PERCENTAGE, float(percent))
    split = re.fullmatch(r"(.*[0-9. ])([^0-9. ]*)", text, re.DOTALL)
    if split is None:
        return f"{quote_scalar(text)} has no digit"
    value = parse_float_go(split[1].removesuffix(" "), 64)
    if value == TOO_BIG:
        return f"{quote_scalar(text)} is too big"
    if isinstance(value, str):
        return f"{quote_scalar(text)} does not start with a number"
    if value < 0:
        return f"{quote_scalar(text)} is negative"
    factor = _docker_factor(split[2])
    if factor is None:
        return f"{quote_scalar(split[2])} in {quote_scalar(text)} is no unit of data"
    return Magnitude(SIZE, math.modf(value * factor)[1])


def _docker_factor(suffix: str) -> float | None:
    # Docker counts bytes before it makes them small.
    if bytes_of(suffix) > 3:
        return None
    small = lower(suffix)
    if small in ("", "b"):
        return 1.0
    power = "kmgtp".find(small[0])
    return 1000.0 ** (power + 1) if power >= 0 and small[1:] in ("", "b", "ib") else None


@dataclass(frozen=True)
class _SizeSet:
    scale: int
    suffix: str
    small_k: bool

    def unit(self, name: str) -> float | None:
        if name == "c":
            return 1.0
        letter = name.removesuffix(self.suffix)
        if len(letter) != 1 or letter + self.suffix != name:
            return None
        power = 0 if letter == "k" and self.small_k else "KMGTPE".find(letter)
        return None if power < 0 else float(self.scale ** (power + 1))

    def read(self, text: str) -> float | str:
        negative, rest = split_sign(text)
        if not rest:
            return f"{quote_scalar(text)} has no number"
        total = 0.0
        while rest:
            whole, fraction, after = split_fraction(rest)
            if not whole and not fraction:
                return f"{quote_scalar(rest)} stands where a number should"
            count, digits = _leading_int(whole), _leading_int(fraction)
            if count is None or digits is None:
                return f"a number in {quote_scalar(text)} has too many digits"
            value = float(count) + float(digits) / 10.0 ** len(fraction)
            unit, rest = until_number(after)
            size = self.unit(unit)
            if size is None:
                return _unknown_size(unit, text)
            total += value * size
        if negative:
            total = -total
        if not -(2.0**63) <= total <= 2.0**63:
            return f"{quote_scalar(text)} is more than 64 bits of bytes"
        return float(int(total))


_SIZE_SETS = (_SizeSet(1024, "", False), _SizeSet(1024, "iB", False), _SizeSet(1000, "B", True))
"""The sets of units in the order in which chaosd tries them. All have c, one byte."""


def read_chaosd_size(text: str) -> Magnitude | str:
    if isinstance(atoi(text), int):
        return f"{quote_scalar(text)} has no unit"
    problem = ""
    for units in _SIZE_SETS:
        size = units.read(text)
        if not isinstance(size, str):
            return Magnitude(SIZE, size)
        problem = size
    return problem


def _unknown_size(unit: str, text: str) -> str:
    if not unit:
        return f"a number in {quote_scalar(text)} has no unit"
    if any(units.unit(unit) is not None for units in _SIZE_SETS):
        return f"{quote_scalar(text)} mixes units of different kinds"
    return f"{quote_scalar(unit)} in {quote_scalar(text)} is no unit of data"


def _leading_int(digits: str) -> int | None:
    """Counts digits as chaosd's library does: it gives up at 18 or 19 digits."""
    last = ((1 << 63) - 1 - 9) // 10
    value = 0
    for digit in digits:
        if value >= last:
            return None
        value = value * 10 + int(digit)
    return value


_DECIMAL_SUFFIXES = {"": 0, "n": -9, "u": -6, "m": -3, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
_BINARY_SUFFIXES = ("Ki", "Mi", "Gi", "Ti", "Pi", "Ei")


def read_quantity(text: str) -> Magnitude | str:
    if not text:
        return "the quantity is empty"
    negative, unsigned = split_sign(text)
    digits, fraction, tail = split_fraction(unsigned)
    no_digit = not digits and not fraction
    binary = tail in _BINARY_SUFFIXES
    power = _DECIMAL_SUFFIXES.get(tail)
    letters = binary or power is not None
    if not letters:
        power = _quantity_exponent(tail)
        if power is None:
            if no_digit:
                return f"{quote_scalar(text)} does not start with a number"
            return f"{quote_scalar(tail)} in {quote_scalar(text)} is no suffix of a quantity"
    # Kubernetes takes a missing number for 0 on its fast path only.
    if no_digit and ((not letters and (power or 0) < -9) or tail in ("Pi", "Ei")):
        return f"{quote_scalar(text)} has no number"
    sign = "-" if negative and (digits + fraction).strip("0") else ""
    number = float(f"{sign}0{digits}.{fraction}0e{0 if power is None else power}")
    if not binary:
        return Magnitude(NUMBER, number)
    # Kubernetes caps these at 64 bits.
    size = number * 1024.0 ** (_BINARY_SUFFIXES.index(tail) + 1)
    return Magnitude(NUMBER, max(-(2.0**63), min(2.0**63, size)))


def _quantity_exponent(text: str) -> int | None:
    if text[:1] not in ("e", "E"):
        return None
    exponent = atoi(text[1:])
    return None if isinstance(exponent, str) else (exponent + (1 << 31)) % (1 << 32) - (1 << 31)
