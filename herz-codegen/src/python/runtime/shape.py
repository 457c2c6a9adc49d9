"""Types of fields, as reader and validator see them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .model import Object, TextEnum
    from .scalar import Scalar


@dataclass(frozen=True)
class Type:
    """The type of a field."""

    kind: str
    of: Type | None = None
    bits: int = 0
    signed: bool = True
    model: Callable[[], type[Object]] | None = None
    made: Callable[[], type[TextEnum] | type[Scalar]] | None = None
    """What texts become: a class that is a text."""


BOOL = Type("bool")
FLOAT = Type("float")
TEXT = Type("text")
ANY = Type("any")
ANY_OBJECT = Type("any_object")
INT_OR_TEXT = Type("int_or_text")


def integer(bits: int, signed: bool) -> Type:
    return Type("int", bits=bits, signed=signed)


def list_of(of: Type) -> Type:
    return Type("list", of=of)


def map_of(of: Type) -> Type:
    return Type("map", of=of)


def object_of(model: Callable[[], type[Object]]) -> Type:
    return Type("object", model=model)


def text_of(made: Callable[[], type[TextEnum] | type[Scalar]]) -> Type:
    return Type("text", made=made)
