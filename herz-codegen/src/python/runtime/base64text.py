"""Bytes as texts."""

from __future__ import annotations

import base64
import re


def decode_base64(text: str) -> bytes | str:
    """
    The bytes of a base64 text (RFC 4648 with padding; line breaks may stand anywhere), or what is wrong
    with it.
    """
    letters = padding = 0
    for letter in text:
        if letter in "\r\n":
            continue
        if letter == "=":
            if letters + padding >= 4 or letters < 2:
                return "base64 has padding that does not fit"
            padding += 1
        elif letter in "-_":
            return "the URL form of base64 is used, not the standard one"
        elif not re.fullmatch("[A-Za-z0-9+/]", letter):
            return "a character stands here that base64 does not have"
        elif padding > 0:
            return "base64 goes on after its padding"
        else:
            letters = letters % 4 + 1
    if letters != 0 and letters + padding != 4:
        return "base64 ends too early: its length must be a multiple of 4"
    return base64.b64decode(text.replace("\r", "").replace("\n", ""))
