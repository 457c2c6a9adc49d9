"""How much a text says."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

Amount: TypeAlias = Literal["none", "nanoseconds", "moment", "size", "bytes_per_second", "percentage", "number"]
"""What an amount is an amount of; a moment counts nanoseconds since 1970-01-01T00:00:00Z."""

NONE: Literal["none"] = "none"
NANOSECONDS: Literal["nanoseconds"] = "nanoseconds"
MOMENT: Literal["moment"] = "moment"
SIZE: Literal["size"] = "size"
BYTES_PER_SECOND: Literal["bytes_per_second"] = "bytes_per_second"
PERCENTAGE: Literal["percentage"] = "percentage"
NUMBER: Literal["number"] = "number"


@dataclass(frozen=True)
class Magnitude:
    """How much a text says, so that limits and comparisons can be judged."""

    kind: Amount = NONE
    amount: int | float = 0

    @property
    def value(self) -> float | None:
        """The amount in the unit of its kind; none if the text is not about an amount."""
        return None if self.kind == NONE else float(self.amount)


def compare(a: Magnitude, b: Magnitude) -> int | None:
    """The order of two amounts of one unit, exactly; none for different units."""
    if a.kind != b.kind or a.kind == NONE or math.isnan(a.amount) or math.isnan(b.amount):
        return None
    return (a.amount > b.amount) - (a.amount < b.amount)
