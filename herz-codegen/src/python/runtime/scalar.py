"""Texts with a grammar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from . import amount, digits, moment, net, url
from .dialects import ALLOWED, Dialect
from .magnitude import NANOSECONDS, Magnitude
from .regex import check_portable
from .text import quote_scalar


@dataclass(frozen=True)
class Parsed:
    """What reading a text with a grammar gave: how much it says, or what is wrong with it."""

    magnitude: Magnitude | None
    """None if the text is not well formed."""

    problem: str | None
    """What is wrong, as one phrase that names the text."""

    allowed: str
    """What is allowed, as one phrase."""


class Scalar(str):
    """A text with a grammar, kept as it was written. Whether it is well formed is for `parse` to say."""

    __slots__ = ()
    DIALECT: ClassVar[Dialect]

    def parse(self) -> Parsed:
        """How much the text says, or why it is not well formed."""
        return parse_scalar(self.DIALECT, str(self))


def parse_scalar(dialect: Dialect, text: str) -> Parsed:
    """Reads a text: how much it says, or why it is not well formed."""
    read = _READERS[dialect](text)
    if isinstance(read, str):
        return Parsed(None, read, ALLOWED[dialect])
    return Parsed(read, None, ALLOWED[dialect])


def _checked(check: Callable[[str], str | None]) -> Callable[[str], Magnitude | str]:
    return lambda text: check(text) or Magnitude()


def _go_duration(text: str) -> Magnitude | str:
    nanos = moment.read_go_duration(text)
    return nanos if isinstance(nanos, str) else Magnitude(NANOSECONDS, nanos)


def _regex(text: str) -> str | None:
    problem = check_portable(text)
    return None if problem is None else f"{quote_scalar(text)} has an error: {problem}"


_READERS: dict[Dialect, Callable[[str], Magnitude | str]] = {
    "duration": moment.read_duration,
    "duration(go)": _go_duration,
    "percent": amount.read_percent,
    "percent(go)": amount.read_percent_go,
    "percent(chaosd)": amount.read_percent_chaosd,
    "percent(chaosd-correlation)": amount.read_correlation_chaosd,
    "byteSize": amount.read_byte_size,
    "byteSize(docker)": amount.read_docker_size,
    "byteSize(chaosd)": amount.read_chaosd_size,
    "rate": amount.read_rate,
    "rate(tc)": amount.read_tc_rate,
    "ip": _checked(net.check_address),
    "cidr": _checked(net.check_cidr),
    "hostname": _checked(lambda text: net.check_name(text, 63, True)),
    "hostname(dns1123)": _checked(lambda text: net.check_name(text, 253, False)),
    "cron": _checked(moment.check_cron),
    "timestamp": moment.read_timestamp,
    "quantity": amount.read_quantity,
    "regex": _checked(_regex),
    "url": _checked(url.check_url),
    "url(go)": _checked(url.check_go_url),
    "integer(go)": digits.read_integer,
    "statusCode": digits.read_status_code,
}
