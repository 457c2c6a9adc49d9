import { atoi, isDigits, lower, splitDecimal, splitFraction, splitSign, trim, uint64, untilNumber } from "./digits.js";
import { parseFloatGo } from "./number.js";
import type { Magnitude } from "./scalar.js";
import { bytesOf, cut, quoteScalar } from "./text.js";

export function readPercent(text: string): Magnitude | string {
  if (!text.endsWith("%")) {
    return `${quoteScalar(text)} has no percent sign at its end`;
  }
  const [decimal, rest] = splitDecimal(text.slice(0, -1));
  if (decimal === "" || rest !== "" || decimal.startsWith(".") || decimal.endsWith(".")) {
    return `${quoteScalar(text)} is no number with a percent sign`;
  }
  const [digits, fraction = ""] = cut(decimal, ".");
  const whole = digits.replace(/^0+/, "");
  const fits = whole.length < 3 || (whole === "100" && /^0*$/.test(fraction));
  const value = Number(decimal);
  if (!fits || value > 100) {
    return `${quoteScalar(text)} is more than 100%`;
  }
  return { kind: "percentage", amount: value };
}

function readGoFloat(text: string): number | string {
  const value = parseFloatGo(text, 32);
  if (value === "too big") {
    return `${quoteScalar(text)} is too big for a 32-bit number`;
  }
  if (value === "malformed") {
    return `${quoteScalar(text)} ${text.endsWith("%") ? "has a percent sign" : "is no number"}`;
  }
  return value;
}

export function readPercentGo(text: string): Magnitude | string {
  const value = readGoFloat(text);
  return typeof value === "string" ? value : { kind: "percentage", amount: value };
}

/** `problem` is about the lower end of the range. */
export function readPercentChaosd(
  text: string,
  problem: (value: number) => string | undefined,
): Magnitude | string {
  const value = readGoFloat(text);
  if (typeof value === "string") {
    return value;
  }
  const wrong = problem(value) ?? (value > 100 ? "is more than 100" : undefined);
  return wrong === undefined ? { kind: "percentage", amount: value } : `${quoteScalar(text)} ${wrong}`;
}

/** decimal * factor if it is a whole number of 64 bits, without rounding. */
function multiply(decimal: string, factor: bigint): bigint | "broken" | "overflow" {
  const [digits, behind = ""] = cut(decimal, ".");
  const fraction = behind.replace(/0+$/, "");
  if (fraction.length > 60) {
    return "broken";
  }
  if (digits !== "" && uint64(digits) === undefined) {
    return "overflow";
  }
  const value = BigInt(`0${digits}${fraction}`) * factor;
  const scale = 10n ** BigInt(fraction.length);
  if (value % scale !== 0n) {
    return "broken";
  }
  const result = value / scale;
  return result < 1n << 64n ? result : "overflow";
}

/** Takes a plain decimal with a digit on both sides of its point from the start. */
function splitNumber(text: string): [decimal: string, unit: string] | string {
  const [decimal, unit] = splitDecimal(text);
  if (decimal === "") {
    return `${quoteScalar(text)} does not start with a number`;
  }
  if (decimal.startsWith(".") || decimal.endsWith(".") || unit.startsWith(".")) {
    return `${quoteScalar(text)} lacks a digit beside its point`;
  }
  return [decimal, unit];
}

const sizeUnits = new Map<string, bigint>([
  ["EiB", 1n << 60n],
  ["EB", 10n ** 18n],
  ["PiB", 1n << 50n],
  ["PB", 10n ** 15n],
  ["TiB", 1n << 40n],
  ["TB", 10n ** 12n],
  ["GiB", 1n << 30n],
  ["GB", 10n ** 9n],
  ["MiB", 1n << 20n],
  ["MB", 10n ** 6n],
  ["KiB", 1n << 10n],
  ["kB", 1000n],
  ["KB", 1000n],
  ["B", 1n],
]);

const rateUnits = new Map<string, bigint>([
  ["tbit", 10n ** 12n],
  ["gbit", 10n ** 9n],
  ["mbit", 10n ** 6n],
  ["kbit", 1000n],
  ["bit", 1n],
  ["TiB/s", 8n << 40n],
  ["TB/s", 8n * 10n ** 12n],
  ["GiB/s", 8n << 30n],
  ["GB/s", 8n * 10n ** 9n],
  ["MiB/s", 8n << 20n],
  ["MB/s", 8n * 10n ** 6n],
  ["KiB/s", 8n << 10n],
  ["kB/s", 8000n],
  ["KB/s", 8000n],
  ["B/s", 8n],
]);

