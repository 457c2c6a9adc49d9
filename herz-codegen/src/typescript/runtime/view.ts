import { get, isObject, put, sortedKeys } from "./json.js";
import { floatJson, floatText, isInt64, numberOf } from "./number.js";
import { generated, type Table } from "./table.js";
import { any, type Type } from "./types.js";

/**
 * A value as the validator sees it: `undefined` (the key is not there), null, whole numbers as bigint,
 * other numbers as number, and so on.
 */
export type View =
  | undefined
  | null
  | boolean
  | bigint
  | number
  | string
  | ListView
  | MapView
  | ObjectView
  | typeof generated;

/** A list of whatever. */
export class ListView {
  readonly length: number;
  readonly item: (index: number) => View;

  constructor(length: number, item: (index: number) => View) {
    this.length = length;
    this.item = item;
  }

  static of(views: readonly View[]): ListView {
    return new ListView(views.length, (index) => views[index]);
  }

  items(): View[] {
    return Array.from({ length: this.length }, (_, index) => this.item(index));
  }
}

/** A map with text keys. */
export class MapView {
  /** In ascending order. */
  readonly keys: readonly string[];
  readonly value: (key: string) => View;

  constructor(entries: { readonly [key: string]: unknown }, of: Type) {
    this.keys = sortedKeys(entries);
    this.value = (key) => viewOf(of, get(entries, key));
  }
}

/** An object of a named type. */
export class ObjectView {
  readonly table: Table;
  readonly entries: { readonly [key: string]: unknown };

  constructor(table: Table, entries: { readonly [key: string]: unknown }) {
    this.table = table;
    this.entries = entries;
  }

  /** The field at that place of the table. */
  field(at: number): View {
    const field = this.table.fields[at];
    return field === undefined ? undefined : viewOf(field.type, get(this.entries, field.wire));
  }

  /** The field of that name. */
  named(wire: string): View {
    const found = this.table.find(wire);
    return found === undefined ? undefined : this.field(found[0]);
  }

  /** The keys that the schema does not know, in ascending order. */
  others(): string[] {
    return sortedKeys(this.entries).filter((key) => this.table.find(key) === undefined);
  }
}

/** The view of a value of a type. */
export function viewOf(type: Type, value: unknown): View {
  const number = numberOf(value);
  if (number !== undefined) {
    return number;
  }
  if (value === undefined || value === null || typeof value === "boolean" || typeof value === "string") {
    return value;
  }
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const of = type.kind === "list" ? type.of : any;
    return new ListView(items.length, (index) => viewOf(of, items[index] ?? null));
  }
  if (isObject(value)) {
    return type.kind === "object" ? new ObjectView(type.table(), value) : new MapView(value, type.kind === "map" ? type.of : any);
  }
  return undefined;
}

/** The view of a value of any type. */
export function viewAny(value: unknown): View {
  return value === generated ? generated : viewOf(any, value);
}

export function notNull(view: View): View {
  return view === null ? undefined : view;
}

export function isFilled(view: View): boolean {
  if (view instanceof ListView) {
    return view.length > 0;
  }
  if (view instanceof MapView) {
    return view.keys.length > 0;
  }
  if (view instanceof ObjectView) {
    return sortedKeys(view.entries).length > 0;
  }
  switch (typeof view) {
    case "boolean":
      return view;
    case "bigint":
      return view !== 0n;
    case "number":
      return view !== 0;
    case "string":
      return view !== "";
    case "symbol":
      return true;
    default:
      return false;
  }
}

/** Whether two values are the same: numbers by value, objects by their fields. */
export function same(a: View, b: View): boolean {
  if (a === generated || b === generated) {
    return false;
  }
  if (typeof a === "bigint" && typeof b === "number") {
    return isInt64(a) && Number(a) === b;
  }
  if (typeof a === "number" && typeof b === "bigint") {
    return isInt64(b) && a === Number(b);
  }
  if (typeof a === "object" && a !== null && typeof b === "object" && b !== null) {
    return identity(a) === identity(b);
  }
  return a === b;
}

/** A text that is the same for equal values and different for different ones. */
export function identity(view: View): string {
  if (view instanceof ListView) {
    return `[${view.items().map(identity).join(",")}]`;
  }
  if (view instanceof MapView) {
    return entriesIdentity(view.keys, view.value);
  }
  if (view instanceof ObjectView) {
    const entries: { [key: string]: View } = {};
    for (const key of sortedKeys(view.entries)) {
      put(entries, key, view.table.find(key) === undefined ? viewAny(get(view.entries, key)) : view.named(key));
    }
    return entriesIdentity(sortedKeys(entries), (key) => get(entries, key));
  }
  switch (typeof view) {
    case "string":
      return JSON.stringify(view);
    case "number":
      return floatJson(view);
    case "boolean":
    case "bigint":
      return view.toString();
    case "undefined":
      return "";
    default:
      return "null";
  }
}

function entriesIdentity(keys: readonly string[], value: (key: string) => View): string {
  return `{${keys.map((key) => `${JSON.stringify(key)}:${identity(value(key))}`).join(",")}}`;
}

/** A single value as messages show it; none for lists and objects. */
export function shownView(view: View): string | undefined {
  switch (typeof view) {
    case "string":
      return view;
    case "number":
      return floatText(view);
    case "boolean":
    case "bigint":
      return view.toString();
    default:
      return undefined;
  }
}
