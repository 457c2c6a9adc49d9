import { atoi, fieldsOf, lower, splitFraction, splitSign, trim, untilNumber } from "./digits.js";
import type { Magnitude } from "./scalar.js";
import { cut, quoteScalar } from "./text.js";
import { timeZones } from "./zones.js";

const timeUnits = new Map<string, bigint>([
  ["h", 3600000000000n],
  ["m", 60000000000n],
  ["s", 1000000000n],
  ["ms", 1000000n],
  ["us", 1000n],
  ["µs", 1000n],
  ["μs", 1000n],
  ["ns", 1n],
]);

/** `time.ParseDuration`, step for step, with messages of our own. */
export function readGoDuration(text: string): bigint | string {
  const limit = 1n << 63n;
  const tooLong = (): string => `${quoteScalar(text)} is longer than 64 bits of nanoseconds`;
  let [negative, rest] = splitSign(text);
  if (rest === "0") {
    return 0n;
  }
  if (rest === "") {
    return `${quoteScalar(text)} has no number`;
  }
  let sum = 0n;
  while (rest !== "") {
    const [whole, fraction, after] = splitFraction(rest);
    if (whole === "" && fraction === "") {
      return rest.length === text.length
        ? `${quoteScalar(text)} does not start with a number`
        : `${quoteScalar(rest)} stands in ${quoteScalar(text)} where a number should`;
    }
    let unit: string;
    [unit, rest] = untilNumber(after);
    if (unit === "") {
      return whole.length === text.length || text.length === whole.length + 1
        ? `${quoteScalar(text)} has no unit`
        : `a number in ${quoteScalar(text)} has no unit`;
    }
    const nanos = timeUnits.get(unit);
    if (nanos === undefined) {
      return `${quoteScalar(unit)} in ${quoteScalar(text)} is no unit of time`;
    }
    const count = BigInt(`0${whole}`);
    if (count > limit / nanos) {
      return tooLong();
    }
    const part = count * nanos + fractionNanos(fraction, nanos);
    // Go counts in 64 bits, and two halves of them add up to nothing.
    sum = BigInt.asUintN(64, sum + part);
    if (part > limit || sum > limit) {
      return tooLong();
    }
  }
  if (negative) {
    return -sum;
  }
  return sum < limit ? sum : tooLong();
}

/** The nanoseconds of digits behind a point, in floating point as Go does. */
function fractionNanos(digits: string, unit: bigint): bigint {
  let value = 0n;
  let scale = 1;
  for (const digit of digits) {
    if (value > ((1n << 63n) - 1n) / 10n) {
      break;
    }
    const next = value * 10n + BigInt(digit);
    if (next > 1n << 63n) {
      break;
    }
    value = next;
    scale *= 10;
  }
  return BigInt(Math.trunc(Number(value) * (Number(unit) / scale)));
}

export function readDuration(text: string): Magnitude | string {
  if (/^[+-]/.test(text)) {
    return `${quoteScalar(text)} has a sign`;
  }
  if (text === "0") {
    return "`0` has no unit";
  }
  if (/[µμ]/.test(text)) {
    return `${quoteScalar(text)} is not plain ASCII: microseconds are \`us\``;
  }
  const barePoint = text.split(/[^0-9.]+/).some((number) => {
    const [whole, fraction] = cut(number, ".");
    return fraction !== undefined && (!/^[0-9]+$/.test(whole) || fraction === "");
  });
  const nanos = readGoDuration(text);
  if (typeof nanos === "string") {
    return nanos;
  }
  return barePoint ? `${quoteScalar(text)} lacks a digit beside its point` : { kind: "nanoseconds", amount: nanos };
}

const timestamp =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?(?:Z|([+-])([0-9]{2}):([0-9]{2}))$/;

export function readTimestamp(text: string): Magnitude | string {
  const found = timestamp.exec(text);
  const number = (at: number): number => Number(found?.[at] ?? "0");
  const [year, month, day, hour, minute, second] = [number(1), number(2), number(3), number(4), number(5), number(6)];
  const [hours, minutes] = [number(9), number(10)];
  if (found === null || hours > 23 || minutes > 59) {
    return `${quoteScalar(text)} is not of the form \`2026-11-23T12:50:00Z\``;
  }
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) {
    return `${quoteScalar(text)} names a day that does not exist`;
  }
  if (hour > 23 || minute > 59 || second > 59) {
    return `${quoteScalar(text)} names a time of day that does not exist`;
  }
  const offset = (hours * 60 + minutes) * (found[8] === "-" ? -1 : 1);
  const seconds = ((days(year, month, day) * 24 + hour) * 60 + minute - offset) * 60 + second;
  if (seconds < days(0, 1, 1) * 86400 || seconds >= days(10000, 1, 1) * 86400) {
    return `${quoteScalar(text)} lies outside of the years 0 to 9999 in UTC`;
  }
  const nanos = (found[7] ?? "").padEnd(9, "0");
  return { kind: "moment", nanoseconds: BigInt(seconds) * 1000000000n + BigInt(nanos) };
}

