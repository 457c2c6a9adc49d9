import { get, type Json, type JsonObject, parseJson, put, writeJson } from "./json.js";
import { judge } from "./judge.js";
import type { ObjectMeta } from "./meta.js";
import { readObject } from "./read.js";
import { type Case, type Choice, Table, type TableInit } from "./table.js";
import { hasErrors, MisfitError, type Reading, type Violation } from "./violation.js";
import { ObjectView } from "./view.js";

/** What stands beside a generated object type. */
export interface Model<T> {
  /** What the schema says of the type. */
  readonly table: Table;

  /** Reads a value as `parseJson` or `JSON.parse` give it. Unknown keys are kept. */
  read(value: unknown): Reading<T>;

  /** Reads JSON. Throws a `SyntaxError` if it is none, and a `MisfitError` if the value does not fit. */
  parse(text: string): T;

  /**
   * Tells everything that is wrong, errors and warnings, in the order of the schema's fields; first of
   * all what does not fit the type at all.
   */
  validate(value: T): readonly Violation[];

  /** Writes JSON, unknown keys included, on one line or indented. */
  stringify(value: T, indent?: number): string;

  /** The keys that the schema does not know: kept, written back, reported by `validate`. */
  unknown(value: T): JsonObject;
}

/** What stands beside the type of a whole document. */
export interface Kind<T, S> extends Model<T> {
  /** Group and version. */
  readonly apiVersion: string;
  readonly kind: string;

  /** A document with this name. */
  create(name: string, wanted: S): T;
}

class ObjectModel<T> implements Model<T> {
  private readonly init: () => TableInit;
  private made: Table | undefined;

  constructor(init: () => TableInit) {
    this.init = init;
  }

  get table(): Table {
    // Made when it is used first: types may refer to each other in circles.
    this.made ??= new Table(this.init());
    return this.made;
  }

  read(value: unknown): Reading<T> {
    return readObject(this.table, value) as Reading<T>;
  }

  parse(text: string): T {
    const { value, found } = this.read(parseJson(text));
    if (value === undefined) {
      throw new MisfitError(found);
    }
    return value;
  }

  validate(value: T): readonly Violation[] {
    const { value: read, found } = readObject(this.table, value);
    return read === undefined || hasErrors(found) ? found : [...found, ...judge(new ObjectView(this.table, read))];
  }

  stringify(value: T, indent?: number): string {
    return writeJson(value, indent);
  }

  unknown(value: T): JsonObject {
    const entries = value as JsonObject;
    const others: JsonObject = {};
    for (const key of new ObjectView(this.table, entries).others()) {
      put(others, key, get(entries, key) ?? null);
    }
    return others;
  }
}

class DocumentModel<T, S> extends ObjectModel<T> implements Kind<T, S> {
  readonly apiVersion: string;
  readonly kind: string;

  constructor(apiVersion: string, kind: string, init: () => TableInit) {
    super(init);
    this.apiVersion = apiVersion;
    this.kind = kind;
  }

  create(name: string, wanted: S): T {
    const metadata: ObjectMeta = { name };
    return { apiVersion: this.apiVersion, kind: this.kind, metadata, spec: wanted } as T;
  }
}

export function model<T>(init: () => TableInit): Model<T> {
  return new ObjectModel<T>(init);
}

export function kind<T, S>(apiVersion: string, name: string, init: () => TableInit): Kind<T, S> {
  return new DocumentModel<T, S>(apiVersion, name, init);
}

/** What stands beside the type of an enum, besides its values by name. */
export interface Enumeration {
  /** What the schema allows. */
  readonly choice: Choice;

  /** Whether the schema knows a value. Others are kept and written back, and `validate` reports them. */
  isKnown(value: string): boolean;
}

/** A text that the schema does not list: later releases may have more values. */
export type Unlisted = string & Record<never, never>;

export function enumeration<const V extends { readonly [name: string]: string }>(
  values: V,
  choice: Choice,
): V & Enumeration {
  const known = new Set(Object.values(values));
  return { ...values, choice, isKnown: (value) => known.has(value) };
}

/** One case of a tagged union: what the tag says, and the fields that belong to it. */
export interface Chosen<Tag extends string, Fields> {
  readonly known: true;
  readonly tag: Tag;
  readonly fields: Fields;
}

/** A tag that the schema does not know. */
export interface Unlike {
  readonly known: false;
  readonly tag: string;
}

/** What stands beside the type of a tagged union. */
export interface TaggedUnion<T, C> {
  /** What the tag of an object says, with the fields that belong to it. */
  of(value: T): C;

  /** The object with this tag and its fields; all other fields stay. */
  set(value: T, chosen: C): T;
}

export function taggedUnion<T, C>(owner: () => Model<T>): TaggedUnion<T, C> {
  const find = (tag: string): [string, Case | undefined] => {
    const union = owner().table.union;
    return [union?.tag ?? "", union?.cases?.find((one) => one.value === tag)];
  };
  return {
    of(value) {
      const entries = value as JsonObject;
      const { table } = owner();
      const wire = table.union?.tag ?? "";
      const written = get(entries, wire) ?? table.find(wire)?.[1].default?.value;
      const tag = typeof written === "string" ? written : "";
      const [, picked] = find(tag);
      if (picked === undefined) {
        return { known: false, tag } as C;
      }
      const fields: JsonObject = {};
      for (const name of namesOf(picked)) {
        const field = get(entries, name);
        if (field !== undefined) {
          put(fields, name, field);
        }
      }
      return { known: true, tag, fields } as C;
    },
    set(value, chosen) {
      const { tag, fields } = chosen as { tag: string; fields?: { [key: string]: Json } };
      const [wire, picked] = find(tag);
      const changed: JsonObject = { ...(value as JsonObject) };
      put(changed, wire, tag);
      for (const name of picked === undefined ? [] : namesOf(picked)) {
        const field = get(fields ?? {}, name);
        if (field === undefined) {
          delete changed[name];
        } else {
          put(changed, name, field);
        }
      }
      return changed as T;
    },
  };
}

function namesOf(one: Case): readonly string[] {
  return [...(one.requires ?? []), ...(one.allows ?? [])];
}
