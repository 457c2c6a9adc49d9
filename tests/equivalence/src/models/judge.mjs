// Reads documents, one a line, and tells what the generated types say of each.
import { readFileSync, writeSync } from "node:fs";
import { read, spec, stringify, validate } from "./dist/index.js";

const errors = (found) =>
  found.filter((one) => one.level === "error").map((one) => [one.code, spec.pathText(one.path)]);

function judge(line) {
  const { document } = spec.parseJson(line);
  const { value, found } = read(document);
  if (value === undefined) {
    return { unread: errors(found) };
  }
  return { errors: errors([...found, ...validate(value)]), written: spec.parseJson(stringify(value)) };
}

const lines = readFileSync(0, "utf8").split("\n");
let out = Buffer.from(
  lines
    .filter((line) => line !== "")
    .map((line) => `${spec.writeJson(judge(line))}\n`)
    .join(""),
);
while (out.length > 0) {
  try {
    out = out.subarray(writeSync(1, out));
  } catch (error) {
    if (error.code !== "EAGAIN") {
      throw error;
    }
  }
}
