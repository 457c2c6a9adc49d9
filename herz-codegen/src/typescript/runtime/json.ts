import { Float, floatJson, numberFromText } from "./number.js";
import { compareText } from "./text.js";

/**
 * A value of a document. Whole numbers beyond 2^53 are `bigint`, and numbers whose text says more than
 * a JavaScript number are `Float`.
 */
export type Json = null | boolean | number | bigint | Float | string | Json[] | { [key: string]: Json };

/** An object of any content. */
export type JsonObject = { [key: string]: Json };

/** How deep a document may be nested. */
const deepest = 500;

/** Sets a key, also one that JavaScript takes for the prototype. */
export function put<T>(object: { [key: string]: T }, key: string, value: T): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    object[key] = value;
  }
}

/** What stands under a key of the object itself. */
export function get<T>(object: { readonly [key: string]: T }, key: string): T | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Float);
}

/** The keys of an object that have a value, in ascending order. */
export function sortedKeys(object: { readonly [key: string]: unknown }): string[] {
  return Object.keys(object)
    .filter((key) => object[key] !== undefined)
    .sort(compareText);
}

/** Reads one JSON value; nothing of its numbers is lost. Throws a `SyntaxError` that names the place. */
export function parseJson(text: string): Json {
  return new Parser(text).document();
}

const numberToken = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const plainText = /[^"\\\u0000-\u001f]*/y;
const blank = /[ \t\n\r]*/y;
const escapes: { readonly [letter: string]: string } = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

class Parser {
  private at = 0;
  private depth = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  document(): Json {
    const value = this.value();
    this.blanks();
    if (this.at < this.text.length) {
      this.fail("something follows the JSON value");
    }
    return value;
  }

  private fail(message: string): never {
    const before = this.text.slice(0, this.at);
    const line = before.split("\n").length;
    throw new SyntaxError(`${message} (line ${line}, column ${this.at - before.lastIndexOf("\n")})`);
  }

  private take(token: RegExp): string {
    token.lastIndex = this.at;
    const found = token.exec(this.text)?.[0] ?? "";
    this.at += found.length;
    return found;
  }

  private blanks(): void {
    this.take(blank);
  }

  private eat(wanted: string): boolean {
    const there = this.text.startsWith(wanted, this.at);
    if (there) {
      this.at += wanted.length;
    }
    return there;
  }

  private value(): Json {
    this.blanks();
    switch (this.text[this.at]) {
      case "{":
        return this.nested(() => this.object());
      case "[":
        return this.nested(() => this.list());
      case '"':
        return this.string();
      case "t":
        return this.word("true", true);
      case "f":
        return this.word("false", false);
      case "n":
        return this.word("null", null);
      case undefined:
        return this.fail("the text ends where a value should stand");
      default:
        return this.number();
    }
  }

  private word<T>(word: string, value: T): T {
    return this.eat(word) ? value : this.fail("this is no JSON value");
  }

  private nested<T>(inner: () => T): T {
    this.at += 1;
    this.depth += 1;
    if (this.depth > deepest) {
      this.fail(`values are nested more than ${deepest} deep`);
    }
    const value = inner();
    this.depth -= 1;
    return value;
  }

  private number(): Json {
    const start = this.at;
    const text = this.take(numberToken);
    if (text === "") {
      return this.fail("this is no JSON value");
    }
    const value = numberFromText(text);
    if (value === undefined) {
      this.at = start;
      return this.fail(`the number ${text} is out of range`);
    }
    return value;
  }

  private string(): string {
    this.at += 1;
    let out = "";
    for (;;) {
      out += this.take(plainText);
      if (this.eat('"')) {
        return out;
      }
      if (!this.eat("\\")) {
        return this.fail(this.at < this.text.length ? "a control character stands in a text" : "a text has no end");
      }
      if (this.eat("u")) {
        const digits = this.text.slice(this.at, this.at + 4);
        if (!/^[0-9a-fA-F]{4}$/.test(digits)) {
          return this.fail("four hex digits must follow `\\u`");
        }
        out += String.fromCharCode(Number.parseInt(digits, 16));
        this.at += 4;
        continue;
      }
      const meant = get(escapes, this.text[this.at] ?? "");
      if (meant === undefined) {
        return this.fail("no such escape");
      }
      out += meant;
      this.at += 1;
    }
  }

  private list(): Json[] {
    const items: Json[] = [];
    this.blanks();
    if (this.eat("]")) {
      return items;
    }
    for (;;) {
      items.push(this.value());
      this.blanks();
      if (this.eat("]")) {
        return items;
      }
      if (!this.eat(",")) {
        return this.fail("`,` or `]` must stand here");
      }
    }
  }

  private object(): JsonObject {
    const entries: JsonObject = {};
    this.blanks();
    if (this.eat("}")) {
      return entries;
    }
    for (;;) {
      this.blanks();
      if (this.text[this.at] !== '"') {
        return this.fail("a key between double quotes must stand here");
      }
      const key = this.string();
      this.blanks();
      if (!this.eat(":")) {
        return this.fail("`:` must stand here");
      }
      put(entries, key, this.value());
      this.blanks();
      if (this.eat("}")) {
        return entries;
      }
      if (!this.eat(",")) {
        return this.fail("`,` or `}` must stand here");
      }
    }
  }
}

/** Writes a value as JSON, on one line or indented. Keys whose value is `undefined` are left out. */
export function writeJson(value: unknown, indent = 0): string {
  return write(value, indent > 0 ? " ".repeat(indent) : "", "");
}

function write(value: unknown, unit: string, margin: string): string {
  if (typeof value === "string") {
    return JSON.stringify(value);
  }
  if (typeof value === "number") {
    return Object.is(value, -0) ? "-0.0" : Number.isInteger(value) && Math.abs(value) >= 1e21 ? floatJson(value) : JSON.stringify(value);
  }
  if (typeof value === "bigint" || typeof value === "boolean") {
    return value.toString();
  }
  if (value instanceof Float) {
    return value.text;
  }
  const deeper = margin + unit;
  const [start, between, end] = unit === "" ? ["", ",", ""] : [`\n${deeper}`, `,\n${deeper}`, `\n${margin}`];
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => write(item, unit, deeper));
    return items.length === 0 ? "[]" : `[${start}${items.join(between)}${end}]`;
  }
  if (isObject(value)) {
    const colon = unit === "" ? ":" : ": ";
    const entries = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .map((key) => `${JSON.stringify(key)}${colon}${write(value[key], unit, deeper)}`);
    return entries.length === 0 ? "{}" : `{${start}${entries.join(between)}${end}}`;
  }
  return "null";
}
