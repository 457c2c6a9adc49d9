/**
 * A number of a document that a JavaScript number can't hold, or would write as another text: `5.0`,
 * `-0`, more digits than 64 bits have. The text is kept and written back.
 */
export class Float {
  /** The number as JSON has it. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** The nearest number. */
  get value(): number {
    return Number(this.text);
  }

  valueOf(): number {
    return this.value;
  }

  toString(): string {
    return this.text;
  }

  toJSON(): number {
    return this.value;
  }
}

/** Whole numbers up to here are exact as floats. */
export const exact = 9007199254740992;

const leastInt64 = -(1n << 63n);
const mostInt64 = (1n << 63n) - 1n;
const mostUint64 = (1n << 64n) - 1n;

export function isInt64(value: bigint): boolean {
  return value >= leastInt64 && value <= mostInt64;
}

function isWhole(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < exact && !Object.is(value, -0);
}

/** A whole number of up to 64 bits as a bigint, any other number as a number; none if it is no number. */
export function numberOf(value: unknown): bigint | number | undefined {
  if (typeof value === "number") {
    return isWhole(value) ? BigInt(value) : value;
  }
  if (typeof value === "bigint") {
    return value >= leastInt64 && value <= mostUint64 ? value : Number(value);
  }
  return value instanceof Float ? value.value : undefined;
}

/** The number that a text of JSON says; none if it is out of range. */
export function numberFromText(text: string): number | bigint | Float | undefined {
  const value = Number(text);
  if (!Number.isFinite(value)) {
    return undefined;
  }
  if (!/[.eE]/.test(text) && text !== "-0") {
    if (Number.isSafeInteger(value)) {
      return value;
    }
    const whole = BigInt(text);
    return whole >= leastInt64 && whole <= mostUint64 ? whole : new Float(text);
  }
  return Number.isInteger(value) || (text.length > 15 && String(value) !== text) ? new Float(text) : value;
}

/** Sign, shortest digits, and the power of ten of the first one. */
function parts(value: number): [sign: string, digits: string, power: number] {
  const [mantissa = "", power = "0"] = Math.abs(value).toExponential().split("e");
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  return [sign, mantissa.replace(".", ""), Number(power)];
}

/** A number in plain digits, however long. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf";
  }
  const [sign, digits, power] = parts(value);
  if (power < 0) {
    return `${sign}0.${"0".repeat(-power - 1)}${digits}`;
  }
  const whole = digits.slice(0, power + 1).padEnd(power + 1, "0");
  const fraction = digits.slice(power + 1);
  return fraction === "" ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}

/** The shortest text of a number that reads back to it; it shows that it is no whole one. */
export function floatJson(value: number): string {
  if (!Number.isFinite(value)) {
    return "null";
  }
  const [sign, digits, power] = parts(value);
  if (power >= -5 && power < 16) {
    const plain = floatText(value);
    return plain.includes(".") ? plain : `${plain}.0`;
  }
  const fraction = digits.slice(1);
  const mantissa = fraction === "" ? digits : `${digits.slice(0, 1)}.${fraction}`;
  return `${sign}${mantissa}e${power > 0 ? "+" : ""}${power}`;
}

/** A binary format: bits of its mantissa, the exponents of its smallest and its greatest numbers. */
interface Format {
  readonly bits: number;
  readonly least: number;
  readonly most: number;
}

const binary32: Format = { bits: 24, least: -149, most: 128 };
const binary64: Format = { bits: 53, least: -1074, most: 1024 };

/** Why a text is no number. */
export type Fault = "malformed" | "too big";

