"""JSON: reading and writing it without loss."""

from __future__ import annotations

import json
import math
from typing import TypeAlias

Json: TypeAlias = "None | bool | int | float | str | list[Json] | dict[str, Json]"
"""A value of a document."""


def _whole(text: str) -> int | float:
    # An int has no sign at 0, and Python limits how many digits it reads.
    if text == "-0" or len(text) > 4000:
        return _float(text)
    return int(text)


def _float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError(f"the number {text[:60]} is out of range")
    return value


def _constant(text: str) -> float:
    raise ValueError(f"{text} is no JSON value")


def parse_json(text: str | bytes) -> Json:
    """Reads one JSON value. Raises a `ValueError` if the text is none."""
    try:
        value: Json = json.loads(text, parse_int=_whole, parse_float=_float, parse_constant=_constant)
    except RecursionError:
        raise ValueError("values are nested too deep") from None
    return value


def write_json(value: object, indent: int | None = None) -> str:
    """Writes a value as JSON, on one line or indented."""
    separators = (",", ":") if indent is None else (",", ": ")
    return json.dumps(value, ensure_ascii=False, indent=indent, separators=separators, allow_nan=False)
