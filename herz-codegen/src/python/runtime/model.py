"""What generated types are: objects, documents, enums."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from .jsontext import Json, parse_json, write_json
from .judge import judge
from .number import plain_float
from .read import read_object
from .shape import ANY, Type
from .table import Table
from .values import UNSET
from .view import ObjectView, entries_of, items_of
from .violation import MisfitError, Reading, Violation, has_errors

if TYPE_CHECKING:
    from .table import Choice

T = TypeVar("T", bound="Object")
E = TypeVar("E", bound="TextEnum")


class Schema:
    """What the schema says of a type; made when it is used first, since types refer to each other in circles."""

    def __init__(self, make: Callable[[], Table]) -> None:
        self._make = make
        self._table: Table | None = None

    @property
    def table(self) -> Table:
        if self._table is None:
            self._table = self._make()
        return self._table


class TextEnum(str, Enum):
    """Texts that the schema lists. Fields hold other texts, too: later releases may have more values."""

    def __str__(self) -> str:
        return str(self.value)

    def __format__(self, spec: str) -> str:
        return format(str(self.value), spec)

    @classmethod
    def choice(cls) -> Choice:
        """What the schema allows."""
        raise NotImplementedError

    @classmethod
    def known(cls: type[E], text: str) -> E | str:
        """The member for a text; the text itself if the schema does not know it."""
        try:
            return cls(text)
        except ValueError:
            return text


class Object:
    """An object of a generated type."""

    HERZ: ClassVar[Schema]

    unknown: dict[str, Json]
    """Keys that the schema does not know: kept when read, written back, reported by `validate`."""

    @classmethod
    def read(cls: type[T], value: object) -> Reading[T]:
        """Reads a value as `parse_json` or `json.loads` give it. Unknown keys are kept."""
        reading = read_object(cls.HERZ.table, value)
        if reading.value is None:
            return Reading(None, reading.found)
        return Reading(_build(cls, reading.value), reading.found)

    @classmethod
    def parse(cls: type[T], text: str | bytes) -> T:
        """Reads JSON. Raises a `ValueError` if it is none, and a `MisfitError` if the value does not fit."""
        reading = cls.read(parse_json(text))
        if reading.value is None:
            raise MisfitError(reading.found)
        return reading.value

    def to_json(self) -> dict[str, Json]:
        """The object as a document has it: fields in the order of the schema, then unknown keys."""
        entries: dict[str, object] = {}
        for field in self.HERZ.table.fields:
            value: object = getattr(self, field.attribute)
            if value is UNSET or (value is None and not field.is_needed and not field.nullable):
                continue
            entries[field.wire] = _dump(field.type, value)
        entries.update(self.unknown)
        return cast("dict[str, Json]", entries)

    def dumps(self, indent: int | None = None) -> str:
        """Writes JSON, unknown keys included, on one line or indented."""
        return write_json(self.to_json(), indent)

    def validate(self) -> Sequence[Violation]:
        """
        Tells everything that is wrong, errors and warnings, in the order of the schema's fields; first of
        all what does not fit the type at all.
        """
        reading = read_object(self.HERZ.table, self.to_json())
        if reading.value is None or has_errors(reading.found):
            return reading.found
        return [*reading.found, *judge(ObjectView(self.HERZ.table, reading.value))]


class Document(Object):
    """A whole document."""

    API_VERSION: ClassVar[str]
    KIND: ClassVar[str]


def tag_of(value: object, default: str = "") -> str:
    """The text of a tag that may be absent."""
    return str(value) if isinstance(value, str) else default


def no_keys() -> dict[str, Json]:
    """No unknown keys."""
    return {}


def _build(model: type[T], entries: Mapping[str, object]) -> T:
    """An object from entries that fit."""
    arguments: dict[str, Any] = {}
    rest = dict(entries)
    for at, field in enumerate(model.HERZ.table.fields):
        if field.wire not in rest:
            continue
        value = rest.pop(field.wire)
        if not (model.HERZ.table.document and at < 2):
            arguments[field.attribute] = _native(field.type, value)
    return model(**arguments, **{"unknown": rest})


def _native(of: Type, value: object) -> object:
    """A value that fits its type as attributes hold it."""
    if value is None:
        return None
    if of.model is not None:
        return _build(of.model(), entries_of(value) or {})
    if of.kind == "list":
        return [_native(of.of or ANY, item) for item in items_of(value) or ()]
    if of.kind == "map":
        return {key: _native(of.of or ANY, entry) for key, entry in (entries_of(value) or {}).items()}
    if of.kind == "float" and isinstance(value, int):
        return float(value)
    if of.made is not None and isinstance(value, str):
        made = of.made()
        return made.known(value) if issubclass(made, TextEnum) else made(value)
    return value


def _dump(of: Type, value: object) -> object:
    """An attribute as documents have it. What is of another type stays as it is, for the reader to tell."""
    if isinstance(value, Object):
        return value.to_json()
    if isinstance(value, str):
        return value.value if isinstance(value, TextEnum) else str(value)
    if isinstance(value, float) and of.kind == "float":
        return plain_float(value)
    if of.kind == "list":
        items = items_of(value)
        return value if items is None else [_dump(of.of or ANY, item) for item in items]
    if of.kind == "map":
        entries = entries_of(value)
        return value if entries is None else {key: _dump(of.of or ANY, one) for key, one in entries.items()}
    return value
