// What a JavaScript engineer writes in an afternoon: js-yaml, ajv, one compiled schema a kind.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import yaml from "js-yaml";

const [folder, schemas] = process.argv.slice(2);
const ajv = new Ajv({ allErrors: true, strict: false });
const compiled = new Map();
const validator = (kind) => {
  if (!compiled.has(kind)) {
    compiled.set(kind, ajv.compile(JSON.parse(readFileSync(join(schemas, `${kind}.json`), "utf8"))));
  }
  return compiled.get(kind);
};

let files = 0;
let invalid = 0;
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  files += 1;
  const value = yaml.load(readFileSync(join(entry.parentPath ?? entry.path, entry.name), "utf8"));
  if (!validator(value.kind)(value)) invalid += 1;
}
console.log(`${invalid} of ${files} files have findings`);
