import { codes } from "./codes.js";
import { at, type Context, type Flags } from "./judge.js";
import { messages } from "./messages.js";
import { each, type FieldPath, type Rule } from "./table.js";
import type { Level } from "./violation.js";
import { identity, ListView, MapView, notNull, ObjectView, shownView, type View } from "./view.js";
import { fulfils, type Leaf, type Owner, steps, walk } from "./walk.js";

export function pathWords(path: FieldPath): string {
  return path.map((step, index) => (index > 0 && step !== each ? `.${step}` : step)).join("");
}

export function said(rule: Rule, generic: string): string {
  return rule.message ?? generic;
}

/** Entries of a list differ, whole or by one field. */
export function judgeUnique(context: Context, owner: Owner, rule: Rule, level: Level, flags: Flags): void {
  const { by, whenWords: when = "" } = rule;
  const list = pathWords(rule.list ?? []);
  for (const leaf of walk(owner, rule.list, rule.layer)) {
    if (!(leaf.view instanceof ListView)) {
      continue;
    }
    const seen = new Set<string>();
    for (const [index, item] of leaf.view.items().entries()) {
      const value = by === undefined ? item : own(item, by);
      if (notNull(value) === undefined) {
        continue;
      }
      const key = identity(value);
      if (!seen.has(key)) {
        seen.add(key);
        continue;
      }
      const shown = flags.sensitive || leaf.sensitive ? undefined : shownView(value);
      const place = at(leaf.place, index);
      const message = by === undefined ? messages.unique(shown, list, when) : messages.uniqueBy(shown, list, by, when);
      context.push(by === undefined ? place : at(place, by), codes.unique, level, said(rule, message));
    }
  }
}

/** Each name used is a name given. */
export function judgeReferences(context: Context, owner: Owner, rule: Rule, level: Level, flags: Flags): void {
  const known = new Set(walk(owner, rule.to, rule.layer).map((leaf) => leaf.view));
  const judge = (leaf: Leaf): void => {
    const name = leaf.view;
    if (typeof name !== "string" || known.has(name)) {
      return;
    }
    const shown = flags.sensitive || leaf.sensitive ? undefined : name;
    const message = messages.dangling(shown, pathWords(rule.to ?? []), rule.whenWords ?? "");
    context.push(leaf.place, codes.dangling, level, said(rule, message));
  };
  const from = rule.from ?? [];
  const of = rule.of ?? [];
  const index = from.indexOf(each);
  if (index < 0 || of.length === 0) {
    walk(owner, from, rule.layer).forEach(judge);
    return;
  }
  // The conditions are about the items of the first list: stop there, ask, then go on.
  for (const item of walk(owner, from.slice(0, index + 1), rule.layer)) {
    if (item.view !== undefined && fulfils(item, of, rule.layer)) {
      steps(item, from.slice(index + 1), rule.layer).forEach(judge);
    }
  }
}

/** A field of an item as it is written, defaults left out. */
function own(item: View, name: string): View {
  if (item instanceof ObjectView) {
    return item.named(name);
  }
  return item instanceof MapView ? item.value(name) : undefined;
}

/** A circle: its names, the first one again at the end, and its items. */
export interface Circle {
  readonly names: readonly string[];
  readonly items: readonly number[];
}

/** The first circle in the order of the items. Depth first, without recursion. */
export function circle(list: ListView, name: string, path: FieldPath): Circle | undefined {
  const items = list.items();
  const called = items.map((item) => own(item, name));
  const places = new Map<string, number>();
  for (const [index, text] of called.entries()) {
    if (typeof text === "string" && !places.has(text)) {
      places.set(text, index);
    }
  }
  const edges = items.map((view) =>
    steps({ place: undefined, view, shape: undefined, sensitive: false }, path, "Structure").flatMap((leaf) => {
      const target = typeof leaf.view === "string" ? places.get(leaf.view) : undefined;
      return target === undefined ? [] : [target];
    }),
  );
  const states = new Map<number, "open" | "done">();
  const nameOf = (index: number): string => {
    const text = called[index];
    return typeof text === "string" ? text : "";
  };
  for (const start of items.keys()) {
    if (states.has(start)) {
      continue;
    }
    const way = [{ at: start, next: 0 }];
    for (let last = way.at(-1); last !== undefined; last = way.at(-1)) {
      const target = edges[last.at]?.[last.next];
      last.next += 1;
      if (target === undefined) {
        states.set(last.at, "done");
        way.pop();
        continue;
      }
      states.set(last.at, "open");
      const state = states.get(target);
      if (state === undefined) {
        way.push({ at: target, next: 0 });
      } else if (state === "open") {
        const from = way.findIndex((step) => step.at === target);
        const inside = way.slice(from).map((step) => step.at);
        return { names: [...inside, target].map(nameOf), items: inside };
      }
    }
  }
  return undefined;
}
