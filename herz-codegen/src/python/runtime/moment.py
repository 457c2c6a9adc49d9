"""Durations, timestamps and schedules."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .digits import atoi, fields_of, is_digits, lower, split_fraction, split_sign, trim, until_number, whole_number
from .magnitude import MOMENT, NANOSECONDS, Magnitude
from .number import TOO_BIG
from .text import cut, quote_scalar
from .zones import TIME_ZONES

_TIME_UNITS = {
    "h": 3600000000000,
    "m": 60000000000,
    "s": 1000000000,
    "ms": 1000000,
    "us": 1000,
    "\xb5s": 1000,
    "\u03bcs": 1000,
    "ns": 1,
}


def read_go_duration(text: str) -> int | str:
    """`time.ParseDuration`, step for step, with messages of our own."""
    limit = 1 << 63
    too_long = f"{quote_scalar(text)} is longer than 64 bits of nanoseconds"
    negative, rest = split_sign(text)
    if rest == "0":
        return 0
    if not rest:
        return f"{quote_scalar(text)} has no number"
    total = 0
    while rest:
        whole, fraction, after = split_fraction(rest)
        if not whole and not fraction:
            if len(rest) == len(text):
                return f"{quote_scalar(text)} does not start with a number"
            return f"{quote_scalar(rest)} stands in {quote_scalar(text)} where a number should"
        unit, rest = until_number(after)
        if not unit:
            if len(text) - len(whole) in (0, 1):
                return f"{quote_scalar(text)} has no unit"
            return f"a number in {quote_scalar(text)} has no unit"
        nanos = _TIME_UNITS.get(unit)
        if nanos is None:
            return f"{quote_scalar(unit)} in {quote_scalar(text)} is no unit of time"
        count = whole_number(whole)
        if count > limit // nanos:
            return too_long
        part = count * nanos + _fraction_nanos(fraction, nanos)
        # Go counts in 64 bits, and two halves of them add up to nothing.
        total = (total + part) % (1 << 64)
        if part > limit or total > limit:
            return too_long
    if negative:
        return -total
    return total if total < limit else too_long


def _fraction_nanos(digits: str, unit: int) -> int:
    """The nanoseconds of digits behind a point, in floating point as Go does."""
    value = 0
    scale = 1.0
    for digit in digits:
        if value > ((1 << 63) - 1) // 10:
            break
        following = value * 10 + int(digit)
        if following > 1 << 63:
            break
        value = following
        scale *= 10
    return int(float(value) * (float(unit) / scale))


def read_duration(text: str) -> Magnitude | str:
    if text[:1] in ("-", "+"):
        return f"{quote_scalar(text)} has a sign"
    if text == "0":
        return "`0` has no unit"
    if "\xb5" in text or "\u03bc" in text:
        return f"{quote_scalar(text)} is not plain ASCII: microseconds are `us`"
    bare_point = False
    for number in re.split("[^0-9.]+", text):
        whole, fraction = cut(number, ".")
        if fraction is not None and (not is_digits(whole) or not fraction):
            bare_point = True
    nanos = read_go_duration(text)
    if isinstance(nanos, str):
        return nanos
    if bare_point:
        return f"{quote_scalar(text)} lacks a digit beside its point"
    return Magnitude(NANOSECONDS, nanos)


_TIMESTAMP = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?"
    r"(?:Z|([+-])([0-9]{2}):([0-9]{2}))"
)


def read_timestamp(text: str) -> Magnitude | str:
    found = _TIMESTAMP.fullmatch(text)
    hours, minutes = (0, 0) if found is None else (int(found[9] or "0"), int(found[10] or "0"))
    if found is None or hours > 23 or minutes > 59:
        return f"{quote_scalar(text)} is not of the form `2026-11-23T12:50:00Z`"
    year, month, day, hour, minute, second = (int(found[at]) for at in range(1, 7))
    if not 1 <= month <= 12 or not 1 <= day <= _days_in(year, month):
        return f"{quote_scalar(text)} names a day that does not exist"
    if hour > 23 or minute > 59 or second > 59:
        return f"{quote_scalar(text)} names a time of day that does not exist"
    offset = (hours * 60 + minutes) * (-1 if found[8] == "-" else 1)
    seconds = ((_days(year, month, day) * 24 + hour) * 60 + minute - offset) * 60 + second
    if not _days(0, 1, 1) * 86400 <= seconds < _days(10000, 1, 1) * 86400:
        return f"{quote_scalar(text)} lies outside of the years 0 to 9999 in UTC"
    return Magnitude(MOMENT, seconds * 10**9 + int((found[7] or "").ljust(9, "0")))


def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _days(year: int, month: int, day: int) -> int:
    """The days from 1970-01-01 to a day; negative before it."""
    # Years that begin in March end with the leap day.
    begin = year - 1 if month <= 2 else year
    leaps = begin // 4 - begin // 100 + begin // 400
    return begin * 365 + leaps + (153 * ((month + 9) % 12) + 2) // 5 + day - 1 - 719468


@dataclass(frozen=True)
class _Bounds:
    """What a field of a schedule may hold."""

    name: str
    least: int
    most: int
    names: tuple[str, ...] = ()


_CRON_FIELDS = (
    _Bounds("second", 0, 59),
    _Bounds("minute", 0, 59),
    _Bounds("hour", 0, 23),
    _Bounds("day of month", 1, 31),
    _Bounds(
        "month", 1, 12, ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    ),
    _Bounds("day of week", 0, 6, ("sun", "mon", "tue", "wed", "thu", "fri", "sat")),
)

_NAMED = ("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly")


def check_cron(text: str) -> str | None:
    """What is wrong with a schedule."""
    if not text:
        return "the schedule is empty"
    for prefix in ("TZ=", "CRON_TZ="):
        if text.startswith(prefix):
            zone, rest = cut(text[len(prefix) :], " ")
            if rest is None:
                return f"{quote_scalar(text)} has a time zone and nothing else"
            if zone not in ("", "Local") and zone not in TIME_ZONES:
                return f"{quote_scalar(zone)} is no time zone"
            return _check_time(trim(rest))
    return _check_time(text)


def _check_time(text: str) -> str | None:
    if text in _NAMED:
        return None
    if text.startswith("@"):
        if not text.startswith("@every "):
            return f"{quote_scalar(text)} is no named schedule"
        nanos = read_go_duration(text.removeprefix("@every "))
        return nanos if isinstance(nanos, str) else None
    fields = fields_of(text)
    if len(fields) == 5:
        fields.insert(0, "0")
    if len(fields) != 6:
        plural = "" if len(fields) == 1 else "s"
        return f"{quote_scalar(text)} has {len(fields)} field{plural}, not 5 or 6"
    for field, bounds in zip(fields, _CRON_FIELDS):
        for entry in field.split(","):
            problem = _check_entry(entry, bounds) if entry else None
            if problem is not None:
                return f"the {bounds.name} field: {problem}"
    return None


def _check_entry(entry: str, bounds: _Bounds) -> str | None:
    """`*`, `?`, a number, two with `-`; a step behind `/`."""
    halves = entry.split("/")
    ends = halves[0].split("-")
    numbers: list[int] = [bounds.least, bounds.most]
    if ends[0] not in ("*", "?"):
        numbers.clear()
        for at, text in enumerate(ends):
            if at == 1 and len(ends) > 2:
                return f"{quote_scalar(entry)} has too many hyphens"
            number = _name(text, bounds)
            if isinstance(number, str):
                return number
            numbers.append(number)
    begin, end = numbers[0], numbers[-1]
    step: int | str = 1
    if len(halves) > 2:
        return f"{quote_scalar(entry)} has too many slashes"
    if len(halves) == 2:
        step = _number(halves[1])
        if isinstance(step, str):
            return step
        if len(ends) == 1:
            end = bounds.most
    if begin < bounds.least or end > bounds.most:
        return f"{quote_scalar(entry)} is not within {bounds.least} to {bounds.most}"
    if begin > end:
        return f"{quote_scalar(entry)} ends before it starts"
    return f"{quote_scalar(entry)} has the step 0" if step == 0 else None


def _name(text: str, bounds: _Bounds) -> int | str:
    small = lower(text)
    return bounds.least + bounds.names.index(small) if small in bounds.names else _number(text)


def _number(text: str) -> int | str:
    value = atoi(text)
    if isinstance(value, str):
        return f"{quote_scalar(text)} {'is too big' if value == TOO_BIG else 'is no number'}"
    return f"{quote_scalar(text)} is negative" if value < 0 else value
