"""What all judges share: the place of a value, what holds below it, and the findings."""

from __future__ import annotations

from dataclasses import dataclass

from . import codes, messages
from .table import Deprecated, Layer, Normalize
from .violation import Level, Step, Violation


@dataclass(frozen=True)
class Flags:
    """What holds for everything below a place."""

    advice: bool = False
    """What admission finds is advice here."""

    sensitive: bool = False
    """Values must not be shown."""

    def level(self, level: Level, layer: Layer) -> Level:
        return "warning" if self.advice and layer == "Admission" else level


@dataclass(frozen=True)
class Place:
    """The way to the current value, written down only if something is wrong."""

    parent: Place | None
    step: Step


def path_of(place: Place | None) -> tuple[Step, ...]:
    path: list[Step] = []
    while place is not None:
        path.append(place.step)
        place = place.parent
    return tuple(reversed(path))


@dataclass(frozen=True)
class Around:
    """What is known of a value besides its shape."""

    normalize: Normalize | None = None
    mended_structure: bool = False
    mended_admission: bool = False

    def mended(self, layer: Layer) -> bool:
        return self.mended_admission if layer == "Admission" else self.mended_structure


class Context:
    """One run over a value."""

    def __init__(self) -> None:
        self.found: list[Violation] = []

    def push(self, place: Place | None, code: str, level: Level, message: str) -> None:
        self.found.append(Violation(code, level, path_of(place), message))

    def deprecated(self, place: Place | None, what: str, name: str, known: Deprecated) -> None:
        message = messages.deprecated(what, name, known.since, known.instead, known.note)
        self.push(place, codes.DEPRECATED, "warning", message)
