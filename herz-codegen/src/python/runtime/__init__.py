"""What generated types are made of: reading, judging, texts with a grammar."""

from __future__ import annotations

from .cel import (
    cel_add as cel_add,
    cel_all as cel_all,
    cel_and as cel_and,
    cel_contains as cel_contains,
    cel_divide as cel_divide,
    cel_ends_with as cel_ends_with,
    cel_equal as cel_equal,
    cel_exists as cel_exists,
    cel_exists_one as cel_exists_one,
    cel_field as cel_field,
    cel_filter as cel_filter,
    cel_float as cel_float,
    cel_greater as cel_greater,
    cel_greater_or_equal as cel_greater_or_equal,
    cel_has as cel_has,
    cel_if as cel_if,
    cel_in as cel_in,
    cel_index as cel_index,
    cel_int as cel_int,
    cel_less as cel_less,
    cel_less_or_equal as cel_less_or_equal,
    cel_list as cel_list,
    cel_map as cel_map,
    cel_matches as cel_matches,
    cel_multiply as cel_multiply,
    cel_nanos as cel_nanos,
    cel_negate as cel_negate,
    cel_not as cel_not,
    cel_not_equal as cel_not_equal,
    cel_number as cel_number,
    cel_or as cel_or,
    cel_remainder as cel_remainder,
    cel_size as cel_size,
    cel_starts_with as cel_starts_with,
    cel_subtract as cel_subtract,
    cel_whole as cel_whole,
)
from .dialects import ALLOWED as ALLOWED, Dialect as Dialect
from .jsontext import Json as Json, parse_json as parse_json, write_json as write_json
from .magnitude import Magnitude as Magnitude
from .meta import ObjectMeta as ObjectMeta
from .model import (
    Document as Document,
    Object as Object,
    Schema as Schema,
    TextEnum as TextEnum,
    no_keys as no_keys,
    tag_of as tag_of,
)
from .read import kind_of as kind_of
from .scalar import Parsed as Parsed, Scalar as Scalar, parse_scalar as parse_scalar
from .scalars import *  # noqa: F403
from .shape import (
    ANY as ANY,
    ANY_OBJECT as ANY_OBJECT,
    BOOL as BOOL,
    FLOAT as FLOAT,
    INT_OR_TEXT as INT_OR_TEXT,
    TEXT as TEXT,
    integer as integer,
    list_of as list_of,
    map_of as map_of,
    object_of as object_of,
    text_of as text_of,
)
from .table import (
    GENERATED as GENERATED,
    Bound as Bound,
    Case as Case,
    Choice as Choice,
    Condition as Condition,
    Default as Default,
    Deprecated as Deprecated,
    Field as Field,
    Lasting as Lasting,
    Limit as Limit,
    Normalize as Normalize,
    Rule as Rule,
    Shape as Shape,
    Table as Table,
    Union as Union,
)
from .values import (
    UNSET as UNSET,
    Bytes as Bytes,
    IntOrString as IntOrString,
    Unset as Unset,
    decode_bytes as decode_bytes,
)
from .violation import (
    Level as Level,
    MisfitError as MisfitError,
    Reading as Reading,
    Violation as Violation,
    has_errors as has_errors,
    path_text as path_text,
)
