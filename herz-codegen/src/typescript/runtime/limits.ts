import { decodeBase64 } from "./bytes.js";
import { codes } from "./codes.js";
import type { Dialect } from "./dialects.js";
import { type Around, at, type Context, type Flags, levelOf, type Place } from "./judge.js";
import { messages } from "./messages.js";
import { floatText } from "./number.js";
import { matches } from "./regex.js";
import { amountOf, parseScalar } from "./scalar.js";
import { type Bound, type Choice, dialectOf, type Limit, type Normalize, type Shape, splitSince } from "./table.js";
import { charactersOf, cut } from "./text.js";
import type { Level } from "./violation.js";
import { steps } from "./walk.js";
import { identity, isFilled, ListView, MapView, shownView, type View } from "./view.js";

export function judgeLimits(
  context: Context,
  place: Place,
  view: View,
  shape: Shape,
  around: Around,
  flags: Flags,
): void {
  const dialect = dialectOf(shape);
  for (const limit of shape.limits ?? []) {
    if (around.mended[limit.layer ?? "Structure"] && !isFilled(view)) {
      continue;
    }
    if (!new Judge(context, place, limit, dialect, around, flags).judge(view)) {
      return;
    }
  }
}

/** One limit at one place. */
class Judge {
  private readonly context: Context;
  private readonly place: Place;
  private readonly limit: Limit;
  private readonly dialect: Dialect | undefined;
  private readonly around: Around;
  private readonly flags: Flags;
  private readonly level: Level;

  constructor(
    context: Context,
    place: Place,
    limit: Limit,
    dialect: Dialect | undefined,
    around: Around,
    flags: Flags,
  ) {
    this.context = context;
    this.place = place;
    this.limit = limit;
    this.dialect = dialect;
    this.around = around;
    this.flags = flags;
    this.level = levelOf(flags, limit.level, limit.layer);
  }

  /** The text as the layer of the limit sees it. */
  private seen(text: string): string {
    const { normalize } = this.around;
    return normalize !== undefined && this.limit.layer === "Admission" ? normalized(normalize, text) : text;
  }

  private shown(view: View): string | undefined {
    return this.flags.sensitive ? undefined : shownView(view);
  }

  /** False if the value is so wrong that no other limit says more. */
  judge(view: View): boolean {
    const { limit, level, place, context } = this;
    switch (limit.kind) {
      case "Range": {
        const number = this.number(view);
        if (number !== undefined && !inside(number, limit.min, limit.max)) {
          const words = rangeWords(limit.min, limit.max);
          context.push(place, codes.outOfRange, level, messages.outOfRange(this.shown(view), words));
        }
        return true;
      }
      case "MultipleOf": {
        const number = this.number(view);
        const step = limit.step ?? 0;
        if (number !== undefined && step !== 0 && !divides(view, number, step)) {
          context.push(place, codes.multipleOf, level, messages.multipleOf(this.shown(view), floatText(step)));
        }
        return true;
      }
      case "Items": {
        const entries = view instanceof ListView ? view.length : view instanceof MapView ? view.keys.length : undefined;
        if (entries !== undefined && !within(entries, limit)) {
          context.push(place, codes.items, level, messages.items(String(entries), countWords(limit)));
        }
        return true;
      }
      case "UniqueItems":
        if (view instanceof ListView) {
          this.uniqueItems(view);
        }
        return true;
      case "ToldApart":
        if (view instanceof ListView) {
          this.toldApart(view, limit.values ?? []);
        }
        return true;
      case "Filled":
        return true;
      case "Grammar":
      case "OneOf":
        if (typeof view !== "string") {
          this.eachText(view);
          return true;
        }
        return this.text(view);
      case "Length":
      case "Pattern":
      case "Scalar":
      case "Enum":
      case "Base64":
        return typeof view === "string" ? this.text(view) : true;
    }
  }

  private text(text: string): boolean {
    const { limit, level, place, context } = this;
    const shown = this.flags.sensitive ? undefined : text;
    switch (limit.kind) {
      case "Length": {
        const characters = charactersOf(this.seen(text));
        if (!within(characters, limit)) {
          context.push(place, codes.length, level, messages.length(String(characters), countWords(limit)));
        }
        return true;
      }
      case "Pattern": {
        // A malformed text is reported as that; one cause, one finding.
        const malformed =
          !this.flags.advice && text !== "" && this.dialect !== undefined && !parseScalar(this.dialect, this.seen(text)).ok;
        const pattern = limit.pattern ?? "";
        if (!malformed && !matches(pattern, this.seen(text))) {
          context.push(place, codes.pattern, level, messages.pattern(shown, pattern));
        }
        return true;
      }
      case "Scalar":
      case "Grammar": {
        if (limit.dialect === undefined || (limit.allowEmpty && text === "")) {
          return true;
        }
        const parsed = parseScalar(limit.dialect, this.seen(text));
        if (!parsed.ok) {
          const message = this.flags.sensitive
            ? messages.grammarHidden(parsed.allowed)
            : messages.grammar(parsed.message, parsed.allowed);
          context.push(place, codes.grammar, level, message);
        }
        return true;
      }
      case "Enum":
        return limit.choice === undefined || this.choice(text, shown, limit.choice);
      case "OneOf": {
        const values = limit.values ?? [];
        if (!values.includes(this.seen(text))) {
          context.push(place, codes.notAllowed, level, messages.notAllowed(shown, values));
        }
        return true;
      }
      case "Base64": {
        const decoded = decodeBase64(text);
        if (typeof decoded === "string") {
          context.push(place, codes.grammar, level, messages.notBase64(decoded));
          return false;
        }
        return true;
      }
      default:
        return true;
    }
  }

