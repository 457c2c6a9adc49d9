import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { read, spec, stringify, validate } from "../dist/index.js";

/** The lines of a file of JSON lines. */
function lines(path) {
  const rows = readFileSync(path, "utf8").split("\n");
  return rows.filter((row) => row !== "").map((row) => spec.parseJson(row));
}

const data = (name) => new URL(`./data/${name}`, import.meta.url);

/** The JSON form of a value, with keys in order and numbers by value. */
function written(value) {
  if (Array.isArray(value)) {
    return `[${value.map(written).join(",")}]`;
  }
  if (value instanceof spec.Float) {
    return written(value.value);
  }
  if (typeof value === "object" && value !== null) {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${written(value[key])}`).join(",")}}`;
  }
  return spec.writeJson(value);
}

test("scalars mean what they mean in Herz", () => {
  const wrong = [];
  for (const { dialect, text, value, message, allowed } of lines(data("scalars.jsonl"))) {
    const parsed = spec.parseScalar(dialect, text);
    let got;
    if (parsed.ok) {
      const amount = spec.amountOf(parsed.magnitude);
      got = { value: amount === undefined ? null : Number.isFinite(amount) ? amount : String(amount) };
    } else {
      got = { message: parsed.message, allowed: parsed.allowed };
    }
    const words = { inf: "Infinity", "-inf": "-Infinity" };
    const number = typeof value === "string" ? (words[value] ?? value) : value === null ? null : Number(value);
    const want = message === undefined ? { value: number } : { message, allowed };
    if (written(got) !== written(want)) {
      wrong.push(`${dialect} ${JSON.stringify(text)}: ${written(got)}, want ${written(want)}`);
    }
  }
  assert.deepEqual(wrong.slice(0, 20), []);
});

test("the examples fit, hold, and are written as they were", () => {
  for (const { document } of lines(data("documents.jsonl"))) {
    const { value, found } = read(document);
    assert.ok(value !== undefined, found.map(spec.violationText).join("\n"));
    const errors = validate(value).filter((one) => one.level === "error");
    assert.deepEqual(errors.map(spec.violationText), []);
    assert.equal(written(spec.parseJson(stringify(value))), written(document));
  }
});

test("numbers that JavaScript can't hold keep their text", () => {
  const text = '{"a":[5.0,-0,1e300,9223372036854775807,18446744073709551616,0.12345678901234567890],"__proto__":{"b":1}}';
  assert.equal(spec.writeJson(spec.parseJson(text)), text);
});

test("texts that are no JSON are refused with their place", () => {
  for (const text of ["", "{", "[1,]", '{"a":1,}', "01", "1.", "tru", '"\\x"', '"\n"', "1 2", '{a:1}', "1e999", "[".repeat(1000)]) {
    assert.throws(() => spec.parseJson(text), /\(line 1, column \d+\)|\(line 2/, text);
  }
});

// HERZ_VECTORS names a file of JSON lines, each with a document, what Herz itself found in it, and how
// it is written if it fits.
const vectors = process.env.HERZ_VECTORS ?? "";
test("verdicts are those of Herz", { skip: vectors === "" ? "HERZ_VECTORS names no file" : false }, () => {
  assert.ok(existsSync(vectors));
  let count = 0;
  const wrong = [];
  for (const { document, found: expected, written: form } of lines(vectors)) {
    count += 1;
    const { value, found } = read(document);
    const all = value === undefined ? found : [...found, ...validate(value)];
    const got = all.map((one) => `${one.level} ${spec.violationText(one)}`).join("\n");
    const want = expected.map((one) => `${one.level} ${one.path}: ${one.message} [${one.code}]`).join("\n");
    if (got !== want || (form === undefined) !== (value === undefined)) {
      wrong.push(`line ${count}: ${written(document)}\ngot:\n${got}\nwant:\n${want}`);
    } else if (value !== undefined) {
      const again = written(spec.parseJson(stringify(value)));
      if (again !== written(form)) {
        wrong.push(`line ${count}: written as\n${again}\nwant\n${written(form)}`);
      }
    }
  }
  console.log(`${count} documents, ${wrong.length} differences`);
  assert.deepEqual(wrong.slice(0, 10), []);
});
