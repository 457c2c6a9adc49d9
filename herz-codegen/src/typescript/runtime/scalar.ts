import {
  readByteSize,
  readChaosdSize,
  readDockerSize,
  readPercent,
  readPercentChaosd,
  readPercentGo,
  readQuantity,
  readRate,
  readTcRate,
} from "./amount.js";
import { type Dialect, allowedBy } from "./dialects.js";
import { readInteger, readStatusCode } from "./digits.js";
import { checkAddress, checkCidr, checkName } from "./net.js";
import { checkPortable } from "./regex.js";
import { quoteScalar } from "./text.js";
import { checkCron, readDuration, readGoDuration, readTimestamp } from "./time.js";
import { checkGoUrl, checkUrl } from "./url.js";

/** How much a text says: a span of time, a moment since 1970 in UTC, bytes, or none if it is no amount. */
export type Magnitude =
  | { readonly kind: "none" }
  | { readonly kind: "nanoseconds"; readonly amount: bigint }
  | { readonly kind: "moment"; readonly nanoseconds: bigint }
  | { readonly kind: "size" | "bytesPerSecond" | "percentage"; readonly amount: number }
  | { readonly kind: "number"; readonly amount: number; readonly whole?: bigint };

/** What reading a text with a grammar gave. */
export type Parsed =
  | { readonly ok: true; readonly magnitude: Magnitude }
  | {
      readonly ok: false;
      /** What is wrong, as one phrase that names the text. */
      readonly message: string;
      /** What is allowed, as one phrase. */
      readonly allowed: string;
    };

/** A kind of text with a grammar. */
export interface Scalar {
  /** What schemas call it. */
  readonly dialect: Dialect;
  /** What it allows, as one phrase. */
  readonly allowed: string;
  /** How much a text says, or why it is not well formed. */
  parse(text: string): Parsed;
}

export function scalar(dialect: Dialect): Scalar {
  return { dialect, allowed: allowedBy[dialect], parse: (text) => parseScalar(dialect, text) };
}

/** Reads a text: how much it says, or why it is not well formed. */
export function parseScalar(dialect: Dialect, text: string): Parsed {
  const read = readScalar(dialect, text);
  return typeof read === "string"
    ? { ok: false, message: read, allowed: allowedBy[dialect] }
    : { ok: true, magnitude: read };
}

const noAmount: Magnitude = { kind: "none" };

function checked(problem: string | undefined): Magnitude | string {
  return problem ?? noAmount;
}

/** What a text says, or what is wrong with it. */
function readScalar(dialect: Dialect, text: string): Magnitude | string {
  switch (dialect) {
    case "duration":
      return readDuration(text);
    case "duration(go)": {
      const nanos = readGoDuration(text);
      return typeof nanos === "string" ? nanos : { kind: "nanoseconds", amount: nanos };
    }
    case "percent":
      return readPercent(text);
    case "percent(go)":
      return readPercentGo(text);
    case "percent(chaosd)":
      return readPercentChaosd(text, (value) => (value <= 0 ? "is not over 0" : undefined));
    case "percent(chaosd-correlation)":
      return readPercentChaosd(text, (value) => (value < 0 ? "is less than 0" : undefined));
    case "byteSize":
      return readByteSize(text);
    case "byteSize(docker)":
      return readDockerSize(text);
    case "byteSize(chaosd)":
      return readChaosdSize(text);
    case "rate":
      return readRate(text);
    case "rate(tc)":
      return readTcRate(text);
    case "ip":
      return checked(checkAddress(text));
    case "cidr":
      return checked(checkCidr(text));
    case "hostname":
      return checked(checkName(text, 63, true));
    case "hostname(dns1123)":
      return checked(checkName(text, 253, false));
    case "cron":
      return checked(checkCron(text));
    case "timestamp":
      return readTimestamp(text);
    case "quantity":
      return readQuantity(text);
    case "regex": {
      const problem = checkPortable(text);
      return checked(problem === undefined ? undefined : `${quoteScalar(text)} has an error: ${problem}`);
    }
    case "url":
      return checked(checkUrl(text));
    case "url(go)":
      return checked(checkGoUrl(text));
    case "integer(go)":
      return readInteger(text);
    case "statusCode":
      return readStatusCode(text);
  }
}

/** The amount in the unit of its kind; none if the text is not about an amount. */
export function amountOf(magnitude: Magnitude): number | undefined {
  switch (magnitude.kind) {
    case "none":
      return undefined;
    case "moment":
      return Number(magnitude.nanoseconds);
    default:
      return Number(magnitude.amount);
  }
}

/** The order of two amounts of one unit, exactly; none for different units. */
export function compareMagnitudes(a: Magnitude, b: Magnitude): number | undefined {
  if (a.kind !== b.kind || a.kind === "none" || b.kind === "none") {
    return undefined;
  }
  const x = a.kind === "moment" ? a.nanoseconds : a.amount;
  const y = b.kind === "moment" ? b.nanoseconds : b.amount;
  return x < y ? -1 : x > y ? 1 : x === y ? 0 : undefined;
}
