import { isDigits } from "./digits.js";
import { isAddress6 } from "./net.js";
import { cut, cutLast, quoteScalar } from "./text.js";

export function checkUrl(text: string): string | undefined {
  const [scheme, rest] = cut(text, "://");
  if (rest === undefined) {
    return `${quoteScalar(text)} has no scheme with \`://\``;
  }
  if (!/^[a-zA-Z][a-zA-Z0-9+.-]*$/.test(scheme)) {
    return `${quoteScalar(scheme)} is no scheme of a URL`;
  }
  const [authority = ""] = /^[^/?#]*/.exec(rest) ?? [];
  const [before, fragment = ""] = cut(rest.slice(authority.length), "#");
  const [path, query = ""] = cut(before, "?");
  const [user, address] = cutLast(authority, "@") ?? ["", authority];
  for (const [part, more] of [
    [path, ":@/"],
    [query, ":@/?"],
    [fragment, ":@/?"],
    [user, ":"],
  ] as const) {
    const problem = checkUrlPart(part, more, text);
    if (problem !== undefined) {
      return problem;
    }
  }
  let [host, port] = cutLast(address, ":") ?? [address, ""];
  if (port.includes("]")) {
    [host, port] = [address, ""];
  }
  const problem = checkUrlHost(host, text);
  if (problem !== undefined) {
    return problem;
  }
  if (port !== "" && (!isDigits(port) || Number(port) > 65535)) {
    return `${quoteScalar(port)} is no port from 0 to 65535`;
  }
  return undefined;
}

function checkUrlPart(part: string, more: string, text: string): string | undefined {
  for (const [found] of part.matchAll(/%[0-9a-fA-F]{2}|[^]/gu)) {
    if (found === "%") {
      return `${quoteScalar(text)} has \`%\` without two hex digits`;
    }
    const fine = found.length === 3 || /^[a-zA-Z0-9]$/.test(found) || `-._~!$&'()*+,;=${more}`.includes(found);
    if (!fine) {
      return `${quoteScalar(found)} in ${quoteScalar(text)} must be written as an escape`;
    }
  }
  return undefined;
}

function checkUrlHost(host: string, text: string): string | undefined {
  if (host === "") {
    return `${quoteScalar(text)} has no host`;
  }
  if (host.startsWith("[")) {
    return host.endsWith("]") && isAddress6(host.slice(1, -1))
      ? undefined
      : `${quoteScalar(host)} is no IPv6 address in brackets`;
  }
  for (const c of host) {
    if (!/^[a-zA-Z0-9._~%-]$/.test(c)) {
      return `${quoteScalar(c)} in ${quoteScalar(text)} can't stand in a host`;
    }
  }
  return checkUrlPart(host, "", text);
}

export function checkGoUrl(text: string): string | undefined {
  if (text === "") {
    return "the URL is empty";
  }
  if (/[\u0000-\u001f\u007f]/.test(text)) {
    return `${quoteScalar(text)} has a control character`;
  }
  if (text === "*") {
    return undefined;
  }
  const [start = ""] = /^[a-zA-Z0-9+.-]*/.exec(text) ?? [];
  let scheme = false;
  let rest = text;
  if (text[start.length] === ":") {
    if (start === "") {
      return `${quoteScalar(text)} has nothing before \`:\``;
    }
    if (/^[a-zA-Z]/.test(text)) {
      scheme = true;
      rest = text.slice(start.length + 1);
    }
  }
  [rest] = cut(rest, "?");
  if (!rest.startsWith("/")) {
    return scheme ? undefined : `${quoteScalar(text)} has no scheme and does not start with \`/\``;
  }
  let path = rest;
  if (scheme && rest.startsWith("//")) {
    const [authority = ""] = /^[^/]*/.exec(rest.slice(2)) ?? [];
    path = rest.slice(2 + authority.length);
    const problem = checkGoAuthority(authority);
    if (problem !== undefined) {
      return problem;
    }
  }
  return checkEscapes(path, () => true);
}

function checkGoAuthority(authority: string): string | undefined {
  const split = cutLast(authority, "@");
  const [user, host] = split ?? ["", authority];
  const problem = checkGoHost(host);
  if (problem !== undefined || split === undefined) {
    return problem;
  }
  if (!/^[a-zA-Z0-9._:~!$&'()*+,;=%@-]*$/.test(user)) {
    return `${quoteScalar(user)} can't stand before \`@\``;
  }
  return checkEscapes(user, () => true);
}

function checkGoHost(host: string): string | undefined {
  const bracket = host.lastIndexOf("[");
  if (bracket === 0) {
    return checkLiteral(host);
  }
  if (bracket > 0) {
    return `${quoteScalar(host)} has \`[\` inside`;
  }
  const colon = host.lastIndexOf(":");
  const problem = colon < 0 ? undefined : checkPort(host.slice(colon));
  return problem ?? checkHostPart(host);
}

/** An IPv6 address in brackets, maybe with a zone, maybe with a port. */
function checkLiteral(host: string): string | undefined {
  const split = cutLast(host, "]");
  if (split === undefined) {
    return `${quoteScalar(host)} lacks \`]\``;
  }
  const [before, port] = split;
  const inner = before.replace(/^\[/, "");
  const at = inner.indexOf("%25");
  const [address, zone] = at < 0 ? [inner, ""] : [inner.slice(0, at), inner.slice(at)];
  const problem = checkPort(port) ?? checkHostPart(address) ?? checkZone(zone);
  if (problem !== undefined) {
    return problem;
  }
  return zone === "%25" || !isAddress6(address) ? `${quoteScalar(inner)} is no IPv6 address` : undefined;
}

function checkPort(port: string): string | undefined {
  return /^(?::[0-9]*)?$/.test(port) ? undefined : `${quoteScalar(port)} is no port`;
}

function isHostCharacter(c: string): boolean {
  return c >= "\u0080" || /^[a-zA-Z0-9!"$&'()*+,.:;<=>[\]_~-]$/.test(c);
}

function checkHostPart(host: string): string | undefined {
  for (const c of host) {
    if (!isHostCharacter(c) && c !== "%") {
      return `${quoteScalar(c)} can't stand in a host, as in ${quoteScalar(host)}`;
    }
  }
  return checkEscapes(host, (byte) => byte >= 0x80 || byte === 0x25);
}

function checkZone(zone: string): string | undefined {
  for (const c of zone) {
    if (!isHostCharacter(c) && c !== "%") {
      return `${quoteScalar(zone)} is no zone of an address`;
    }
  }
  return checkEscapes(zone, (byte) => {
    const c = String.fromCharCode(byte);
    return c === "%" || c === " " || (byte < 0x80 && isHostCharacter(c));
  });
}

/** Whether two hex digits follow each %, and whether their byte may be escaped. */
function checkEscapes(part: string, allowed: (byte: number) => boolean): string | undefined {
  for (const behind of part.split("%").slice(1)) {
    const digits = behind.slice(0, 2);
    if (!/^[0-9a-fA-F]{2}$/.test(digits)) {
      return `${quoteScalar(part)} has \`%\` without two hex digits`;
    }
    if (!allowed(Number.parseInt(digits, 16))) {
      return `${quoteScalar(part)} has an escape that can't stand there`;
    }
  }
  return undefined;
}
