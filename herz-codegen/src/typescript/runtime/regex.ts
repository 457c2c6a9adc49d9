import { isDigits } from "./digits.js";
import { bytesOf, quoteScalar } from "./text.js";

const deepestGroup = 32;
const mostRepeats = 1000;
const largestRegex = 20000;

/** How big a part of an expression becomes. */
interface Size {
  readonly cost: number;
  readonly repeats: number;
}

/** A finding, thrown to where the check began. */
class Problem {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/**
 * What keeps a regular expression from meaning the same in RE2, Rust, ECMAScript, Java and Python; none
 * if it does.
 */
export function checkPortable(text: string): string | undefined {
  try {
    new Checker(text).run();
    return undefined;
  } catch (problem) {
    if (problem instanceof Problem) {
      return problem.message;
    }
    throw problem;
  }
}

class Checker {
  private readonly letters: readonly string[];
  private at = 0;
  private readonly frames: { opened: number; cost: number; repeats: number }[] = [{ opened: 0, cost: 0, repeats: 0 }];
  /** What a repetition would repeat. */
  private last: Size | undefined;

  constructor(text: string) {
    this.letters = Array.from(text);
  }

  run(): void {
    while (this.at < this.letters.length) {
      this.step();
    }
    this.flush();
    const frame = this.frames.at(-1);
    if (this.frames.length !== 1 && frame !== undefined) {
      this.fail(frame.opened, "this group is not closed");
    }
  }

  private fail(at: number, message: string): never {
    throw new Problem(`${message} (at byte ${bytesOf(this.letters.slice(0, at).join(""))})`);
  }

  private bump(): string | undefined {
    const letter = this.letters[this.at];
    this.at += letter === undefined ? 0 : 1;
    return letter;
  }

  private ahead(wanted: string): boolean {
    return Array.from(wanted).every((letter, index) => this.letters[this.at + index] === letter);
  }

  private eat(wanted: string): boolean {
    const there = this.ahead(wanted);
    this.at += there ? wanted.length : 0;
    return there;
  }

  private flush(): void {
    const last = this.last;
    const frame = this.frames.at(-1);
    this.last = undefined;
    if (last === undefined || frame === undefined) {
      return;
    }
    frame.cost += last.cost;
    frame.repeats = Math.max(frame.repeats, last.repeats);
    if (frame.cost > largestRegex) {
      this.fail(this.at, "the expression becomes too big by its repetitions");
    }
  }

  private atom(cost: number): void {
    this.flush();
    this.last = { cost, repeats: 1 };
  }

  private step(): void {
    const start = this.at;
    const letter = this.bump();
    switch (letter) {
      case "(":
        return this.open(start);
      case ")":
        return this.close(start);
      case "|":
      case "^":
      case "$":
        return this.flush();
      case "*":
      case "+":
      case "?":
        return this.repeat(start, 1);
      case "{":
        return this.repeat(start, this.count(start));
      case "}":
      case "]":
        return this.fail(start, `\`${letter}\` must be written as \`\\${letter}\``);
      case "[":
        return this.class(start);
      case "\\":
        this.escape(start, false);
        return this.atom(1);
      default:
        return this.atom(1);
    }
  }

  private open(start: number): void {
    this.flush();
    if (this.eat("?") && !this.eat(":")) {
      if (["=", "!", "<=", "<!"].some((one) => this.ahead(one))) {
        this.fail(start, "lookaround is not portable");
      }
      if (["<", "P", "'"].some((one) => this.ahead(one))) {
        this.fail(start, "named groups are not portable: write `(` alone");
      }
      const flags = "flags inside of an expression are not portable";
      this.fail(start, this.ahead(">") ? "atomic groups are not portable" : flags);
    }
    if (this.frames.length > deepestGroup) {
      this.fail(start, `groups are nested more than ${deepestGroup} deep`);
    }
    this.frames.push({ opened: start, cost: 0, repeats: 0 });
  }

  private close(start: number): void {
    this.flush();
    const frame = this.frames.length < 2 ? undefined : this.frames.pop();
    if (frame === undefined) {
      this.fail(start, "`)` closes no group");
    }
    this.last = { cost: frame.cost + 1, repeats: Math.max(frame.repeats, 1) };
  }

  /** A repetition of what stands before it; `count` is how often at most it is written out. */
  private repeat(start: number, count: number): void {
    const { last } = this;
    if (last === undefined) {
      this.fail(start, "nothing stands here that can be repeated");
    }
    const times = Math.max(count, 1);
    this.last = { cost: last.cost * times + 1, repeats: last.repeats * times };
    if (this.last.repeats > mostRepeats) {
      this.fail(start, `repetitions add up to more than ${mostRepeats}`);
    }
    this.eat("?");
    if (this.ahead("+")) {
      this.fail(this.at, "possessive repetitions are not portable");
    }
    // A second repetition must not follow.
    this.flush();
  }

