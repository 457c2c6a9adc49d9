import { type Code, codes } from "./codes.js";
import { judgeLimits } from "./limits.js";
import { messages } from "./messages.js";
import { judgeRules } from "./rules.js";
import { parseScalar } from "./scalar.js";
import { get } from "./json.js";
import { type Deprecated, type Field, type Layer, type Lasting, type Normalize, type Shape, defaultFor, mendsEmpty } from "./table.js";
import { sameButCase } from "./text.js";
import { chosenCase, isForeign, judgeUnion } from "./union.js";
import type { Level, Path, Violation } from "./violation.js";
import { isFilled, ListView, MapView, ObjectView, viewAny, type View } from "./view.js";
import { written } from "./walk.js";

/**
 * Judges an object by the tables of its types: every violation, errors and warnings, in the order of
 * the schema's fields. Paths start at the object.
 */
export function judge(object: ObjectView): Violation[] {
  const context = new Context();
  context.object(undefined, object, { advice: false, sensitive: false });
  return context.found;
}

/** What holds for everything below a place. */
export interface Flags {
  /** What admission finds is advice here. */
  readonly advice: boolean;
  /** Values must not be shown. */
  readonly sensitive: boolean;
}

export function levelOf(flags: Flags, level: Level | undefined, layer: Layer | undefined): Level {
  return flags.advice && layer === "Admission" ? "warning" : (level ?? "error");
}

/** The way to the current value, written down only if something is wrong. */
export interface Place {
  readonly parent: Place | undefined;
  readonly step: string | number;
}

export function at(parent: Place | undefined, step: string | number): Place {
  return { parent, step };
}

function pathOf(place: Place | undefined): Path {
  const path: (string | number)[] = [];
  for (let one = place; one !== undefined; one = one.parent) {
    path.push(one.step);
  }
  return path.reverse();
}

/** What is known of a value besides its shape. */
export interface Around {
  readonly normalize: Normalize | undefined;
  readonly mended: { readonly Structure: boolean; readonly Admission: boolean };
}

const nothingMended = { Structure: false, Admission: false };

/** One run over a value. */
export class Context {
  readonly found: Violation[] = [];

  push(place: Place | undefined, code: Code, level: Level, message: string): void {
    this.found.push({ code, level, path: pathOf(place), message });
  }

  object(place: Place | undefined, object: ObjectView, outer: Flags): void {
    const { table } = object;
    const flags = { ...outer, advice: outer.advice || table.structureOnly };
    const keys = object.others();
    const misspelt = new Set<Field>();
    const slots = table.fields.map((field, index): View => {
      const view = object.field(index) ?? undefined;
      if (view !== undefined || field.required) {
        return view;
      }
      // One finding for one slip: a key in other letter case counts as the field that it is meant to
      // be. The structure goes by the exact name.
      const key = keys.find((name) => sameButCase(name, field.wire));
      const meant = key === undefined ? undefined : (viewAny(get(object.entries, key)) ?? undefined);
      if (meant !== undefined) {
        misspelt.add(field);
      }
      return meant;
    });
    if (!table.open) {
      for (const key of keys) {
        const [code, message] = table.unknown(key);
        this.push(at(place, key), code, "error", message);
      }
    }
    const { union } = table;
    const chosen = union === undefined ? undefined : chosenCase(union, table, slots);
    for (const [index, field] of table.fields.entries()) {
      if (misspelt.has(field)) {
        continue;
      }
      const foreign = union?.selectedOnly && chosen !== undefined && isForeign(union, chosen.picked, field.wire);
      const below = {
        advice: flags.advice || (field.structureOnly ?? false) || (foreign ?? false),
        sensitive: flags.sensitive || (field.sensitive ?? false),
      };
      this.field(at(place, field.wire), field, slots[index], flags, below);
    }
    if (union !== undefined && chosen !== undefined) {
      judgeUnion(this, place, table, union, chosen, slots, flags);
    }
    judgeRules(this, { place, table, slots }, object, flags);
    if (table.document) {
      this.name(place, slots[2]);
    }
    if (table.lasting !== undefined) {
      this.lasting(place, object, table.lasting);
    }
  }

  /** The name of a document: there, and one that Kubernetes takes. */
  private name(document: Place | undefined, metadata: View): void {
    const read = (wire: string): string => {
      const found = metadata instanceof ObjectView ? metadata.named(wire) : undefined;
      return typeof found === "string" ? found : "";
    };
    const place = at(at(document, "metadata"), "name");
    const name = read("name");
    if (name !== "") {
      const parsed = parseScalar("hostname(dns1123)", name);
      if (!parsed.ok) {
        this.push(place, codes.objectName, "warning", messages.grammar(parsed.message, parsed.allowed));
      }
    } else if (read("generateName") === "") {
      this.push(place, codes.objectName, "warning", messages.noName());
    }
  }

  /** Judges a field, there or not. `outer` are the flags of the object, `below` those of the value. */
  private field(place: Place, field: Field, view: View, outer: Flags, below: Flags): void {
    if (view === undefined) {
      this.filled(place, field, true, outer);
      return;
    }
    if (field.deprecated !== undefined) {
      this.deprecated(place, "field", field.wire, field.deprecated);
    }
    const mended = { Structure: mendsEmpty(field, "Structure"), Admission: mendsEmpty(field, "Admission") };
    this.value(place, view, field, { normalize: field.normalize, mended }, below);
    if (!isFilled(view)) {
      this.filled(place, field, false, outer);
    }
  }

  private filled(place: Place, field: Field, absent: boolean, flags: Flags): void {
    const limit = field.limits?.find((one) => one.kind === "Filled");
    if (limit === undefined) {
      return;
    }
    const layer = limit.layer ?? "Structure";
    const known = defaultFor(field, layer);
    if (known === undefined || !(absent || mendsEmpty(field, layer)) || !isFilled(viewAny(known.value))) {
      this.push(place, codes.empty, levelOf(flags, limit.level, limit.layer), messages.empty(field.wire));
    }
  }

  deprecated(place: Place | undefined, what: string, name: string, known: Deprecated): void {
    const message = messages.deprecated(what, name, known.since, known.instead, known.note);
    this.push(place, codes.deprecated, "warning", message);
  }

  private value(place: Place, view: View, shape: Shape, around: Around, flags: Flags): void {
    const inner = { normalize: around.normalize, mended: nothingMended };
    const entries = shape.entries ?? {};
    if (view instanceof ObjectView) {
      this.object(place, view, flags);
    } else if (view instanceof ListView) {
      for (const [index, item] of view.items().entries()) {
        this.value(at(place, index), item, entries, inner, flags);
      }
    } else if (view instanceof MapView) {
      for (const key of view.keys) {
        this.value(at(place, key), view.value(key), entries, inner, flags);
      }
    }
    judgeLimits(this, place, view, shape, around, flags);
  }

  /** Warns of a fault that lasts and that nothing ends. */
  private lasting(place: Place | undefined, object: ObjectView, lasting: Lasting): void {
    if ((object.named("spec") ?? undefined) === undefined) {
      return;
    }
    const tag = lasting.tag === undefined ? undefined : written(object, lasting.tag);
    if (typeof tag === "string" && lasting.once?.includes(tag)) {
      return;
    }
    if (!isFilled(written(object, lasting.duration))) {
      const name = lasting.duration.slice(1).join(".");
      this.push(at(at(place, "spec"), name), codes.noEnd, "warning", messages.noEnd(name));
    }
  }
}
