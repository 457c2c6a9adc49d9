import type { Table } from "./table.js";

/** The type of a field, as reader and validator see it. */
export type Type =
  | { readonly kind: "bool" | "float" | "text" | "any" | "anyObject" | "intOrText" }
  | { readonly kind: "int"; readonly bits: number; readonly signed: boolean }
  | { readonly kind: "list" | "map"; readonly of: Type }
  | { readonly kind: "object"; readonly table: () => Table };

export const bool: Type = { kind: "bool" };
export const float: Type = { kind: "float" };
export const text: Type = { kind: "text" };
export const any: Type = { kind: "any" };
export const anyObject: Type = { kind: "anyObject" };
export const intOrText: Type = { kind: "intOrText" };

export function int(bits: number): Type {
  return { kind: "int", bits, signed: true };
}

export function uint(bits: number): Type {
  return { kind: "int", bits, signed: false };
}

export function list(of: Type): Type {
  return { kind: "list", of };
}

export function map(of: Type): Type {
  return { kind: "map", of };
}

export function object(model: () => { readonly table: Table }): Type {
  return { kind: "object", table: () => model().table };
}
