import { type Code, codes } from "./codes.js";
import type { Dialect } from "./dialects.js";
import type { Json } from "./json.js";
import { messages } from "./messages.js";
import type { Type } from "./types.js";
import type { Level } from "./violation.js";
import type { ObjectView, View } from "./view.js";

/** Which part of a platform enforces something: `Admission` looks only at what will run. */
export type Layer = "Structure" | "Admission";

/** A default that is made up at creation. */
export const generated: unique symbol = Symbol("generated");

/** The step of a path that stands for every item of a list or value of a map. */
export const each = "[]";

export type FieldPath = readonly string[];

/** What the schema says of an object type. */
export interface TableInit {
  readonly name: string;
  readonly fields?: readonly Field[];
  readonly rules?: readonly Rule[];
  readonly union?: Union;
  readonly gone?: readonly (readonly [string, string])[];
  readonly open?: boolean;
  readonly lenientNull?: boolean;
  readonly structureOnly?: boolean;
  readonly document?: boolean;
  readonly lasting?: Lasting;
}

export interface Field {
  readonly wire: string;
  readonly type: Type;
  readonly required?: boolean;
  readonly nullable?: boolean;
  readonly default?: Default;
  readonly limits?: readonly Limit[];
  readonly entries?: Shape;
  readonly structureOnly?: boolean;
  readonly aliases?: readonly string[];
  readonly deprecated?: Deprecated;
  readonly normalize?: Normalize;
  readonly sensitive?: boolean;
}

/** What list items or map values may be, beyond their type. */
export interface Shape {
  readonly limits?: readonly Limit[];
  readonly entries?: Shape;
}

export interface Limit {
  readonly kind:
    | "Range"
    | "Length"
    | "Items"
    | "Pattern"
    | "MultipleOf"
    | "UniqueItems"
    | "ToldApart"
    | "Filled"
    | "Scalar"
    | "Enum"
    | "Base64"
    | "Grammar"
    | "OneOf";
  readonly level?: Level;
  readonly layer?: Layer;
  readonly min?: Bound;
  readonly max?: Bound;
  readonly least?: number;
  readonly most?: number;
  readonly pattern?: string;
  readonly step?: number;
  readonly dialect?: Dialect;
  readonly allowEmpty?: boolean;
  readonly choice?: Choice;
  readonly values?: readonly string[];
}

/** One end of a range. */
export interface Bound {
  readonly value: number;
  readonly text: string;
  readonly exclusive?: boolean;
}

/** The values of an enum. */
export interface Choice {
  readonly values: readonly string[];
  readonly allowEmpty?: boolean;
  readonly gone?: readonly (readonly [string, string])[];
  readonly deprecated?: readonly Deprecated[];
}

export interface Deprecated {
  /** The value, for values of enums. */
  readonly name?: string;
  readonly since?: string;
  readonly instead?: string;
  readonly note?: string;
}

export interface Default {
  readonly value: Json | typeof generated;
  readonly fillEmpty?: boolean;
  readonly layer?: Layer;
}

/** How a platform rewrites a text before admission sees it. */
export interface Normalize {
  readonly cutAt?: string;
  readonly prefix?: string;
  readonly unless?: string;
  readonly keepEmpty?: boolean;
}

/** A rule across fields. */
export interface Rule {
  readonly name: string;
  readonly kind: "Requires" | "Forbids" | "Count" | "Compare" | "Unique" | "RefersTo" | "Acyclic" | "Immutable" | "Cel";
  readonly when?: readonly Condition[];
  readonly whenWords?: string;
  readonly message?: string;
  readonly level?: Level;
  readonly layer?: Layer;
  readonly fields?: readonly FieldPath[];
  readonly filled?: boolean;
  readonly min?: number;
  readonly atMostOne?: boolean;
  readonly left?: FieldPath;
  readonly op?: string;
  readonly right?: FieldPath;
  readonly list?: FieldPath;
  readonly by?: string;
  readonly from?: FieldPath;
  readonly to?: FieldPath;
  readonly of?: readonly Condition[];
  readonly edges?: FieldPath;
  readonly source?: string;
  /** Whether a CEL rule holds; no value if an operand is malformed or missing. */
  readonly holds?: (self: ObjectView) => View;
}

