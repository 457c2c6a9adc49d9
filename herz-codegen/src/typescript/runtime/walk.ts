import { at, type Place } from "./judge.js";
import { type Magnitude, parseScalar } from "./scalar.js";
import {
  type Condition,
  defaultFor,
  dialectOf,
  each,
  type Field,
  type FieldPath,
  type Layer,
  mendsEmpty,
  type Shape,
  type Table,
} from "./table.js";
import { isFilled, ListView, MapView, notNull, ObjectView, same, viewAny, type View } from "./view.js";

/** The object that rules belong to. */
export interface Owner {
  readonly place: Place | undefined;
  readonly table: Table;
  readonly slots: readonly View[];
}

/** What stands at the end of a path. */
export interface Leaf {
  readonly place: Place | undefined;
  readonly view: View;
  readonly shape: Shape | undefined;
  readonly sensitive: boolean;
}

export function isThere(leaf: Leaf, filled: boolean | undefined): boolean {
  return leaf.view !== undefined && (!filled || isFilled(leaf.view));
}

/** How much a value says; none if it is malformed or no amount. */
export function magnitudeOf(leaf: Leaf): Magnitude | undefined {
  const dialect = dialectOf(leaf.shape);
  if (dialect !== undefined) {
    const parsed = typeof leaf.view === "string" ? parseScalar(dialect, leaf.view) : undefined;
    return parsed?.ok && parsed.magnitude.kind !== "none" ? parsed.magnitude : undefined;
  }
  return typeof leaf.view === "bigint" || typeof leaf.view === "number"
    ? { kind: "number", amount: Number(leaf.view) }
    : undefined;
}

/** The value of a field as a layer sees it. */
export function effective(field: Field, view: View, layer: Layer): View {
  if (view === undefined || view === null || (mendsEmpty(field, layer) && !isFilled(view))) {
    const known = defaultFor(field, layer);
    return known === undefined ? undefined : notNull(viewAny(known.value));
  }
  return view;
}

/** Follows a path of a rule from its object and gives each end of it. */
export function walk(owner: Owner, path: FieldPath | undefined, layer: Layer | undefined): Leaf[] {
  const [name, ...rest] = path ?? [];
  if (name === undefined) {
    return [];
  }
  const place = at(owner.place, name);
  const found = owner.table.find(name);
  if (found === undefined) {
    return steps({ place, view: undefined, shape: undefined, sensitive: false }, rest, layer);
  }
  const [index, field] = found;
  const view = effective(field, owner.slots[index], layer ?? "Structure");
  return steps({ place, view, shape: field, sensitive: field.sensitive ?? false }, rest, layer);
}

/** Follows the rest of a path from a value. */
export function steps(from: Leaf, path: FieldPath, layer: Layer | undefined): Leaf[] {
  const [step, ...rest] = path;
  if (step === undefined) {
    return [from];
  }
  const { view, sensitive } = from;
  if (step !== each) {
    return steps(under(from, step, layer ?? "Structure"), rest, layer);
  }
  const shape = from.shape?.entries;
  if (view instanceof ListView) {
    return view
      .items()
      .flatMap((item, index) => steps({ place: at(from.place, index), view: notNull(item), shape, sensitive }, rest, layer));
  }
  if (view instanceof MapView) {
    return view.keys.flatMap((key) =>
      steps({ place: at(from.place, key), view: notNull(view.value(key)), shape, sensitive }, rest, layer),
    );
  }
  return [];
}

function under(from: Leaf, step: string, layer: Layer): Leaf {
  const place = at(from.place, step);
  const { view, sensitive } = from;
  if (view instanceof ObjectView) {
    const found = view.table.find(step);
    if (found !== undefined) {
      const [index, field] = found;
      return {
        place,
        view: effective(field, view.field(index), layer),
        shape: field,
        sensitive: sensitive || (field.sensitive ?? false),
      };
    }
  } else if (view instanceof MapView) {
    return { place, view: notNull(view.value(step)), shape: undefined, sensitive };
  }
  return { place, view: undefined, shape: undefined, sensitive };
}

function sees(condition: Condition, view: View): boolean {
  if (view === undefined) {
    return false;
  }
  switch (condition.test) {
    case "In":
    case "NotIn":
      return condition.values?.some((one) => same(view, viewAny(one))) ?? false;
    case "Filled":
    case "Empty":
      return isFilled(view);
    default:
      return true;
  }
}

function holds(condition: Condition, ends: readonly Leaf[]): boolean {
  const hit = ends.some((leaf) => sees(condition, leaf.view));
  return condition.test === "In" || condition.test === "Present" || condition.test === "Filled" ? hit : !hit;
}

/** Whether all conditions of a rule hold. */
export function applies(owner: Owner, when: readonly Condition[] | undefined, layer: Layer | undefined): boolean {
  return (when ?? []).every((condition) => holds(condition, walk(owner, condition.field, layer)));
}

/** Whether all conditions hold for one value; their paths start at it. */
export function fulfils(item: Leaf, when: readonly Condition[], layer: Layer | undefined): boolean {
  return when.every((condition) => holds(condition, steps(item, condition.field, layer)));
}

/** What is written at a path, defaults left out. */
export function written(object: ObjectView, path: FieldPath): View {
  let view: View = object;
  for (const name of path) {
    view = view instanceof ObjectView ? view.named(name) : undefined;
  }
  return view;
}
