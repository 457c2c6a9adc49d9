import type { Dialect } from "./dialects.js";
import { isInt64 } from "./number.js";
import { matches } from "./regex.js";
import { amountOf, type Magnitude, parseScalar } from "./scalar.js";
import { type Field, generated } from "./table.js";
import { charactersOf, compareText } from "./text.js";
import { ListView, MapView, notNull, ObjectView, same, viewAny, type View } from "./view.js";

// What CEL rules in generated code are made of. Whole numbers (also nanoseconds) are bigint, other
// numbers are number. Undefined is «no value»: a field is absent, a text is malformed, a number does
// not fit.

/** A field of an object, with what the structure fills in for an absent key. */
export function celField(of: View, wire: string): View {
  const found = of instanceof ObjectView ? of.table.find(wire) : undefined;
  if (!(of instanceof ObjectView) || found === undefined) {
    return undefined;
  }
  const [at, field] = found;
  const view = notNull(of.field(at));
  if (view !== undefined || field.nullable) {
    return view;
  }
  const filled = filledIn(field);
  // `${` stands for what only the document knows.
  return typeof filled === "string" && filled.includes("${") ? undefined : filled;
}

/** What the structure fills in for an absent key. */
function filledIn(field: Field): View {
  const known = field.default;
  const fills = known !== undefined && (known.layer ?? "Structure") === "Structure" && !known.fillEmpty;
  return fills && known.value !== generated ? viewAny(known.value) : undefined;
}

/** Whether an object has a field. */
export function celHas(of: View, wire: string): View {
  if (!(of instanceof ObjectView)) {
    return undefined;
  }
  const found = of.table.find(wire);
  return found !== undefined && ((filledIn(found[1]) ?? undefined) !== undefined || (of.field(found[0]) ?? undefined) !== undefined);
}

/** A whole number of 64 bits. */
export function celInt(of: View): View {
  return typeof of === "bigint" ? fitting(of) : Number.isSafeInteger(of) ? BigInt(of as number) : undefined;
}

/** A number. */
export function celFloat(of: View): View {
  return typeof of === "bigint" || typeof of === "number" ? Number(of) : undefined;
}

function fitting(value: bigint): bigint | undefined {
  return isInt64(value) ? value : undefined;
}

/** False as soon as one side is. */
export function celAnd(a: View, b: View): View {
  return a === false || b === false ? false : a === undefined ? undefined : b;
}

/** True as soon as one side is. */
export function celOr(a: View, b: View): View {
  return a === true || b === true ? true : a === undefined ? undefined : b;
}

export function celNot(a: View): View {
  return typeof a === "boolean" ? !a : undefined;
}

export function celIf(condition: View, yes: View, no: View): View {
  return typeof condition === "boolean" ? (condition ? yes : no) : undefined;
}

export function celEqual(a: View, b: View): View {
  if (a === undefined || b === undefined) {
    return undefined;
  }
  if (a instanceof ListView && b instanceof ListView) {
    return a.length === b.length && a.items().every((item, at) => celEqual(item, b.item(at)) === true);
  }
  return same(a, b);
}

export function celNotEqual(a: View, b: View): View {
  return celNot(celEqual(a, b));
}

/** The order of two values of one type; NaN has none. */
function order(a: View, b: View): number | undefined {
  if (typeof a === "string" && typeof b === "string") {
    return compareText(a, b);
  }
  if (
    (typeof a === "bigint" && typeof b === "bigint") ||
    (typeof a === "number" && typeof b === "number") ||
    (typeof a === "boolean" && typeof b === "boolean")
  ) {
    return a < b ? -1 : a > b ? 1 : a === b ? 0 : NaN;
  }
  return undefined;
}

export function celLess(a: View, b: View): View {
  const found = order(a, b);
  return found === undefined ? undefined : found < 0;
}

export function celLessOrEqual(a: View, b: View): View {
  const found = order(a, b);
  return found === undefined ? undefined : found <= 0;
}

export function celGreater(a: View, b: View): View {
  return celLess(b, a);
}

export function celGreaterOrEqual(a: View, b: View): View {
  return celLessOrEqual(b, a);
}

/** Numbers, texts or lists. */
export function celAdd(a: View, b: View): View {
  if (typeof a === "string" && typeof b === "string") {
    return a + b;
  }
  if (a instanceof ListView && b instanceof ListView) {
    return ListView.of([...a.items(), ...b.items()]);
  }
  return numbers(
    a,
    b,
    (x, y) => x + y,
    (x, y) => x + y,
  );
}

export function celSubtract(a: View, b: View): View {
  return numbers(
    a,
    b,
    (x, y) => x - y,
    (x, y) => x - y,
  );
}

export function celMultiply(a: View, b: View): View {
  return numbers(
    a,
    b,
    (x, y) => x * y,
    (x, y) => x * y,
  );
}

export function celDivide(a: View, b: View): View {
  return b === 0n
    ? undefined
    : numbers(
        a,
        b,
        (x, y) => x / y,
        (x, y) => x / y,
      );
}

