"""
Reading. It is strict about types ("5" is no number) and tolerant about what a later release may bring:
unknown keys and unknown values of enums are kept, and `validate` reports them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from . import codes, messages
from .number import EXACT, float_json, is_int64, number_of, plain_float
from .shape import ANY, Type
from .table import Field, Table
from .view import MISSING, entries_of, items_of
from .violation import Level, Reading, Step, Violation, has_errors


def read_object(table: Table, value: object) -> Reading[dict[str, object]]:
    """Reads an object: its entries with one key for each field, and each value of its type."""
    reader = _Reader()
    read = reader.fields(table, value)
    return Reading(None if has_errors(reader.found) else read, reader.found)


class _Reader:
    """Collects everything that does not fit. What does not fit is read as `MISSING`."""

    def __init__(self) -> None:
        self.found: list[Violation] = []
        self._path: list[Step] = []
        self._lenient_null = False
        self._hidden = 0

    def report(self, code: str, level: Level, message: str) -> None:
        self.found.append(Violation(code, level, tuple(self._path), message))

    def report_under(self, key: str, code: str, level: Level, message: str) -> None:
        self.found.append(Violation(code, level, (*self._path, key), message))

    def under(self, step: Step, value: object, wanted: str) -> None:
        """Reports that what stands under a key is of a wrong type."""
        self._path.append(step)
        self.wrong_type(value, wanted)
        self._path.pop()

    def wrong_type(self, value: object, wanted: str) -> object:
        if value is None and self._path:
            last = self._path[-1]
            message = messages.null_item() if isinstance(last, int) else messages.null(last)
            self.report(codes.NULL, "error", message)
        else:
            self.report(codes.WRONG_TYPE, "error", messages.wrong_type(wanted, self._words(value)))
        return MISSING

    def _words(self, value: object) -> str:
        if value is None:
            return messages.found_null()
        if items_of(value) is not None:
            return messages.found_list()
        if entries_of(value) is not None:
            return messages.found_map()
        if self._hidden > 0:
            return messages.found_hidden()
        if isinstance(value, bool):
            return messages.found_bool("true" if value else "false")
        if isinstance(value, str):
            return messages.found_text(value) if value else messages.found_empty()
        number = number_of(value)
        if isinstance(number, int):
            return messages.found_int(str(number))
        return messages.found_hidden() if number is None else messages.found_float(float_json(number))

    def value(self, of: Type, value: object) -> object:
        """Reads a value of a type."""
        kind = of.kind
        if kind == "any":
            return value
        if kind == "object" and of.model is not None:
            read = self.fields(of.model().HERZ.table, value)
            return MISSING if read is None else read
        if kind == "text":
            return value if isinstance(value, str) else self.wrong_type(value, messages.WANTED_TEXT)
        if kind == "bool":
            return value if isinstance(value, bool) else self.wrong_type(value, messages.WANTED_BOOL)
        if kind == "int":
            return self._int(value, of.bits, of.signed)
        if kind == "list":
            return self._list(of.of or ANY, value)
        if kind == "map":
            return self._map(of.of or ANY, value)
        if kind == "any_object":
            return value if entries_of(value) is not None else self.wrong_type(value, messages.WANTED_MAP)
        number = number_of(value)
        if kind == "float":
            return self.wrong_type(value, messages.WANTED_FLOAT) if number is None else plain_float(float(number))
        if isinstance(value, str) or (isinstance(number, int) and is_int64(number)):
            return value
        return self.wrong_type(value, messages.WANTED_INT_OR_TEXT)

    def _int(self, value: object, bits: int, signed: bool) -> object:
        number = number_of(value)
        if isinstance(number, float) and number.is_integer() and abs(number) <= EXACT:
            number = int(number)
        if not isinstance(number, int):
            return self.wrong_type(value, messages.WANTED_INT)
        least, most = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
        if least <= number <= most:
            return number
        shown = None if self._hidden > 0 else str(number)
        say = messages.out_of_signed if signed else messages.out_of_unsigned
        self.report(codes.OUT_OF_RANGE, "error", say(shown, str(bits)))
        return MISSING

    def _list(self, of: Type, value: object) -> object:
        items = items_of(value)
        if items is None:
            return self.wrong_type(value, messages.WANTED_LIST)
        read: list[object] = []
        for at, item in enumerate(items):
            self._path.append(at)
            read.append(self.value(of, item))
            self._path.pop()
        return read

    def _map(self, of: Type, value: object) -> object:
        entries = entries_of(value)
        if entries is None:
            return self.wrong_type(value, messages.WANTED_MAP)
        read: dict[str, object] = {}
        for key in sorted(entries):
            # Where anything may stand, null is a value.
            if entries[key] is None and self._lenient_null and of.kind != "any":
                self.report_under(key, codes.NULL, "warning", messages.null(key))
                continue
            self._path.append(key)
            read[key] = self.value(of, entries[key])
            self._path.pop()
        return read

    def fields(self, table: Table, value: object) -> dict[str, object] | None:
        entries = entries_of(value)
        if entries is None:
            self.wrong_type(value, messages.WANTED_MAP)
            return None
        read: dict[str, object] = {}
        for field in table.fields:
            found = self._field(table, field, entries)
            if found is not MISSING:
                read[field.wire] = found
        for key in entries:
            if not _is_field(table, key, entries):
                read[key] = entries[key]
        return read

    def _field(self, table: Table, field: Field, entries: Mapping[str, object]) -> object:
        key = self._find(field, entries)
        raw = MISSING if key is None else entries[key]
        if key is not None and raw is None and not field.nullable:
            missing = field.required and field.default_for("Structure") is None
            if not (table.lenient_null and missing):
                level: Level = "warning" if table.lenient_null else "error"
                self.report_under(key, codes.NULL, level, messages.null(field.wire))
                return MISSING
            raw = MISSING
        if key is None or raw is MISSING:
            if field.is_needed:
                self.report_under(field.wire, codes.MISSING_FIELD, "error", messages.missing_field(field.wire))
            return MISSING
        if raw is None:
            return None
        self._lenient_null = table.lenient_null
        self._hidden += field.sensitive
        self._path.append(key)
        read = self.value(field.type, raw)
        self._path.pop()
        self._hidden -= field.sensitive
        # `apiVersion` and `kind` of a document are what its type says.
        constant = field.limits[0].values if table.document and field.limits else ()
        if isinstance(read, str) and constant and read not in constant:
            self.report_under(field.wire, codes.NOT_ALLOWED, "error", messages.not_allowed(read, constant))
        return read

    def _find(self, field: Field, entries: Mapping[str, object]) -> str | None:
        """The key under which a field stands: its own, or a former one."""
        if field.wire in entries:
            return field.wire
        alias = next((name for name in field.aliases if name in entries), None)
        if alias is not None:
            self.report_under(alias, codes.FORMER_NAME, "warning", messages.former_name(alias, field.wire))
        return alias


def _is_field(table: Table, key: str, entries: Mapping[str, object]) -> bool:
    if table.find(key) is not None:
        return True
    return any(key in field.aliases and field.wire not in entries for field in table.fields)


def _group_of(version: str) -> str:
    group, found, _ = version.partition("/")
    return group if found else ""


def kind_of(value: object, kinds: Sequence[tuple[str, str]]) -> tuple[int | None, Sequence[Violation]]:
    """
    Tells which of these kinds, each apiVersion and kind, a document is: its place in the list, or why it
    is none.
    """
    reader = _Reader()
    entries = entries_of(value)
    if entries is None:
        reader.wrong_type(value, messages.WANTED_MAP)
        return None, reader.found
    read: list[str] = []
    for key in ("apiVersion", "kind"):
        entry = entries.get(key, MISSING)
        if entry is MISSING:
            reader.report_under(key, codes.MISSING_FIELD, "error", messages.missing_field(key))
        elif isinstance(entry, str):
            read.append(entry)
        else:
            reader.under(key, entry, messages.WANTED_TEXT)
    if len(read) < 2:
        return None, reader.found
    version, kind = read
    if (version, kind) in kinds:
        return kinds.index((version, kind)), reader.found
    same_kind = [known for known, name in kinds if name == kind]
    same_group = [name for known, name in kinds if _group_of(known) == _group_of(version)]
    versions = [known for known, _ in kinds]
    all_versions = [one for at, one in enumerate(versions) if at == 0 or versions[at - 1] != one]
    if same_kind:
        reader.report_under("apiVersion", codes.API_VERSION, "error", messages.not_allowed(version, same_kind))
    elif same_group:
        reader.report_under("kind", codes.UNKNOWN_KIND, "error", messages.not_allowed(kind, same_group))
    else:
        reader.report_under("apiVersion", codes.API_VERSION, "error", messages.not_allowed(version, all_versions))
    return None, reader.found