/** A number with a unit, in whole units of the smallest one. */
function readUnits(
  text: string,
  units: ReadonlyMap<string, bigint>,
  words: { readonly unit: string; readonly whole: string; readonly most: string },
): bigint | string {
  const split = splitNumber(text);
  if (typeof split === "string") {
    return split;
  }
  const [decimal, unit] = split;
  const size = units.get(unit);
  if (size === undefined) {
    return unit === ""
      ? `${quoteScalar(text)} has no unit`
      : `${quoteScalar(unit)} in ${quoteScalar(text)} is no unit of ${words.unit}`;
  }
  const result = multiply(decimal, size);
  if (typeof result === "string") {
    return `${quoteScalar(text)} ${result === "broken" ? words.whole : words.most}`;
  }
  return result;
}

export function readByteSize(text: string): Magnitude | string {
  const bytes = readUnits(text, sizeUnits, {
    unit: "data",
    whole: "is no whole number of bytes",
    most: "is more than 64 bits of bytes",
  });
  return typeof bytes === "string" ? bytes : { kind: "size", amount: Number(bytes) };
}

export function readRate(text: string): Magnitude | string {
  const bits = readUnits(text, rateUnits, {
    unit: "a rate",
    whole: "is no whole number of bits a second",
    most: "is more than 64 bits can count",
  });
  return typeof bits === "string" ? bits : { kind: "bytesPerSecond", amount: Number(bits) / 8 };
}

/** A unit that ends like another one stands before it. */
const tcUnits = ["tbps", "gbps", "mbps", "kbps", "bps", "tbit", "gbit", "mbit", "kbit", "bit"];

export function readTcRate(text: string): Magnitude | string {
  const small = lower(trim(text));
  const at = tcUnits.findIndex((name) => small.endsWith(name));
  const unit = tcUnits[at];
  if (unit === undefined) {
    return `${quoteScalar(text)} does not end with a unit of a rate`;
  }
  const digits = trim(small.slice(0, -unit.length));
  if (!isDigits(digits)) {
    return `${quoteScalar(text)} does not start with a whole number`;
  }
  const count = uint64(digits);
  if (count === undefined) {
    return `${quoteScalar(text)} has a number of more than 64 bits`;
  }
  const inBits = at >= 5;
  const rate = Number(count) * (inBits ? 1000 : 1024) ** (4 - (at % 5));
  return { kind: "bytesPerSecond", amount: inBits ? rate / 8 : rate };
}

export function readDockerSize(text: string): Magnitude | string {
  if (text.endsWith("%")) {
    const value = atoi(text.slice(0, -1));
    if (typeof value === "string") {
      return `${quoteScalar(text)} is no whole number with a percent sign`;
    }
    return value < 0n || value > 100n
      ? `${quoteScalar(text)} is not from 0% to 100%`
      : { kind: "percentage", amount: Number(value) };
  }
  const [, counted, suffix] = /^([^]*[0-9. ])([^0-9. ]*)$/.exec(text) ?? [];
  if (counted === undefined || suffix === undefined) {
    return `${quoteScalar(text)} has no digit`;
  }
  const value = parseFloatGo(counted.replace(/ $/, ""), 64);
  if (value === "too big") {
    return `${quoteScalar(text)} is too big`;
  }
  if (value === "malformed") {
    return `${quoteScalar(text)} does not start with a number`;
  }
  if (value < 0) {
    return `${quoteScalar(text)} is negative`;
  }
  const factor = dockerFactor(suffix);
  return factor === undefined
    ? `${quoteScalar(suffix)} in ${quoteScalar(text)} is no unit of data`
    : { kind: "size", amount: Math.trunc(value * factor) };
}

function dockerFactor(suffix: string): number | undefined {
  // Docker counts bytes before it makes them small.
  if (bytesOf(suffix) > 3) {
    return undefined;
  }
  const small = lower(suffix);
  if (small === "" || small === "b") {
    return 1;
  }
  const power = "kmgtp".indexOf(small.slice(0, 1));
  return power >= 0 && ["", "b", "ib"].includes(small.slice(1)) ? 1000 ** (power + 1) : undefined;
}

interface SizeSet {
  readonly scale: number;
  readonly suffix: string;
  readonly smallK: boolean;
}

/** The sets of units in the order in which chaosd tries them. All have c, one byte. */
const sizeSets: readonly SizeSet[] = [
  { scale: 1024, suffix: "", smallK: false },
  { scale: 1024, suffix: "iB", smallK: false },
  { scale: 1000, suffix: "B", smallK: true },
];