export function celRemainder(a: View, b: View): View {
  if (typeof a !== "bigint" || typeof b !== "bigint" || b === 0n || fitting(a / b) === undefined) {
    return undefined;
  }
  return a % b;
}

export function celNegate(a: View): View {
  return typeof a === "bigint" ? fitting(-a) : typeof a === "number" ? -a : undefined;
}

function numbers(
  a: View,
  b: View,
  whole: (x: bigint, y: bigint) => bigint,
  float: (x: number, y: number) => number,
): View {
  if (typeof a === "bigint" && typeof b === "bigint") {
    return fitting(whole(a, b));
  }
  return typeof a === "number" && typeof b === "number" ? float(a, b) : undefined;
}

/** The items of a list or the keys of a map. */
function items(of: View): readonly View[] {
  return of instanceof ListView ? of.items() : of instanceof MapView ? of.keys : [];
}

/** A list of values; no value if one of them is none. */
export function celList(...values: View[]): View {
  return values.includes(undefined) ? undefined : ListView.of(values);
}

/** Whether a value is in a list or a key in a map. */
export function celIn(item: View, of: View): View {
  if (item === undefined || of === undefined) {
    return undefined;
  }
  return items(of).some((one) => celEqual(one, item) === true);
}

/** An item of a list or an entry of a map. */
export function celIndex(of: View, at: View): View {
  if (of instanceof ListView) {
    return typeof at === "bigint" && at >= 0n && at < of.length ? notNull(of.item(Number(at))) : undefined;
  }
  return of instanceof MapView && typeof at === "string" ? notNull(of.value(at)) : undefined;
}

/** How many characters a text or entries a list or map has. */
export function celSize(of: View): View {
  if (typeof of === "string") {
    return BigInt(charactersOf(of));
  }
  return of instanceof ListView ? BigInt(of.length) : of instanceof MapView ? BigInt(of.keys.length) : undefined;
}

function texts(a: View, b: View, test: (x: string, y: string) => boolean): View {
  return typeof a === "string" && typeof b === "string" ? test(a, b) : undefined;
}

export function celStartsWith(a: View, b: View): View {
  return texts(a, b, (x, y) => x.startsWith(y));
}

export function celEndsWith(a: View, b: View): View {
  return texts(a, b, (x, y) => x.endsWith(y));
}

export function celContains(a: View, b: View): View {
  return texts(a, b, (x, y) => x.includes(y));
}

export function celMatches(a: View, pattern: View): View {
  return texts(a, pattern, (x, y) => matches(y, x));
}

/** False as soon as the test is false for one item. */
export function celAll(of: View, test: (item: View) => View): View {
  if (of === undefined) {
    return undefined;
  }
  let result: View = true;
  for (const item of items(of)) {
    const holds = test(item);
    if (holds === false) {
      return false;
    }
    if (holds !== true) {
      result = undefined;
    }
  }
  return result;
}

/** True as soon as the test is true for one item. */
export function celExists(of: View, test: (item: View) => View): View {
  return celNot(celAll(of, (item) => celNot(test(item))));
}

/** Whether the test is true for exactly one item. */
export function celExistsOne(of: View, test: (item: View) => View): View {
  const kept = celFilter(of, test);
  return kept instanceof ListView ? kept.length === 1 : undefined;
}

/** The items for which the test is true. */
export function celFilter(of: View, test: (item: View) => View): View {
  if (of === undefined) {
    return undefined;
  }
  const kept: View[] = [];
  for (const item of items(of)) {
    const holds = test(item);
    if (typeof holds !== "boolean") {
      return undefined;
    }
    if (holds) {
      kept.push(item);
    }
  }
  return ListView.of(kept);
}

/** The results for the items. */
export function celMap(of: View, result: (item: View) => View): View {
  return of === undefined ? undefined : celList(...items(of).map(result));
}

function magnitude(of: View, dialect: Dialect): Magnitude | undefined {
  const parsed = typeof of === "string" ? parseScalar(dialect, of) : undefined;
  return parsed?.ok ? parsed.magnitude : undefined;
}

/** The nanoseconds that a text says. */
export function celNanos(of: View, dialect: Dialect): View {
  const found = magnitude(of, dialect);
  return found?.kind === "nanoseconds" ? found.amount : undefined;
}

/** A size or rate in whole bytes, or a whole number. */
export function celWhole(of: View, dialect: Dialect): View {
  const found = magnitude(of, dialect);
  if (found === undefined) {
    return undefined;
  }
  if (dialect === "integer(go)") {
    return found.kind === "number" ? found.whole : undefined;
  }
  const value = amountOf(found);
  return value !== undefined && value >= -(2 ** 63) && value < 2 ** 63 ? BigInt(Math.trunc(value)) : undefined;
}

/** A percentage or quantity. */
export function celNumber(of: View, dialect: Dialect): View {
  const found = magnitude(of, dialect);
  return found === undefined ? undefined : amountOf(found);
}
