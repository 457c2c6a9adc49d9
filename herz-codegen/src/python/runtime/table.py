"""What the schema says of types, as data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from . import codes, messages
from .dialects import Dialect
from .shape import Type
from .violation import Level

Layer: TypeAlias = Literal["Structure", "Admission"]
"""Which part of a platform enforces something: `Admission` looks only at what will run."""

FieldPath: TypeAlias = Sequence[str]

EACH = "[]"
"""The step of a path that stands for every item of a list or value of a map."""


class Generated:
    """A default that is made up at creation."""


GENERATED = Generated()

Pair: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class Bound:
    """One end of a range."""

    value: float
    text: str
    exclusive: bool = False


@dataclass(frozen=True)
class Deprecated:
    """What to say to somebody who uses something deprecated; `name` is the value, for values of enums."""

    name: str = ""
    since: str | None = None
    instead: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Choice:
    """The values of an enum."""

    values: Sequence[str] = ()
    allow_empty: bool = False
    gone: Sequence[Pair] = ()
    deprecated: Sequence[Deprecated] = ()


@dataclass(frozen=True)
class Limit:
    """A limit on a value."""

    kind: str
    level: Level = "error"
    layer: Layer = "Structure"
    min: Bound | None = None
    max: Bound | None = None
    least: int | None = None
    most: int | None = None
    pattern: str = ""
    step: float = 0
    dialect: Dialect | None = None
    allow_empty: bool = False
    choice: Choice | None = None
    values: Sequence[str] = ()


@dataclass(frozen=True)
class Default:
    """The value if absent."""

    value: object
    fill_empty: bool = False
    layer: Layer = "Structure"


@dataclass(frozen=True)
class Normalize:
    """How a platform rewrites a text before admission sees it."""

    cut_at: str | None = None
    prefix: str = ""
    unless: str = ""
    keep_empty: bool = False


@dataclass(frozen=True)
class Shape:
    """What list items or map values may be, beyond their type."""

    limits: Sequence[Limit] = ()
    entries: Shape | None = None


ANY_SHAPE = Shape()


@dataclass(frozen=True)
class Field:
    """A field of an object: its key in documents, its attribute, its type, and what is said of it."""

    wire: str
    attribute: str
    type: Type
    required: bool = False
    nullable: bool = False
    default: Default | None = None
    limits: Sequence[Limit] = ()
    entries: Shape | None = None
    structure_only: bool = False
    aliases: Sequence[str] = ()
    deprecated: Deprecated | None = None
    normalize: Normalize | None = None
    sensitive: bool = False

    @property
    def shape(self) -> Shape:
        return Shape(self.limits, self.entries)

    @property
    def is_needed(self) -> bool:
        """Whether a document must have it: nothing fills it in."""
        return self.required and self.default_for("Structure") is None

    @property
    def fills_in(self) -> bool:
        """Whether the structure fills it in if it is absent."""
        return self.default is not None and self.default.layer == "Structure" and not self.default.fill_empty

    @property
    def choice(self) -> Choice | None:
        return next((limit.choice for limit in self.limits if limit.kind == "Enum"), None)

    def default_for(self, layer: Layer) -> Default | None:
        if self.default is not None and (self.default.layer == "Structure" or layer == "Admission"):
            return self.default
        return None

    def mends_empty(self, layer: Layer) -> bool:
        known = self.default_for(layer)
        return known is not None and known.fill_empty


def dialect_of(shape: Shape | None) -> Dialect | None:
    limits = () if shape is None else shape.limits
    return next((limit.dialect for limit in limits if limit.kind == "Scalar"), None)


@dataclass(frozen=True)
class Condition:
    """A test of one field."""

    field: FieldPath
    test: str
    values: Sequence[object] = ()


@dataclass(frozen=True)
class Rule:
    """A rule across fields."""

    name: str
    kind: str
    when: Sequence[Condition] = ()
    when_words: str = ""
    message: str | None = None
    level: Level = "error"
    layer: Layer = "Structure"
    fields: Sequence[FieldPath] = ()
    filled: bool = False
    min: int = 0
    at_most_one: bool = False
    left: FieldPath = ()
    op: str = ""
    right: FieldPath = ()
    list: FieldPath = ()
    by: str = ""
    from_: FieldPath = ()
    to: FieldPath = ()
    of: Sequence[Condition] = ()
    edges: FieldPath = ()
    source: str = ""
    holds: Callable[[object], object] | None = None
    """Whether a CEL rule holds; no value if an operand is malformed or missing."""


@dataclass(frozen=True)
class Case:
    """One case of a union."""

    value: str
    requires: Sequence[str] = ()
    filled: bool = False
    allows: Sequence[str] = ()
    level: Level = "error"

    def names(self, wire: str) -> bool:
        return wire in self.requires or wire in self.allows


@dataclass(frozen=True)
class Union:
    """A field whose value decides which other fields make sense."""

    tag: str
    foreign: str
    cases: Sequence[Case] = ()
    former: Sequence[str] = ()
    selected_only: bool = False


@dataclass(frozen=True)
class Lasting:
    """What ends a fault that lasts. Paths start at the document's root."""

    duration: FieldPath
    tag: FieldPath = ()
    once: Sequence[str] = ()


class Table:
    """What the schema says of an object type."""

    def __init__(
        self,
        name: str,
        fields: Sequence[Field] = (),
        rules: Sequence[Rule] = (),
        union: Union | None = None,
        gone: Sequence[Pair] = (),
        open: bool = False,
        document: bool = False,
        lenient_null: bool = False,
        structure_only: bool = False,
        lasting: Lasting | None = None,
    ) -> None:
        self.name = name
        self.fields = fields
        self.rules = rules
        self.union = union
        self.open = open
        self.document = document
        self.lenient_null = lenient_null or document
        self.structure_only = structure_only
        self.lasting = lasting
        self._gone = dict(gone)
        self._places: dict[str, int] = {}
        for at, field in enumerate(fields):
            self._places.setdefault(field.wire, at)

    def find(self, wire: str) -> tuple[int, Field] | None:
        """The place of a field, and the field."""
        at = self._places.get(wire)
        return None if at is None else (at, self.fields[at])

    def unknown(self, key: str) -> tuple[str, str]:
        """What to say about a key that is no field."""
        for field in self.fields:
            if key in field.aliases:
                return codes.FORMER_NAME, messages.both_names(key, field.wire)
        gone = self._gone.get(key)
        if gone is None:
            return codes.UNKNOWN_FIELD, messages.unknown_field(key)
        if gone == "":
            return codes.GONE, messages.reserved(key)
        return codes.GONE, messages.gone("field", key, *split_since(gone), "the newest release")


def split_since(since: str) -> tuple[str, str]:
    """Takes «chaos-mesh 2.8.0» apart."""
    platform, _, until = since.rpartition(" ")
    return platform, until
