"""URLs."""

from __future__ import annotations

import re
from collections.abc import Callable

from .digits import is_digits, whole_number
from .net import is_address6
from .text import cut, cut_last, quote_scalar


def check_url(text: str) -> str | None:
    scheme, rest = cut(text, "://")
    if rest is None:
        return f"{quote_scalar(text)} has no scheme with `://`"
    if not re.fullmatch("[a-zA-Z][a-zA-Z0-9+.-]*", scheme):
        return f"{quote_scalar(scheme)} is no scheme of a URL"
    authority = re.split("[/?#]", rest, maxsplit=1)[0]
    before, _, fragment = rest[len(authority) :].partition("#")
    path, _, query = before.partition("?")
    user, address = cut_last(authority, "@") or ("", authority)
    for part, more in ((path, ":@/"), (query, ":@/?"), (fragment, ":@/?"), (user, ":")):
        if problem := _check_part(part, more, text):
            return problem
    host, port = cut_last(address, ":") or (address, "")
    if "]" in port:
        host, port = address, ""
    if problem := _check_host(host, text):
        return problem
    if port and (not is_digits(port) or whole_number(port) > 65535):
        return f"{quote_scalar(port)} is no port from 0 to 65535"
    return None


def _check_part(part: str, more: str, text: str) -> str | None:
    for found in re.finditer("%[0-9a-fA-F]{2}|.", part, re.DOTALL):
        one = found[0]
        if one == "%":
            return f"{quote_scalar(text)} has `%` without two hex digits"
        if len(one) == 1 and not re.fullmatch("[a-zA-Z0-9]", one) and one not in "-._~!$&'()*+,;=" + more:
            return f"{quote_scalar(one)} in {quote_scalar(text)} must be written as an escape"
    return None


def _check_host(host: str, text: str) -> str | None:
    if not host:
        return f"{quote_scalar(text)} has no host"
    if host.startswith("["):
        if host.endswith("]") and is_address6(host[1:-1]):
            return None
        return f"{quote_scalar(host)} is no IPv6 address in brackets"
    found = re.search("[^a-zA-Z0-9._~%-]", host)
    if found is not None:
        return f"{quote_scalar(found[0])} in {quote_scalar(text)} can't stand in a host"
    return _check_part(host, "", text)


def check_go_url(text: str) -> str | None:
    if not text:
        return "the URL is empty"
    if re.search("[\x00-\x1f\x7f]", text):
        return f"{quote_scalar(text)} has a control character"
    if text == "*":
        return None
    start = re.match("[a-zA-Z0-9+.-]*", text)
    end = 0 if start is None else start.end()
    scheme, rest = False, text
    if text[end : end + 1] == ":":
        if end == 0:
            return f"{quote_scalar(text)} has nothing before `:`"
        if re.match("[a-zA-Z]", text):
            scheme, rest = True, text[end + 1 :]
    rest = rest.partition("?")[0]
    if not rest.startswith("/"):
        return None if scheme else f"{quote_scalar(text)} has no scheme and does not start with `/`"
    path = rest
    if scheme and rest.startswith("//"):
        authority = rest[2:].partition("/")[0]
        path = rest[2 + len(authority) :]
        if problem := _check_go_authority(authority):
            return problem
    return _check_escapes(path, lambda byte: True)


def _check_go_authority(authority: str) -> str | None:
    split = cut_last(authority, "@")
    user, host = split or ("", authority)
    problem = _check_go_host(host)
    if problem is not None or split is None:
        return problem
    if not re.fullmatch("[a-zA-Z0-9._:~!$&'()*+,;=%@-]*", user):
        return f"{quote_scalar(user)} can't stand before `@`"
    return _check_escapes(user, lambda byte: True)


def _check_go_host(host: str) -> str | None:
    bracket = host.rfind("[")
    if bracket == 0:
        return _check_literal(host)
    if bracket > 0:
        return f"{quote_scalar(host)} has `[` inside"
    colon = host.rfind(":")
    problem = None if colon < 0 else _check_port(host[colon:])
    return problem or _check_host_part(host)


def _check_literal(host: str) -> str | None:
    """An IPv6 address in brackets, maybe with a zone, maybe with a port."""
    split = cut_last(host, "]")
    if split is None:
        return f"{quote_scalar(host)} lacks `]`"
    before, port = split
    inner = before.removeprefix("[")
    at = inner.find("%25")
    address, zone = (inner, "") if at < 0 else (inner[:at], inner[at:])
    problem = _check_port(port) or _check_host_part(address) or _check_zone(zone)
    if problem is not None:
        return problem
    return f"{quote_scalar(inner)} is no IPv6 address" if zone == "%25" or not is_address6(address) else None


def _check_port(port: str) -> str | None:
    return None if re.fullmatch("(?::[0-9]*)?", port) else f"{quote_scalar(port)} is no port"


_HOST = re.compile(r"""[\x80-\U0010ffffa-zA-Z0-9!"$&'()*+,.:;<=>\[\]_~-]""")


def _check_host_part(host: str) -> str | None:
    for c in host:
        if c != "%" and not _HOST.fullmatch(c):
            return f"{quote_scalar(c)} can't stand in a host, as in {quote_scalar(host)}"
    return _check_escapes(host, lambda byte: byte >= 0x80 or byte == 0x25)


def _check_zone(zone: str) -> str | None:
    for c in zone:
        if c != "%" and not _HOST.fullmatch(c):
            return f"{quote_scalar(zone)} is no zone of an address"
    return _check_escapes(zone, lambda byte: byte < 0x80 and (chr(byte) in "% " or bool(_HOST.fullmatch(chr(byte)))))


def _check_escapes(part: str, allowed: Callable[[int], bool]) -> str | None:
    """Whether two hex digits follow each %, and whether their byte may be escaped."""
    for behind in part.split("%")[1:]:
        digits = behind[:2]
        if not re.fullmatch("[0-9a-fA-F]{2}", digits):
            return f"{quote_scalar(part)} has `%` without two hex digits"
        if not allowed(int(digits, 16)):
            return f"{quote_scalar(part)} has an escape that can't stand there"
    return None
