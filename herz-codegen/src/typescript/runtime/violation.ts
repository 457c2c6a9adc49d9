import type { Code } from "./codes.js";
import { debug, isPlain } from "./text.js";

/**
 * How bad a finding is. `error`: the platform refuses the document, or it can't mean anything.
 * `warning`: the platform takes the document but does something else than its author thinks.
 */
export type Level = "error" | "warning";

/** A place in a document, from its root: keys, and places in lists. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with a value. */
export interface Violation {
  /** What kind of thing is wrong. A code never changes its meaning. */
  readonly code: Code;
  readonly level: Level;
  /** Where it is, from the root of what was validated. */
  readonly path: Path;
  /** One sentence: what was found and what is allowed. */
  readonly message: string;
}

/** What reading gave: the value, if no finding is an error. */
export interface Reading<T> {
  readonly value: T | undefined;
  readonly found: readonly Violation[];
}

/** Whether there is something that a platform would refuse. */
export function hasErrors(found: readonly Violation[]): boolean {
  return found.some((one) => one.level === "error");
}

/** A path as `spec.templates[1].networkChaos`. */
export function pathText(path: Path): string {
  let out = "";
  for (const [at, step] of path.entries()) {
    if (typeof step === "number") {
      out += `[${step}]`;
    } else if (isPlain(step)) {
      out += at > 0 ? `.${step}` : step;
    } else {
      out += `[${debug(step)}]`;
    }
  }
  return out;
}

/** Path, message and code on one line. */
export function violationText(one: Violation): string {
  return `${pathText(one.path)}: ${one.message} [${one.code}]`;
}

/** A value does not fit its type. */
export class MisfitError extends Error {
  /** Everything that was found. */
  readonly found: readonly Violation[];

  constructor(found: readonly Violation[]) {
    super(
      found
        .filter((one) => one.level === "error")
        .map(violationText)
        .join("; "),
    );
    this.name = "MisfitError";
    this.found = found;
  }
}
