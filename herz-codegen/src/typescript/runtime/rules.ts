import { codes } from "./codes.js";
import { at, type Context, type Flags, levelOf, type Place } from "./judge.js";
import { circle, judgeReferences, judgeUnique, pathWords, said } from "./lists.js";
import { messages } from "./messages.js";
import { compareMagnitudes, type Magnitude } from "./scalar.js";
import type { Rule } from "./table.js";
import { alternatives, compareText, quote } from "./text.js";
import type { Level } from "./violation.js";
import { ListView, type ObjectView, shownView } from "./view.js";
import { applies, isThere, type Leaf, magnitudeOf, type Owner, steps, walk } from "./walk.js";

export function judgeRules(context: Context, owner: Owner, object: ObjectView, flags: Flags): void {
  for (const rule of owner.table.rules) {
    if (!applies(owner, rule.when, rule.layer)) {
      continue;
    }
    const level = levelOf(flags, rule.level, rule.layer);
    switch (rule.kind) {
      case "Requires":
      case "Forbids":
        judgeEach(context, owner, rule, level);
        break;
      case "Count":
        judgeCount(context, owner, rule, level);
        break;
      case "Compare":
        judgeComparison(context, owner, rule, level, flags);
        break;
      case "Unique":
        judgeUnique(context, owner, rule, level, flags);
        break;
      case "RefersTo":
        judgeReferences(context, owner, rule, level, flags);
        break;
      case "Acyclic":
        judgeCircles(context, owner, rule, level);
        break;
      case "Immutable":
        break;
      case "Cel":
        if (rule.holds?.(object) === false) {
          // At the first field that the rule points at.
          const place = rule.fields?.flatMap((path) => walk(owner, path, rule.layer))[0]?.place ?? owner.place;
          context.push(place, codes.cel, level, said(rule, messages.cel(rule.name, rule.source ?? "")));
        }
        break;
    }
  }
}

function judgeEach(context: Context, owner: Owner, rule: Rule, level: Level): void {
  const when = rule.whenWords ?? "";
  for (const path of rule.fields ?? []) {
    for (const leaf of walk(owner, path, rule.layer)) {
      const there = isThere(leaf, rule.filled);
      if (rule.kind === "Forbids") {
        if (there) {
          context.push(leaf.place, codes.forbidden, level, said(rule, messages.forbidden(pathWords(path), when)));
        }
      } else if (!there) {
        const say = rule.filled ? messages.requiresFilled : messages.requires;
        context.push(leaf.place, codes.requires, level, said(rule, say(pathWords(path), when)));
      }
    }
  }
}

function judgeCount(context: Context, owner: Owner, rule: Rule, level: Level): void {
  const there: string[] = [];
  let second: Place | undefined;
  for (const path of rule.fields ?? []) {
    const first = walk(owner, path, rule.layer).find((leaf) => isThere(leaf, rule.filled));
    if (first !== undefined) {
      there.push(pathWords(path));
      second = there.length === 2 ? first.place : second;
    }
  }
  const least = rule.min ?? 0;
  const tooFew = there.length < least;
  if (!tooFew && !(rule.atMostOne && there.length > 1)) {
    return;
  }
  let [code, demand] = [codes.exactlyOneOf, "exactly one of"] as [(typeof codes)[keyof typeof codes], string];
  if (least === 0) {
    [code, demand] = [codes.atMostOneOf, "at most one of"];
  } else if (!rule.atMostOne) {
    [code, demand] = [codes.atLeastOneOf, "at least one of"];
  }
  const found = there.length === 0 ? "none" : alternatives(there, "and");
  const message = messages.count(demand, (rule.fields ?? []).map(pathWords), found, rule.whenWords ?? "");
  // The second one is where the mistake was made.
  context.push(second !== undefined && !tooFew ? second : owner.place, code, level, said(rule, message));
}

/** One side of a comparison: an amount or a text. */
interface Side {
  readonly value: Magnitude | string;
  readonly shown: string | undefined;
}

function sideOf(leaf: Leaf, flags: Flags): Side | undefined {
  const value = magnitudeOf(leaf) ?? leaf.view;
  if (typeof value !== "string" && !(typeof value === "object" && value !== null && "kind" in value)) {
    return undefined;
  }
  return { value, shown: flags.sensitive || leaf.sensitive ? undefined : shownView(leaf.view) };
}

/** The order of two sides; none for what can't be compared, such as a malformed text. */
function orderOf(a: Side, b: Side): number | undefined {
  if (typeof a.value === "string") {
    return typeof b.value === "string" ? compareText(a.value, b.value) : undefined;
  }
  return typeof b.value === "string" ? undefined : compareMagnitudes(a.value, b.value);
}

function judgeComparison(context: Context, owner: Owner, rule: Rule, level: Level, flags: Flags): void {
  const right = walk(owner, rule.right, rule.layer)
    .map((leaf) => sideOf(leaf, flags))
    .find((side) => side !== undefined);
  if (right === undefined) {
    return;
  }
  let wrong: [Place | undefined, string] | undefined;
  for (const leaf of walk(owner, rule.left, rule.layer)) {
    const left = sideOf(leaf, flags);
    const order = left === undefined ? undefined : orderOf(left, right);
    if (left === undefined || order === undefined) {
      continue;
    }
    const [holds, relation] = relate(rule.op ?? "", order);
    if (!holds) {
      const names = [pathWords(rule.left ?? []), pathWords(rule.right ?? [])] as const;
      const message = messages.compare(names[0], left.shown, relation, names[1], right.shown, rule.whenWords ?? "");
      wrong = [leaf.place, said(rule, message)];
    }
  }
  if (wrong !== undefined) {
    context.push(wrong[0], codes.compare, level, wrong[1]);
  }
}

function relate(op: string, order: number): [holds: boolean, relation: string] {
  switch (op) {
    case "<":
      return [order < 0, "less than"];
    case "<=":
      return [order <= 0, "at most"];
    case ">":
      return [order > 0, "greater than"];
    case ">=":
      return [order >= 0, "at least"];
    case "==":
      return [order === 0, "equal to"];
    default:
      return [order !== 0, "different from"];
  }
}

/** References between entries form no circle. */
function judgeCircles(context: Context, owner: Owner, rule: Rule, level: Level): void {
  for (const { place, view } of walk(owner, rule.list, rule.layer)) {
    const found = view instanceof ListView ? circle(view, rule.by ?? "", rule.edges ?? []) : undefined;
    const index = found?.items.at(-1);
    const target = found?.names.at(-1);
    if (!(view instanceof ListView) || found === undefined || index === undefined) {
      continue;
    }
    // Point at the name that closes the circle.
    const user: Leaf = { place: at(place, index), view: view.item(index), shape: undefined, sensitive: false };
    const edge = steps(user, rule.edges ?? [], rule.layer).find((leaf) => leaf.view === target);
    if (edge !== undefined) {
      context.push(edge.place, codes.cycle, level, said(rule, cycleWords(found.names)));
      return;
    }
  }
}

/** A circle of names. Of a long circle the ends are shown. */
function cycleWords(names: readonly string[]): string {
  const ends = 5;
  const long = names.length > 2 * ends + 1;
  let out = messages.cycle();
  for (const [index, name] of names.entries()) {
    if (long && index >= ends && index + ends < names.length) {
      out += index === ends ? " -> …" : "";
    } else {
      out += `${index > 0 ? " -> " : ""}${quote(name)}`;
    }
  }
  return out;
}
