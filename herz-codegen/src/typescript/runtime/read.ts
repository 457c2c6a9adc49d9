import { type Code, codes } from "./codes.js";
import { get, isObject, type Json, put, sortedKeys } from "./json.js";
import { messages, wanted } from "./messages.js";
import { exact, floatJson, isInt64, numberOf } from "./number.js";
import { defaultFor, type Field, type Table } from "./table.js";
import type { Type } from "./types.js";
import { hasErrors, type Level, type Reading, type Violation } from "./violation.js";

type Entries = { readonly [key: string]: unknown };

/**
 * Reads an object. It is strict about types ("5" is no number) and tolerant about what a later release
 * may bring: unknown keys and unknown values of enums are kept, and `validate` reports them.
 */
export function readObject(table: Table, value: unknown): Reading<{ [key: string]: Json }> {
  const reader = new Reader();
  const read = reader.object(table, value);
  const fits = read !== undefined && !hasErrors(reader.found);
  return { value: fits ? read : undefined, found: reader.found };
}

/** Collects everything that does not fit. What does not fit is read as undefined. */
class Reader {
  readonly found: Violation[] = [];
  private readonly path: (string | number)[] = [];
  private lenientNull = false;
  private hidden = 0;

  report(code: Code, level: Level, message: string): void {
    this.found.push({ code, level, path: [...this.path], message });
  }

  reportUnder(key: string, code: Code, level: Level, message: string): void {
    this.found.push({ code, level, path: [...this.path, key], message });
  }

  under<T>(step: string | number, inner: () => T): T {
    this.path.push(step);
    const result = inner();
    this.path.pop();
    return result;
  }

  private wrongType(value: unknown, what: string): undefined {
    const last = this.path.at(-1);
    if ((value === null || value === undefined) && last !== undefined) {
      const message = typeof last === "number" ? messages.nullItem() : messages.null(last);
      this.report(codes.null, "error", message);
    } else {
      this.report(codes.wrongType, "error", messages.wrongType(what, this.words(value)));
    }
    return undefined;
  }

  words(value: unknown): string {
    if (value === null || value === undefined) {
      return messages.foundNull();
    }
    if (Array.isArray(value)) {
      return messages.foundList();
    }
    if (isObject(value)) {
      return messages.foundMap();
    }
    if (this.hidden > 0) {
      return messages.foundHidden();
    }
    const number = numberOf(value);
    if (typeof number === "bigint") {
      return messages.foundInt(number.toString());
    }
    if (number !== undefined) {
      return messages.foundFloat(floatJson(number));
    }
    if (typeof value === "boolean") {
      return messages.foundBool(value.toString());
    }
    if (typeof value === "string") {
      return value === "" ? messages.foundEmpty() : messages.foundText(value);
    }
    return messages.foundHidden();
  }

  text(value: unknown): string | undefined {
    return typeof value === "string" ? value : this.wrongType(value, wanted.text);
  }

  /** Reads a value of a type; undefined if it does not fit, which is reported then. */
  value(type: Type, value: unknown): Json | undefined {
    switch (type.kind) {
      case "bool":
        return typeof value === "boolean" ? value : this.wrongType(value, wanted.bool);
      case "text":
        return this.text(value);
      case "float": {
        const number = numberOf(value);
        return number === undefined ? this.wrongType(value, wanted.float) : Number(number);
      }
      case "int":
        return this.int(value, type.bits, type.signed);
      case "intOrText": {
        const number = numberOf(value);
        if (typeof value === "string") {
          return value;
        }
        return typeof number === "bigint" && isInt64(number) ? plain(number) : this.wrongType(value, wanted.intOrText);
      }
      case "any":
        return value as Json;
      case "anyObject":
        return isObject(value) ? (value as Json) : this.wrongType(value, wanted.map);
      case "list":
        return this.list(type.of, value);
      case "map":
        return this.map(type.of, value);
      case "object":
        return this.object(type.table(), value);
    }
  }

  private int(value: unknown, bits: number, signed: boolean): number | bigint | undefined {
    const number = numberOf(value);
    const whole =
      typeof number === "bigint"
        ? number
        : number !== undefined && Number.isInteger(number) && Math.abs(number) <= exact
          ? BigInt(number)
          : undefined;
    if (whole === undefined) {
      return this.wrongType(value, wanted.int);
    }
    const fits = (signed ? BigInt.asIntN(bits, whole) : BigInt.asUintN(bits, whole)) === whole;
    if (fits) {
      return plain(whole);
    }
    const shown = this.hidden > 0 ? undefined : whole.toString();
    const message = signed ? messages.outOfSigned(shown, String(bits)) : messages.outOfUnsigned(shown, String(bits));
    this.report(codes.outOfRange, "error", message);
    return undefined;
  }

  private list(of: Type, value: unknown): Json[] | undefined {
    if (!Array.isArray(value)) {
      return this.wrongType(value, wanted.list);
    }
    const items: readonly unknown[] = value;
    return items.map((item, at) => this.under(at, () => this.value(of, item)) ?? null);
  }

