"""Reproducible chance: the same name always rolls the same numbers, on every machine and Python version.

Never uses more of the random module than ``Random(text).random()``, the one draw Python promises never to change.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A source of draws of its own for each file, so that a change in one file leaves the others as they were."""

    def __init__(self, name: str) -> None:
        self._random = random.Random(f"yearadmin sample data: {name}")

    def chance(self, share: float) -> bool:
        """True in about that share (0 to 1) of the calls."""
        return self._random.random() < share

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def between(self, low: float, high: float, digits: int = 2) -> str:
        """A decimal number as text, with that many digits after the point."""
        return f"{low + self._random.random() * (high - low):.{digits}f}"

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices, each as likely as the others."""
        return choices[self.whole(0, len(choices) - 1)]

    def sample(self, choices: Sequence[T], count: int) -> list[T]:
        """That many different choices (all of them when there are fewer), in drawn order."""
        left = list(choices)
        return [left.pop(self.whole(0, len(left) - 1)) for _ in range(min(count, len(left)))]
