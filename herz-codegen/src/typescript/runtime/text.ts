/** Texts longer than this are cut in messages. */
const shownLength = 60;

/** The order of texts by code points, as other languages have it. */
export function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  const x = Array.from(a);
  const y = Array.from(b);
  for (const [at, c] of x.entries()) {
    const d = y[at];
    if (d === undefined) {
      return 1;
    }
    if (c !== d) {
      return (c.codePointAt(0) ?? 0) - (d.codePointAt(0) ?? 0);
    }
  }
  return x.length < y.length ? -1 : 0;
}

/** How many bytes a text has in UTF-8. */
export function bytesOf(text: string): number {
  let bytes = 0;
  for (const c of text) {
    const code = c.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** How many characters a text has. */
export function charactersOf(text: string): number {
  let count = 0;
  for (const _ of text) {
    count += 1;
  }
  return count;
}

function escape(c: string): string {
  return `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`;
}

/** A text between back ticks, cut if it is long, with control characters escaped. */
export function quote(text: string): string {
  let out = "`";
  let count = 0;
  for (const c of text) {
    if (count === shownLength) {
      out += "…";
      break;
    }
    count += 1;
    if (c === "\t") {
      out += "\\t";
    } else if (c === "\n") {
      out += "\\n";
    } else if (c === "\r") {
      out += "\\r";
    } else {
      out += /[\u0000-\u001f\u007f-\u009f]/.test(c) ? escape(c) : c;
    }
  }
  return `${out}\``;
}

/** A value at the start of a sentence; none for one that must not be shown. */
export function subject(found: string | undefined): string {
  if (found === undefined) {
    return "the value";
  }
  return found === "" ? "the empty text" : quote(found);
}

/** Names in a sentence. */
export function alternatives(names: readonly string[], last: string): string {
  return names
    .map((name, at) => {
      const before = at === 0 ? "" : at + 1 === names.length ? ` ${last} ` : ", ";
      return before + (name === "" ? "the empty text" : quote(name));
    })
    .join("");
}

/** Whether a key can stand in a path without quotes. */
export function isPlain(key: string): boolean {
  return /^[\p{Alphabetic}\p{N}_-]+$/u.test(key);
}

function escapeDebug(c: string): string {
  switch (c) {
    case "\0":
      return "\\0";
    case "\t":
      return "\\t";
    case "\n":
      return "\\n";
    case "\r":
      return "\\r";
    case "\\":
      return "\\\\";
    default:
      return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(c) && !/\p{Grapheme_Extend}/u.test(c) ? c : escape(c);
  }
}

/** A text between double quotes, on one line. */
export function debug(text: string): string {
  let out = '"';
  for (const c of text) {
    out += c === '"' ? '\\"' : escapeDebug(c);
  }
  return `${out}"`;
}

/** A text in back quotes, on one line, shortened if it is long. */
export function quoteScalar(text: string): string {
  if (text === "") {
    return "the empty text";
  }
  let out = "`";
  let count = 0;
  for (const c of text) {
    if (count === shownLength) {
      out += "…";
      break;
    }
    count += 1;
    out += c === '"' ? c : escapeDebug(c);
  }
  return `${out}\``;
}

/** Cuts a text at the first occurrence of another one; the second part is none without it. */
export function cut(text: string, at: string): [string, string | undefined] {
  const found = text.indexOf(at);
  return found < 0 ? [text, undefined] : [text.slice(0, found), text.slice(found + at.length)];
}

/** Cuts a text at the last occurrence of another one; none without it. */
export function cutLast(text: string, at: string): [string, string] | undefined {
  const found = text.lastIndexOf(at);
  return found < 0 ? undefined : [text.slice(0, found), text.slice(found + at.length)];
}

/** Whether two texts are the same but for the case of ASCII letters. */
export function sameButCase(a: string, b: string): boolean {
  const small = (text: string): string => text.replace(/[A-Z]/g, (c) => c.toLowerCase());
  return small(a) === small(b);
}
