import { isDigits } from "./digits.js";
import { bytesOf, cutLast, quoteScalar } from "./text.js";

function isAddress4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part) && Number(part) <= 255);
}

export function isAddress6(text: string): boolean {
  const halves = text.split("::");
  if (halves.length > 2) {
    return false;
  }
  let groups = 0;
  for (const [at, half] of halves.entries()) {
    if (half === "") {
      if (halves.length === 1) {
        return false;
      }
      continue;
    }
    const parts = half.split(":");
    for (const [index, part] of parts.entries()) {
      const last = at === halves.length - 1 && index === parts.length - 1;
      if (last && part.includes(".")) {
        if (!isAddress4(part)) {
          return false;
        }
        groups += 2;
      } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
        groups += 1;
      } else {
        return false;
      }
    }
  }
  return halves.length === 2 ? groups < 8 : groups === 8;
}

export function checkAddress(text: string): string | undefined {
  if (text.includes(":")) {
    if (isAddress6(text)) {
      return undefined;
    }
    return `${quoteScalar(text)} ${text.includes("%") ? "has a zone" : "is no IPv6 address"}`;
  }
  return isAddress4(text) ? undefined : `${quoteScalar(text)} is no IP address`;
}

export function checkCidr(text: string): string | undefined {
  const split = cutLast(text, "/");
  if (split === undefined) {
    return `${quoteScalar(text)} has no prefix length`;
  }
  const [host, length] = split;
  const problem = checkAddress(host);
  if (problem !== undefined) {
    return problem;
  }
  const most = host.includes(":") ? 128 : 32;
  const plain = isDigits(length) && (length === "0" || !length.startsWith("0"));
  return plain && Number(length) <= most
    ? undefined
    : `${quoteScalar(length)} in ${quoteScalar(text)} is no prefix length from 0 to ${most}`;
}

export function checkName(text: string, longest: number, capitals: boolean): string | undefined {
  if (text === "") {
    return "the name is empty";
  }
  if (bytesOf(text) > 253) {
    return `${quoteScalar(text)} has more than 253 characters`;
  }
  const allowed = capitals ? /^[0-9a-zA-Z.-]$/ : /^[0-9a-z.-]$/;
  for (const c of text) {
    if (!allowed.test(c)) {
      return `${quoteScalar(c)} in ${quoteScalar(text)} is not allowed`;
    }
  }
  for (const label of text.split(".")) {
    if (label === "") {
      return `${quoteScalar(text)} has an empty part`;
    }
    if (label.startsWith("-") || label.endsWith("-")) {
      return `${quoteScalar(text)} has a part that starts or ends with \`-\``;
    }
    if (label.length > longest) {
      return `${quoteScalar(text)} has a part of more than 63 characters`;
    }
  }
  return undefined;
}