function unitOf(set: SizeSet, name: string): number | undefined {
  if (name === "c") {
    return 1;
  }
  const letter = name.endsWith(set.suffix) ? name.slice(0, name.length - set.suffix.length) : "";
  if (letter.length !== 1) {
    return undefined;
  }
  const power = letter === "k" && set.smallK ? 0 : "KMGTPE".indexOf(letter);
  return power < 0 ? undefined : set.scale ** (power + 1);
}

export function readChaosdSize(text: string): Magnitude | string {
  if (typeof atoi(text) === "bigint") {
    return `${quoteScalar(text)} has no unit`;
  }
  let problem = "";
  for (const set of sizeSets) {
    const bytes = readSizeSet(set, text);
    if (typeof bytes === "number") {
      return { kind: "size", amount: bytes };
    }
    problem = bytes;
  }
  return problem;
}

function readSizeSet(set: SizeSet, text: string): number | string {
  let [negative, rest] = splitSign(text);
  if (rest === "") {
    return `${quoteScalar(text)} has no number`;
  }
  let sum = 0;
  while (rest !== "") {
    const [whole, fraction, after] = splitFraction(rest);
    if (whole === "" && fraction === "") {
      return `${quoteScalar(rest)} stands where a number should`;
    }
    const count = leadingInt(whole);
    const digits = leadingInt(fraction);
    if (count === undefined || digits === undefined) {
      return `a number in ${quoteScalar(text)} has too many digits`;
    }
    const value = Number(count) + Number(digits) / 10 ** fraction.length;
    let unit: string;
    [unit, rest] = untilNumber(after);
    const size = unitOf(set, unit);
    if (size === undefined) {
      return unknownSize(unit, text);
    }
    sum += value * size;
  }
  if (negative) {
    sum = -sum;
  }
  if (sum < -(2 ** 63) || sum > 2 ** 63) {
    return `${quoteScalar(text)} is more than 64 bits of bytes`;
  }
  return Math.trunc(sum) + 0;
}

function unknownSize(unit: string, text: string): string {
  if (unit === "") {
    return `a number in ${quoteScalar(text)} has no unit`;
  }
  return sizeSets.some((set) => unitOf(set, unit) !== undefined)
    ? `${quoteScalar(text)} mixes units of different kinds`
    : `${quoteScalar(unit)} in ${quoteScalar(text)} is no unit of data`;
}

/** Counts digits as chaosd's library does: it gives up at 18 or 19 digits. */
function leadingInt(digits: string): bigint | undefined {
  const last = ((1n << 63n) - 1n - 9n) / 10n;
  let value = 0n;
  for (const digit of digits) {
    if (value >= last) {
      return undefined;
    }
    value = value * 10n + BigInt(digit);
  }
  return value;
}

const decimalSuffixes = new Map([
  ["", 0],
  ["n", -9],
  ["u", -6],
  ["m", -3],
  ["k", 3],
  ["M", 6],
  ["G", 9],
  ["T", 12],
  ["P", 15],
  ["E", 18],
]);

const binarySuffixes = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

export function readQuantity(text: string): Magnitude | string {
  if (text === "") {
    return "the quantity is empty";
  }
  const [negative, unsigned] = splitSign(text);
  const [digits, fraction, tail] = splitFraction(unsigned);
  const noDigit = digits === "" && fraction === "";
  const binary = binarySuffixes.indexOf(tail);
  const letters = decimalSuffixes.get(tail);
  const power = letters ?? (binary < 0 ? quantityExponent(tail) : 0);
  if (power === undefined) {
    return noDigit
      ? `${quoteScalar(text)} does not start with a number`
      : `${quoteScalar(tail)} in ${quoteScalar(text)} is no suffix of a quantity`;
  }
  // Kubernetes takes a missing number for 0 on its fast path only.
  if (noDigit && ((binary < 0 && letters === undefined && power < -9) || tail === "Pi" || tail === "Ei")) {
    return `${quoteScalar(text)} has no number`;
  }
  const sign = negative && /[1-9]/.test(digits + fraction) ? -1 : 1;
  const number = sign * Number(`0${digits}.${fraction}0e${power}`);
  if (binary < 0) {
    return { kind: "number", amount: number };
  }
  // Kubernetes caps these at 64 bits.
  const most = 2 ** 63;
  return { kind: "number", amount: Math.max(-most, Math.min(most, number * 1024 ** (binary + 1))) };
}

function quantityExponent(text: string): number | undefined {
  if (!/^[eE]/.test(text)) {
    return undefined;
  }
  const exponent = atoi(text.slice(1));
  return typeof exponent === "string" ? undefined : Number(BigInt.asIntN(32, exponent));
}