export interface Condition {
  readonly field: FieldPath;
  readonly test: "In" | "NotIn" | "Present" | "Absent" | "Filled" | "Empty";
  readonly values?: readonly Json[];
}

/** A field whose value decides which other fields make sense. */
export interface Union {
  readonly tag: string;
  readonly cases?: readonly Case[];
  readonly former?: readonly string[];
  readonly foreign: "Ignore" | "Warn" | "Refuse";
  readonly selectedOnly?: boolean;
}

export interface Case {
  readonly value: string;
  readonly requires?: readonly string[];
  readonly filled?: boolean;
  readonly allows?: readonly string[];
  readonly level?: Level;
}

/** What ends a fault that lasts. Paths start at the document's root. */
export interface Lasting {
  readonly duration: FieldPath;
  readonly tag?: FieldPath;
  readonly once?: readonly string[];
}

/** What the schema says of an object type, ready for use. */
export class Table {
  readonly name: string;
  readonly fields: readonly Field[];
  readonly rules: readonly Rule[];
  readonly union: Union | undefined;
  readonly open: boolean;
  readonly lenientNull: boolean;
  readonly structureOnly: boolean;
  readonly document: boolean;
  readonly lasting: Lasting | undefined;
  private readonly gone: readonly (readonly [string, string])[];
  private readonly places = new Map<string, number>();

  constructor(init: TableInit) {
    this.name = init.name;
    this.fields = init.fields ?? [];
    this.rules = init.rules ?? [];
    this.union = init.union;
    this.gone = init.gone ?? [];
    this.open = init.open ?? false;
    this.document = init.document ?? false;
    this.lenientNull = this.document || (init.lenientNull ?? false);
    this.structureOnly = init.structureOnly ?? false;
    this.lasting = init.lasting;
    for (const [at, field] of this.fields.entries()) {
      if (!this.places.has(field.wire)) {
        this.places.set(field.wire, at);
      }
    }
  }

  /** The place of a field, and the field. */
  find(wire: string): readonly [number, Field] | undefined {
    const at = this.places.get(wire);
    const field = at === undefined ? undefined : this.fields[at];
    return at === undefined || field === undefined ? undefined : [at, field];
  }

  /** The field whose former name this is. */
  formerly(key: string): Field | undefined {
    return this.fields.find((field) => field.aliases?.includes(key));
  }

  /** What to say about a key that is no field. */
  unknown(key: string): [Code, string] {
    const field = this.formerly(key);
    if (field !== undefined) {
      return [codes.formerName, messages.bothNames(key, field.wire)];
    }
    const gone = this.gone.find(([name]) => name === key);
    if (gone === undefined) {
      return [codes.unknownField, messages.unknownField(key)];
    }
    if (gone[1] === "") {
      return [codes.gone, messages.reserved(key)];
    }
    const [platform, until] = splitSince(gone[1]);
    return [codes.gone, messages.gone("field", key, platform, until, "the newest release")];
  }
}

/** Takes «chaos-mesh 2.8.0» apart. */
export function splitSince(since: string): [platform: string, until: string] {
  const at = since.lastIndexOf(" ");
  return at < 0 ? ["", since] : [since.slice(0, at), since.slice(at + 1)];
}

export function defaultFor(field: Field, layer: Layer): Default | undefined {
  const known = field.default;
  return known !== undefined && ((known.layer ?? "Structure") === "Structure" || layer === "Admission")
    ? known
    : undefined;
}

export function mendsEmpty(field: Field, layer: Layer): boolean {
  return defaultFor(field, layer)?.fillEmpty ?? false;
}

export function dialectOf(shape: Shape | undefined): Dialect | undefined {
  return shape?.limits?.find((limit) => limit.kind === "Scalar")?.dialect;
}

export function choiceOf(field: Field): Choice | undefined {
  return field.limits?.find((limit) => limit.kind === "Enum")?.choice;
}
