"""Findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeAlias, TypeVar

from .text import debug, is_plain

T = TypeVar("T")

Level: TypeAlias = Literal["error", "warning"]
"""
How bad a finding is. `error`: the platform refuses the document, or it can't mean anything. `warning`:
the platform takes the document but does something else than its author thinks.
"""

Step: TypeAlias = "str | int"
"""A key, or a place in a list."""


@dataclass(frozen=True)
class Violation:
    """One thing that is wrong with a value."""

    code: str
    """What kind of thing is wrong, such as HZ0103. A code never changes its meaning."""

    level: Level

    path: tuple[Step, ...]
    """Where it is, from the root of what was validated."""

    message: str
    """One sentence: what was found and what is allowed."""

    def __str__(self) -> str:
        return f"{path_text(self.path)}: {self.message} [{self.code}]"


@dataclass(frozen=True)
class Reading(Generic[T]):
    """What reading gave: the value, if no finding is an error."""

    value: T | None
    found: Sequence[Violation]


class MisfitError(ValueError):
    """A value does not fit its type."""

    found: Sequence[Violation]

    def __init__(self, found: Sequence[Violation]) -> None:
        super().__init__("; ".join(str(one) for one in found if one.level == "error"))
        self.found = found


def has_errors(found: Iterable[Violation]) -> bool:
    """Whether there is something that a platform would refuse."""
    return any(one.level == "error" for one in found)


def path_text(path: Iterable[Step]) -> str:
    """A path as `spec.templates[1].networkChaos`."""
    out = ""
    for at, step in enumerate(path):
        if isinstance(step, int):
            out += f"[{step}]"
        elif is_plain(step):
            out += f".{step}" if at > 0 else step
        else:
            out += f"[{debug(step)}]"
    return out
