/** A whole number of 64 bits: a `number` as far as that is exact, a `bigint` beyond. */
export type Int64 = number | bigint;

/** A whole number or a text, as Kubernetes has it for ports and amounts. */
export type IntOrString = Int64 | string;

/** Bytes, kept as the base64 text that they were written in; `decodeBase64` gives them. */
export type Bytes = string;
