import type { Fault } from "./number.js";
import type { Magnitude } from "./scalar.js";
import { cut, quoteScalar } from "./text.js";

export function isDigits(text: string): boolean {
  return /^[0-9]+$/.test(text);
}

export function splitDigits(text: string): [digits: string, rest: string] {
  const digits = /^[0-9]*/.exec(text)?.[0] ?? "";
  return [digits, text.slice(digits.length)];
}

export function splitSign(text: string): [negative: boolean, rest: string] {
  return [text.startsWith("-"), text.replace(/^[+-]/, "")];
}

/** Takes a plain decimal number from the start of a text. */
export function splitDecimal(text: string): [decimal: string, rest: string] {
  const decimal = /^(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)?/.exec(text)?.[0] ?? "";
  return [decimal, text.slice(decimal.length)];
}

/** Takes what stands before the next digit or point. */
export function untilNumber(text: string): [before: string, rest: string] {
  const before = /^[^0-9.]*/.exec(text)?.[0] ?? "";
  return [before, text.slice(before.length)];
}

/** Digits, and the digits behind a point if there is one. */
export function splitFraction(text: string): [whole: string, fraction: string, rest: string] {
  const [, whole = "", fraction = ""] = /^([0-9]*)(?:\.([0-9]*))?/.exec(text) ?? [];
  const [, after] = splitDigits(text);
  return [whole, fraction, after.startsWith(".") ? splitDigits(after.slice(1))[1] : after];
}

/** Digits as a whole number without a sign; none if 64 bits do not hold it. */
export function uint64(digits: string): bigint | undefined {
  const value = BigInt(digits);
  return value < 1n << 64n ? value : undefined;
}

/** A whole number as `strconv.Atoi`: a sign or none, decimal digits, 64 bits. */
export function atoi(text: string): bigint | Fault {
  const [negative, digits] = splitSign(text);
  if (!isDigits(digits)) {
    return "malformed";
  }
  const value = negative ? -BigInt(digits) : BigInt(digits);
  return BigInt.asIntN(64, value) === value ? value : "too big";
}

export function readInteger(text: string): Magnitude | string {
  const value = atoi(text);
  if (typeof value !== "string") {
    return { kind: "number", amount: Number(value), whole: value };
  }
  return quoteScalar(text) + (value === "too big" ? " is more than 64 bits" : " is no whole number");
}

export function readStatusCode(text: string): Magnitude | string {
  const outside = (status: bigint): string | undefined =>
    status < 1n || status > 999n ? `a status in ${quoteScalar(text)} is not from 1 to 999` : undefined;
  const one = atoi(text);
  if (typeof one !== "string") {
    return outside(one) ?? { kind: "number", amount: Number(one) };
  }
  const [from, to] = cut(text, "-");
  if (to === undefined) {
    return `${quoteScalar(text)} is no number and no range`;
  }
  for (const part of [from, to]) {
    const status = atoi(part);
    if (typeof status !== "string") {
      const problem = outside(status);
      if (problem !== undefined) {
        return problem;
      }
    } else if (part === "") {
      return `${quoteScalar(text)} lacks an end of the range`;
    } else {
      return `${quoteScalar(part)} in ${quoteScalar(text)} is no number`;
    }
  }
  return { kind: "none" };
}

/** The text in lower case, as far as the result is ASCII. */
export function lower(text: string): string {
  return text.replace(/[A-Z\u212a\u0130]/g, (c) => (c === "\u212a" ? "k" : c === "\u0130" ? "i" : c.toLowerCase()));
}

const blanks = "\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const ends = new RegExp(`^[${blanks}]+|[${blanks}]+$`, "g");
const between = new RegExp(`[${blanks}]+`);

/** A text without the blanks around it. */
export function trim(text: string): string {
  return text.replace(ends, "");
}

/** The parts of a text between blanks. */
export function fieldsOf(text: string): string[] {
  return text.split(between).filter((part) => part !== "");
}