  /** On a list of texts a limit is about each of them. */
  private eachText(view: View): void {
    if (!(view instanceof ListView)) {
      return;
    }
    for (const [index, item] of view.items().entries()) {
      if (typeof item === "string") {
        const { context, place, limit, around, flags } = this;
        new Judge(context, at(place, index), limit, undefined, around, flags).judge(item);
      }
    }
  }

  /** One of the values of an enum. False if it is none. */
  private choice(text: string, shown: string | undefined, choice: Choice): boolean {
    if (choice.values.includes(text)) {
      const deprecated = choice.deprecated?.find((one) => one.name === text);
      if (deprecated !== undefined) {
        this.context.deprecated(this.place, "value", text, deprecated);
      }
      return true;
    }
    if (text === "" && choice.allowEmpty) {
      return false;
    }
    const gone = choice.gone?.find(([name]) => name === text);
    if (gone !== undefined) {
      const [platform, until] = splitSince(gone[1]);
      const message = messages.gone("value", text, platform, until, "the newest release");
      this.context.push(this.place, codes.gone, this.level, message);
    } else {
      this.context.push(this.place, codes.notAllowed, this.level, messages.notAllowed(shown, choice.values));
    }
    return false;
  }

  private uniqueItems(list: ListView): void {
    const seen = new Map<string, number>();
    for (const [index, item] of list.items().entries()) {
      const key = identity(item);
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, index);
      } else {
        const message = messages.duplicateItem(this.shown(item), String(first));
        this.context.push(at(this.place, index), codes.duplicateItem, this.level, message);
      }
    }
  }

  /** The items differ in these fields together; without fields, as a whole. */
  private toldApart(list: ListView, by: readonly string[]): void {
    const seen = new Map<string, number>();
    for (const [index, item] of list.items().entries()) {
      const place = at(this.place, index);
      const told = toldBy(place, item, by);
      if (told === undefined) {
        continue;
      }
      const [key, text] = told;
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, index);
      } else {
        const shown = this.flags.sensitive ? undefined : text;
        this.context.push(place, codes.duplicateItem, this.level, messages.duplicateItem(shown, String(first)));
      }
    }
  }

  /** The number that a range is about. */
  private number(view: View): number | undefined {
    if (typeof view === "bigint" || typeof view === "number") {
      return Number(view);
    }
    if (typeof view !== "string" || this.dialect === undefined) {
      return undefined;
    }
    const parsed = parseScalar(this.dialect, view);
    return parsed.ok ? amountOf(parsed.magnitude) : undefined;
  }
}

/** The text that admission sees. */
function normalized(how: Normalize, text: string): string {
  if (how.cutAt !== undefined) {
    return cut(text, how.cutAt)[0];
  }
  if (text.startsWith(how.unless ?? "") || (text === "" && how.keepEmpty)) {
    return text;
  }
  return (how.prefix ?? "") + text;
}

/** Whether a number is in a range; NaN is in none. */
function inside(value: number, least: Bound | undefined, most: Bound | undefined): boolean {
  const above = least === undefined || value > least.value || (!least.exclusive && value === least.value);
  const below = most === undefined || value < most.value || (!most.exclusive && value === most.value);
  return above && below;
}

function within(count: number, { least, most }: Limit): boolean {
  return (least === undefined || count >= least) && (most === undefined || count <= most);
}

/** Whether a value, or the number that it says, is a multiple of a step: exactly, where both are whole. */
function divides(view: View, number: number, step: number): boolean {
  if (typeof view === "bigint" && Number.isInteger(step)) {
    return view % BigInt(step) === 0n;
  }
  return isMultiple(number, step);
}

function isMultiple(value: number, step: number): boolean {
  if (Number.isInteger(value) && Number.isInteger(step)) {
    return value % step === 0;
  }
  const parts = value / step;
  const nearest = Math.sign(parts) * Math.round(Math.abs(parts));
  return Math.abs(parts - nearest) <= 1e-9 * Math.max(Math.abs(parts), 1);
}

/** What an item is told apart by, and how messages show it; undefined if a key is absent, which is reported as that. */
function toldBy(place: Place, item: View, by: readonly string[]): [string, string | undefined] | undefined {
  if (by.length === 0) {
    return [identity(item), shownView(item)];
  }
  const keys: string[] = [];
  const shown: string[] = [];
  for (const name of by) {
    const ends = steps({ place, view: item, shape: undefined, sensitive: false }, [name], "Structure");
    for (const { view, sensitive } of ends) {
      if (view === undefined) {
        return undefined;
      }
      keys.push(identity(view));
      const text = sensitive ? undefined : shownView(view);
      if (text !== undefined) {
        shown.push(`${name}: ${text}`);
      }
    }
  }
  return [keys.join("\n"), shown.length === keys.length ? shown.join(", ") : undefined];
}

function rangeWords(least: Bound | undefined, most: Bound | undefined): string {
  if (least !== undefined && most !== undefined && !least.exclusive && !most.exclusive) {
    return `${least.text} to ${most.text}`;
  }
  const words: string[] = [];
  if (least !== undefined) {
    words.push(`${least.exclusive ? "more than" : "at least"} ${least.text}`);
  }
  if (most !== undefined) {
    words.push(`${most.exclusive ? "less than" : "at most"} ${most.text}`);
  }
  return words.length === 0 ? "any number" : words.join(" and ");
}

function countWords({ least, most }: Limit): string {
  if (least !== undefined && most !== undefined) {
    return least === most ? `exactly ${least}` : `${least} to ${most}`;
  }
  if (least !== undefined) {
    return `at least ${least}`;
  }
  return most === undefined ? "any number" : `at most ${most}`;
}
