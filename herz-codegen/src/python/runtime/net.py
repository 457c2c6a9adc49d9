"""Addresses and names."""

from __future__ import annotations

import re

from .digits import is_digits, whole_number
from .text import bytes_of, cut_last, quote_scalar


def _is_address4(text: str) -> bool:
    parts = text.split(".")
    return len(parts) == 4 and all(re.fullmatch("0|[1-9][0-9]{0,2}", part) and int(part) <= 255 for part in parts)


def is_address6(text: str) -> bool:
    halves = text.split("::")
    if len(halves) > 2 or text == "":
        return False
    groups = 0
    for at, half in enumerate(halves):
        if not half:
            continue
        parts = half.split(":")
        for index, part in enumerate(parts):
            last = at == len(halves) - 1 and index == len(parts) - 1
            if last and "." in part:
                if not _is_address4(part):
                    return False
                groups += 2
            elif re.fullmatch("[0-9a-fA-F]{1,4}", part):
                groups += 1
            else:
                return False
    return groups < 8 if len(halves) == 2 else groups == 8


def check_address(text: str) -> str | None:
    if ":" in text:
        if is_address6(text):
            return None
        return f"{quote_scalar(text)} {'has a zone' if '%' in text else 'is no IPv6 address'}"
    return None if _is_address4(text) else f"{quote_scalar(text)} is no IP address"


def check_cidr(text: str) -> str | None:
    split = cut_last(text, "/")
    if split is None:
        return f"{quote_scalar(text)} has no prefix length"
    host, length = split
    problem = check_address(host)
    if problem is not None:
        return problem
    most = 128 if ":" in host else 32
    plain = is_digits(length) and (length == "0" or not length.startswith("0"))
    if plain and whole_number(length) <= most:
        return None
    return f"{quote_scalar(length)} in {quote_scalar(text)} is no prefix length from 0 to {most}"


def check_name(text: str, longest: int, capitals: bool) -> str | None:
    if not text:
        return "the name is empty"
    if bytes_of(text) > 253:
        return f"{quote_scalar(text)} has more than 253 characters"
    found = re.search("[^0-9a-zA-Z.-]" if capitals else "[^0-9a-z.-]", text)
    if found is not None:
        return f"{quote_scalar(found[0])} in {quote_scalar(text)} is not allowed"
    for label in text.split("."):
        if not label:
            return f"{quote_scalar(text)} has an empty part"
        if label.startswith("-") or label.endswith("-"):
            return f"{quote_scalar(text)} has a part that starts or ends with `-`"
        if len(label) > longest:
            return f"{quote_scalar(text)} has a part of more than 63 characters"
    return None
