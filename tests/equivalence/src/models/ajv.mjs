// Reads documents, one a line, and tells whether the JSON Schema of each one's kind takes it.
// Arguments: the folder of the schemas, the folder in whose node_modules ajv stands.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [schemas, tools] = process.argv.slice(2);
const Ajv = createRequire(join(tools, "package.json"))("ajv/dist/2020.js").default;
const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: true });
const files = new Map();
for (const folder of readdirSync(schemas, { withFileTypes: true })) {
  for (const file of folder.isDirectory() ? readdirSync(join(schemas, folder.name)) : []) {
    files.set(file.replace(/\.json$/, ""), join(schemas, folder.name, file));
  }
}
const checks = new Map();
function check(kind) {
  if (!checks.has(kind)) {
    checks.set(kind, ajv.compile(JSON.parse(readFileSync(files.get(kind), "utf8"))));
  }
  return checks.get(kind);
}

const lines = readFileSync(0, "utf8").split("\n");
const verdicts = lines
  .filter((line) => line !== "")
  .map((line) => {
    const { kind, document } = JSON.parse(line);
    return `${JSON.stringify({ accepted: check(kind)(document) })}\n`;
  });
writeFileSync(1, verdicts.join(""));
