import { codes } from "./codes.js";
import { at, type Context, type Flags, levelOf, type Place } from "./judge.js";
import { messages } from "./messages.js";
import { type Case, choiceOf, type Table, type Union } from "./table.js";
import { isFilled, ObjectView, type View } from "./view.js";
import { effective } from "./walk.js";

/** The value of a tag, and the case that it picks; a known value may pick none. */
export interface Chosen {
  readonly value: string;
  readonly picked: Case | undefined;
}

export function chosenCase(union: Union, table: Table, slots: readonly View[]): Chosen | undefined {
  const found = table.find(union.tag);
  if (found === undefined) {
    return undefined;
  }
  const [index, field] = found;
  const value = effective(field, slots[index], "Structure");
  if (typeof value !== "string") {
    return undefined;
  }
  const picked = union.cases?.find((one) => one.value === value);
  return picked !== undefined || choiceOf(field)?.values.includes(value) ? { value, picked } : undefined;
}

function names(one: Case, wire: string): boolean {
  return (one.requires?.includes(wire) ?? false) || (one.allows?.includes(wire) ?? false);
}

/** Whether a field belongs to other cases only. */
export function isForeign(union: Union, picked: Case | undefined, wire: string): boolean {
  if (wire === union.tag || (picked !== undefined && names(picked, wire))) {
    return false;
  }
  return (union.cases?.some((one) => names(one, wire)) ?? false) || (union.former?.includes(wire) ?? false);
}

/** Judges the fields of a union's cases. */
export function judgeUnion(
  context: Context,
  place: Place | undefined,
  table: Table,
  union: Union,
  { value, picked }: Chosen,
  slots: readonly View[],
  flags: Flags,
): void {
  for (const wire of picked?.requires ?? []) {
    const found = table.find(wire);
    if (picked === undefined || found === undefined) {
      continue;
    }
    const [index, field] = found;
    const view = effective(field, slots[index], "Admission");
    const there = view !== undefined && (!picked.filled || isFilled(view));
    if (there || (slots[index] === undefined && field.required)) {
      continue;
    }
    const say = picked.filled ? messages.caseNeedsFilled : messages.caseNeeds;
    context.push(at(place, wire), codes.caseNeeds, levelOf(flags, picked.level, "Admission"), say(wire, union.tag, value));
  }
  if (union.foreign === "Ignore") {
    return;
  }
  for (const [index, { wire }] of table.fields.entries()) {
    const view = slots[index];
    if (view === undefined || !isForeign(union, picked, wire)) {
      continue;
    }
    // A field of another case says something unless it is an empty list or text.
    if (!(view instanceof ObjectView) && !isFilled(view)) {
      continue;
    }
    if (union.foreign === "Refuse") {
      const level = levelOf(flags, "error", "Admission");
      context.push(at(place, wire), codes.ignored, level, messages.refused(wire, union.tag, value));
    } else {
      context.push(at(place, wire), codes.ignored, "warning", messages.ignored(wire, union.tag, value));
    }
  }
}