function daysIn(year: number, month: number): number {
  if (month === 2) {
    return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  }
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The days from 1970-01-01 to a day; negative before it. */
function days(year: number, month: number, day: number): number {
  // Years that begin in March end with the leap day.
  const from = month <= 2 ? year - 1 : year;
  const leaps = Math.floor(from / 4) - Math.floor(from / 100) + Math.floor(from / 400);
  return from * 365 + leaps + Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1 - 719468;
}

/** What a field of a schedule may hold. */
interface CronBounds {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly names: readonly string[];
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const cronFields: readonly CronBounds[] = [
  { name: "second", least: 0, most: 59, names: [] },
  { name: "minute", least: 0, most: 59, names: [] },
  { name: "hour", least: 0, most: 23, names: [] },
  { name: "day of month", least: 1, most: 31, names: [] },
  { name: "month", least: 1, most: 12, names: months },
  { name: "day of week", least: 0, most: 6, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];

const namedTimes = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

/** What is wrong with a schedule. */
export function checkCron(text: string): string | undefined {
  if (text === "") {
    return "the schedule is empty";
  }
  const prefix = ["TZ=", "CRON_TZ="].find((start) => text.startsWith(start));
  if (prefix === undefined) {
    return checkCronTime(text);
  }
  const [zone, rest] = cut(text.slice(prefix.length), " ");
  if (rest === undefined) {
    return `${quoteScalar(text)} has a time zone and nothing else`;
  }
  if (zone !== "" && zone !== "Local" && !timeZones.has(zone)) {
    return `${quoteScalar(zone)} is no time zone`;
  }
  return checkCronTime(trim(rest));
}

function checkCronTime(text: string): string | undefined {
  if (namedTimes.includes(text)) {
    return undefined;
  }
  if (text.startsWith("@")) {
    if (!text.startsWith("@every ")) {
      return `${quoteScalar(text)} is no named schedule`;
    }
    const nanos = readGoDuration(text.slice("@every ".length));
    return typeof nanos === "string" ? nanos : undefined;
  }
  let fields = fieldsOf(text);
  if (fields.length === 5) {
    fields = ["0", ...fields];
  }
  if (fields.length !== 6) {
    return `${quoteScalar(text)} has ${fields.length} field${fields.length === 1 ? "" : "s"}, not 5 or 6`;
  }
  for (const [at, bounds] of cronFields.entries()) {
    for (const entry of fields[at]?.split(",") ?? []) {
      const problem = entry === "" ? undefined : checkCronEntry(entry, bounds);
      if (problem !== undefined) {
        return `the ${bounds.name} field: ${problem}`;
      }
    }
  }
  return undefined;
}

/** `*`, `?`, a number, two with `-`; a step behind `/`. */
function checkCronEntry(entry: string, bounds: CronBounds): string | undefined {
  const [range = "", step, more] = entry.split("/", 3);
  const ends = range.split("-");
  const [first = "", second] = ends;
  let from: number | string = bounds.least;
  let to: number | string = bounds.most;
  if (first !== "*" && first !== "?") {
    from = cronName(first, bounds);
    if (typeof from === "string") {
      return from;
    }
    if (ends.length > 2) {
      return `${quoteScalar(entry)} has too many hyphens`;
    }
    to = second === undefined ? from : cronName(second, bounds);
    if (typeof to === "string") {
      return to;
    }
  }
  let every = 1;
  if (more !== undefined) {
    return `${quoteScalar(entry)} has too many slashes`;
  }
  if (step !== undefined) {
    const number = cronNumber(step);
    if (typeof number === "string") {
      return number;
    }
    every = number;
    if (ends.length === 1) {
      to = bounds.most;
    }
  }
  if (from < bounds.least || to > bounds.most) {
    return `${quoteScalar(entry)} is not within ${bounds.least} to ${bounds.most}`;
  }
  if (from > to) {
    return `${quoteScalar(entry)} ends before it starts`;
  }
  return every === 0 ? `${quoteScalar(entry)} has the step 0` : undefined;
}

function cronName(text: string, bounds: CronBounds): number | string {
  const at = bounds.names.indexOf(lower(text));
  return at < 0 ? cronNumber(text) : bounds.least + at;
}

function cronNumber(text: string): number | string {
  const value = atoi(text);
  if (value === "too big") {
    return `${quoteScalar(text)} is too big`;
  }
  if (value === "malformed") {
    return `${quoteScalar(text)} is no number`;
  }
  return value < 0n ? `${quoteScalar(text)} is negative` : Number(value);
}
