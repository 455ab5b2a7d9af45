"""Dividing whole numbers by weight, so that the parts add up to the whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def shares(total: int, weights: Sequence[float] | NDArray[np.float64], least: int = 0) -> list[int]:
    """`total` in parts by weight, each at least `least`, by largest remainder; of equal ones the earlier is served."""
    weight = np.asarray(weights, dtype=np.float64)
    free = total - least * len(weight)
    assert free >= 0, "there is not enough for everybody's least"
    exact = free * weight / weight.sum()
    parts = np.floor(exact).astype(np.int64)
    order = np.argsort(-(exact - parts), kind="stable")
    parts[order[: free - int(parts.sum())]] += 1
    return [int(part) + least for part in parts]