  /** The greater number behind `{`, up to `}`. */
  private count(start: number): number {
    const end = this.letters.indexOf("}", this.at);
    const inside = end < 0 ? "" : this.letters.slice(this.at, end).join("");
    const [, least = "", comma, most = ""] = /^([^,]*)(,?)([^]*)$/.exec(inside) ?? [];
    if (!isDigits(least) || (comma === "," && most !== "" && !isDigits(most))) {
      this.fail(start, "`{` must be written as `\\{`");
    }
    const to = most === "" ? least : most;
    if (BigInt(to) < BigInt(least)) {
      this.fail(this.at, "a repetition ends before it starts");
    }
    this.at = end + 1;
    return Number(to);
  }

  /** What stands behind a backslash: the character that is meant, or none for a class. */
  private escape(start: number, inClass: boolean): string | undefined {
    const letter = this.bump();
    if (letter === undefined) {
      return this.fail(start, "nothing follows the backslash");
    }
    const control = "tnrf".indexOf(letter);
    if (control >= 0) {
      return "\t\n\r\f"[control];
    }
    if ("dDwW".includes(letter)) {
      return undefined;
    }
    if (letter === "x") {
      const digits = this.letters.slice(this.at, this.at + 2).join("");
      if (!/^[0-9a-fA-F]{2}$/.test(digits)) {
        this.fail(start, "two hex digits must follow `\\x`");
      }
      this.at += 2;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    if ((letter === "-" && inClass) || "^$\\.*+?()[]{}|/".includes(letter)) {
      return letter;
    }
    return this.fail(start, escapeProblem(letter));
  }

  private class(start: number): void {
    this.eat("^");
    let items = 0;
    // The item before, if a range may start with it.
    let before: string | undefined;
    for (;;) {
      const at = this.at;
      for (const operator of ["&&", "--", "~~", "||"]) {
        if (this.ahead(operator)) {
          this.fail(at, `\`${operator}\` in a class is not portable`);
        }
      }
      const letter = this.bump();
      if (letter === undefined) {
        this.fail(start, "this class is not closed");
      } else if (letter === "]") {
        if (items === 0) {
          this.fail(at, "a class must not be empty");
        }
        return this.atom(items);
      } else if (letter === "[") {
        this.fail(at, this.ahead(":") ? "POSIX classes are not portable" : "`[` in a class must be written as `\\[`");
      } else if (letter === "-" && items > 0 && !this.ahead("]")) {
        this.range(at, before);
        before = undefined;
      } else {
        before = letter === "\\" ? this.escape(at, true) : letter;
        items += 1;
      }
    }
  }

  private range(at: number, from: string | undefined): void {
    if (from === undefined) {
      this.fail(at, "`-` must stand first or last in a class, or be written as `\\-`");
    }
    const end = this.at;
    let to = this.bump();
    if (to === "\\") {
      to = this.escape(end, true);
    } else if (to === "[") {
      this.fail(end, "`[` in a class must be written as `\\[`");
    }
    if (to === undefined) {
      this.fail(at, "a range must end with a character");
    }
    if ((from.codePointAt(0) ?? 0) > (to.codePointAt(0) ?? 0)) {
      this.fail(at, "a range ends before it starts");
    }
  }
}

function escapeProblem(letter: string): string {
  switch (letter) {
    case "0":
      return "octal escapes are not portable";
    case "A":
      return "`\\A` is not portable: write `^`";
    case "z":
    case "Z":
      return "`\\z` and `\\Z` are not portable: write `$`";
    case "b":
    case "B":
      return "word boundaries are not portable";
    case "s":
    case "S":
      return "`\\s` is not portable: write `[ \\t\\r\\n]`";
    case "p":
    case "P":
      return "Unicode classes are not portable";
    case "u":
      return "`\\u` is not portable: write the character itself";
    default:
      return /^[1-9]$/.test(letter)
        ? "back references are not portable"
        : `the escape ${quoteScalar(`\\${letter}`)} is not portable`;
  }
}

const patterns = new Map<string, RegExp | undefined>();

/** Whether a pattern in the portable subset matches somewhere in a text. A pattern that is none holds. */
export function matches(pattern: string, text: string): boolean {
  if (!patterns.has(pattern)) {
    patterns.set(pattern, checkPortable(pattern) === undefined ? new RegExp(native(pattern), "u") : undefined);
  }
  return patterns.get(pattern)?.test(text) ?? true;
}

/** ECMAScript's point leaves out more than the line feed. */
function native(pattern: string): string {
  return pattern.replace(/\\[^]|\[(?:\\[^]|[^\]\\])*\]|\./gu, (part) => (part === "." ? "[^\\n]" : part));
}
