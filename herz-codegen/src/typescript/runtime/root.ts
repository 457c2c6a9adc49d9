/**
 * Reads a document from JSON. Throws a `SyntaxError` if it is none; the findings tell what does not fit,
 * and there is no value if an error is among them.
 */
export function parse(text: string): spec.Reading<Document> {
  return read(spec.parseJson(text));
}

/** Reads a document from a value as `spec.parseJson` or `JSON.parse` give it. */
export function read(value: unknown): spec.Reading<Document> {
  const { at, found } = spec.kindOf(value, kinds);
  return kinds[at ?? -1]?.read(value) ?? { value: undefined, found };
}

/** Tells everything that is wrong with a document, errors and warnings. */
export function validate(document: Document): readonly spec.Violation[] {
  const { at, found } = spec.kindOf(document, kinds);
  return kinds[at ?? -1]?.validate(document) ?? found;
}

/** Writes a document as JSON, unknown keys included, on one line or indented. */
export function stringify(document: Document, indent?: number): string {
  return spec.writeJson(document, indent);
}
