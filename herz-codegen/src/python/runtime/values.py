"""Values of fields that have no type of their own in Python."""

from __future__ import annotations

from enum import Enum
from typing import Final, TypeAlias

from .base64text import decode_base64


class Unset(Enum):
    """A field that is absent where null is a value of its own."""

    UNSET = "unset"


UNSET: Final = Unset.UNSET

IntOrString: TypeAlias = "int | str"
"""A whole number or a text, as Kubernetes has it for ports and amounts."""

Bytes: TypeAlias = str
"""Bytes, kept as the base64 text that they were written in; `decode_bytes` gives them."""


def decode_bytes(text: Bytes) -> bytes:
    """The bytes of a base64 text. Raises a `ValueError` if it is none."""
    decoded = decode_base64(text)
    if isinstance(decoded, str):
        raise ValueError(decoded)
    return decoded
