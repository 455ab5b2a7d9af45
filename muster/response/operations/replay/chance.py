"""Chance that depends on the seed and on what is asked, never on the order in which it is asked."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import Final, TypeVar

T = TypeVar("T")
WHOLE: Final = 2**64


class Chance:
    """The same seed and words give the same answer, on every machine."""

    def __init__(self, seed: int) -> None:
        self._seed = f"{seed}".encode()

    def share(self, *words: object) -> float:
        """A number from 0 up to 1, evenly spread."""
        text = "|".join(map(str, words)).encode()
        digest = hashlib.blake2b(text, digest_size=8, key=self._seed[:64]).digest()
        return int.from_bytes(digest, "big") / WHOLE

    def between(self, low: float, high: float, *words: object) -> float:
        """A number from `low` up to `high`, evenly spread."""
        return low + (high - low) * self.share(*words)

    def count(self, mean: float, *words: object) -> int:
        """A whole number with this mean: the next below or above it."""
        return math.floor(mean + self.share(*words))

    def one_of(self, things: Sequence[T], *words: object) -> T:
        """One of `things`, which must not be empty."""
        return things[int(self.share(*words) * len(things))]