  private map(of: Type, value: unknown): { [key: string]: Json } | undefined {
    if (!isObject(value)) {
      return this.wrongType(value, wanted.map);
    }
    const read: { [key: string]: Json } = {};
    for (const key of sortedKeys(value)) {
      const entry = get(value, key);
      // Where anything may stand, null is a value.
      if (entry === null && this.lenientNull && of.kind !== "any") {
        this.reportUnder(key, codes.null, "warning", messages.null(key));
      } else {
        put(read, key, this.under(key, () => this.value(of, entry)) ?? null);
      }
    }
    return read;
  }

  object(table: Table, value: unknown): { [key: string]: Json } | undefined {
    if (!isObject(value)) {
      return this.wrongType(value, wanted.map);
    }
    const read: { [key: string]: Json } = {};
    for (const field of table.fields) {
      const found = this.field(table, field, value);
      if (found !== undefined) {
        put(read, field.wire, found);
      }
    }
    for (const key of Object.keys(value)) {
      const entry = get(value, key);
      if (entry !== undefined && !isField(table, key, value)) {
        put(read, key, entry as Json);
      }
    }
    return read;
  }

  private field(table: Table, field: Field, entries: Entries): Json | undefined {
    const key = this.find(field, entries);
    const raw = key === undefined ? undefined : get(entries, key);
    if (key === undefined || raw === undefined || (raw === null && !field.nullable)) {
      if (key !== undefined && raw !== undefined) {
        const missing = (field.required ?? false) && defaultFor(field, "Structure") === undefined;
        if (!(table.lenientNull && missing)) {
          const level = table.lenientNull ? "warning" : "error";
          this.reportUnder(key, codes.null, level, messages.null(field.wire));
          return undefined;
        }
      }
      if (isNeeded(field)) {
        this.reportUnder(field.wire, codes.missingField, "error", messages.missingField(field.wire));
      }
      return undefined;
    }
    if (raw === null) {
      return null;
    }
    this.lenientNull = table.lenientNull;
    this.hidden += field.sensitive ? 1 : 0;
    const read = this.under(key, () => this.value(field.type, raw));
    this.hidden -= field.sensitive ? 1 : 0;
    // `apiVersion` and `kind` of a document are what its type says.
    const constant = table.document ? field.limits?.[0]?.values?.[0] : undefined;
    if (constant !== undefined && typeof read === "string" && read !== constant) {
      this.reportUnder(field.wire, codes.notAllowed, "error", messages.notAllowed(read, [constant]));
    }
    return read;
  }

  /** The key under which a field stands: its own, or a former one. */
  private find(field: Field, entries: Entries): string | undefined {
    if (get(entries, field.wire) !== undefined) {
      return field.wire;
    }
    const alias = field.aliases?.find((name) => get(entries, name) !== undefined);
    if (alias !== undefined) {
      this.reportUnder(alias, codes.formerName, "warning", messages.formerName(alias, field.wire));
    }
    return alias;
  }
}

function isNeeded(field: Field): boolean {
  return (field.required ?? false) && defaultFor(field, "Structure") === undefined;
}

function isField(table: Table, key: string, entries: Entries): boolean {
  if (table.find(key) !== undefined) {
    return true;
  }
  return table.fields.some((field) => field.aliases?.includes(key) && get(entries, field.wire) === undefined);
}

function plain(whole: bigint): number | bigint {
  const number = Number(whole);
  return Number.isSafeInteger(number) ? number : whole;
}

function groupOf(version: string): string {
  const at = version.indexOf("/");
  return at < 0 ? "" : version.slice(0, at);
}

/** Tells which of these kinds a document is: its place in the list, or why it is none. */
export function kindOf(
  value: unknown,
  kinds: readonly { readonly apiVersion: string; readonly kind: string }[],
): { readonly at: number | undefined; readonly found: readonly Violation[] } {
  const reader = new Reader();
  const none = { at: undefined, found: reader.found };
  if (!isObject(value)) {
    reader.report(codes.wrongType, "error", messages.wrongType(wanted.map, reader.words(value)));
    return none;
  }
  const read = (key: string): string | undefined => {
    const entry = get(value, key);
    if (entry === undefined) {
      reader.reportUnder(key, codes.missingField, "error", messages.missingField(key));
      return undefined;
    }
    return reader.under(key, () => reader.text(entry));
  };
  const version = read("apiVersion");
  const kind = read("kind");
  if (version === undefined || kind === undefined) {
    return none;
  }
  const at = kinds.findIndex((known) => known.apiVersion === version && known.kind === kind);
  if (at >= 0) {
    return { at, found: reader.found };
  }
  const sameKind = kinds.filter((known) => known.kind === kind).map((known) => known.apiVersion);
  const sameGroup = kinds.filter((known) => groupOf(known.apiVersion) === groupOf(version)).map((known) => known.kind);
  const all = kinds.map((known) => known.apiVersion).filter((one, index, list) => one !== list[index - 1]);
  if (sameKind.length > 0) {
    reader.reportUnder("apiVersion", codes.apiVersion, "error", messages.notAllowed(version, sameKind));
  } else if (sameGroup.length > 0) {
    reader.reportUnder("kind", codes.unknownKind, "error", messages.notAllowed(kind, sameGroup));
  } else {
    reader.reportUnder("apiVersion", codes.apiVersion, "error", messages.notAllowed(version, all));
  }
  return none;
}
