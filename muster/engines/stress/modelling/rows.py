"""Rows of different lengths as two arrays: where each begins, and all of them one after another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from muster.engines.stress.kernel.model import Ints


def ints(values: Iterable[int]) -> Ints:
    """A flat array."""
    return np.array(list(values), dtype=np.int64)


def starts(rows: Sequence[Sequence[object]]) -> Ints:
    """(rows + 1,): row i is from entry i up to entry i + 1."""
    return np.cumsum([0, *(len(row) for row in rows)]).astype(np.int64)


def flat(rows: Iterable[Sequence[int]]) -> Ints:
    """All entries."""
    return ints(entry for row in rows for entry in row)


def column(rows: Iterable[Sequence[Sequence[int]]], which: int) -> Ints:
    """One field of all entries."""
    return ints(entry[which] for row in rows for entry in row)