/** A number as Go's `strconv.ParseFloat` reads it. */
export function parseFloatGo(text: string, bits: 32 | 64): number | Fault {
  const special = /^([+-]?)(inf|infinity)$/i.exec(text);
  if (special !== null) {
    return special[1] === "-" ? -Infinity : Infinity;
  }
  if (/^nan$/i.test(text)) {
    return NaN;
  }
  const split =
    /^([+-]?)(?:0[xX]([0-9a-fA-F_]*)(?:\.([0-9a-fA-F_]*))?[pP]([+-]?[0-9][0-9_]*)|([0-9_]*)(?:\.([0-9_]*))?(?:[eE]([+-]?[0-9][0-9_]*))?)$/.exec(
      text,
    );
  if (split === null) {
    return "malformed";
  }
  const [, sign = "", hexWhole, hexFraction = "", hexPower = "0", decWhole = "", decFraction = "", decPower = "0"] = split;
  const hex = hexWhole !== undefined;
  const strip = (part: string): string => part.replaceAll("_", "");
  const whole = strip(hex ? hexWhole : decWhole);
  const fraction = strip(hex ? hexFraction : decFraction);
  const digits = whole + fraction;
  if (digits === "" || (text.includes("_") && !underscoresFit(text.slice(sign.length), hex))) {
    return "malformed";
  }
  const power = exponent(strip(hex ? hexPower : decPower));
  const format = bits === 32 ? binary32 : binary64;
  let value: number;
  if (hex) {
    const shift = power - 4 * fraction.length;
    value = rounded(BigInt(`0x${digits}`), shift, 1n, format);
  } else if (bits === 64) {
    value = Number(`${whole === "" ? "0" : whole}.${fraction === "" ? "0" : fraction}e${power}`);
  } else {
    value = decimal(digits, power - fraction.length, format);
  }
  if (value === Infinity) {
    return "too big";
  }
  return sign === "-" ? -value : value;
}

/** Go stops counting at five digits, which is far outside of any format. */
function exponent(text: string): number {
  const digits = text.replace(/^[+-]/, "");
  let value = 0;
  for (const digit of digits) {
    if (value < 10000) {
      value = value * 10 + Number(digit);
    }
  }
  return text.startsWith("-") ? -value : value;
}

/** Whether each underscore stands between two digits (the prefix `0x` counts as one). */
function underscoresFit(unsigned: string, hex: boolean): boolean {
  if (!hex) {
    return !/(^|[^0-9])_|_([^0-9]|$)/.test(unsigned);
  }
  return !/(^|[^0-9a-fA-F])_|_([^0-9a-fA-F]|$)/.test(`0${unsigned.slice(2)}`);
}

function decimal(digits: string, power: number, format: Format): number {
  const significant = digits.replace(/^0+/, "");
  if (significant === "") {
    return 0;
  }
  // Beyond these the result is known, and the powers of ten would be enormous.
  const top = significant.length + power;
  if (top > 400) {
    return Infinity;
  }
  if (top < -400) {
    return 0;
  }
  const number = BigInt(significant);
  return power >= 0
    ? rounded(number * 10n ** BigInt(power), 0, 1n, format)
    : rounded(number, 0, 10n ** BigInt(-power), format);
}

function bitsOf(value: bigint): number {
  return value.toString(2).length;
}

/** `above * 2^shift / below`, rounded to the nearest number of a format, ties to even. */
function rounded(above: bigint, shift: number, below: bigint, format: Format): number {
  if (above === 0n) {
    return 0;
  }
  const top = bitsOf(above) - bitsOf(below) + shift;
  if (top > format.most + 1) {
    return Infinity;
  }
  if (top < format.least - 2) {
    return 0;
  }
  // The lowest bit that the format can hold at this size.
  const find = (lowest: number): [bigint, number] => {
    const move = shift - lowest;
    const upper = move >= 0 ? above << BigInt(move) : above;
    const lower = move >= 0 ? below : below << BigInt(-move);
    const twice = 2n * (upper % lower);
    const kept = upper / lower;
    const up = twice > lower || (twice === lower && (kept & 1n) === 1n);
    return [up ? kept + 1n : kept, lowest];
  };
  let [kept, lowest] = find(Math.max(top - format.bits, format.least));
  if (bitsOf(kept) > format.bits && lowest >= format.least) {
    [kept, lowest] = find(lowest + 1);
  }
  if (bitsOf(kept) + lowest > format.most) {
    return Infinity;
  }
  let value = Number(kept);
  for (let left = lowest; left !== 0; ) {
    const step = Math.max(-500, Math.min(500, left));
    value *= 2 ** step;
    left -= step;
  }
  return value;
}
