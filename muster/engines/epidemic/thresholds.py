"""Does a figure cross a threshold? What is not known crosses nothing and says so."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from muster.engines.epidemic.errors import EpidemicInputInvalid
from muster.engines.epidemic.reproduction import Flags

COMPARISONS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
}


def crosses(value: float | None, comparison: str, threshold: float) -> bool | None:
    """Whether `value comparison threshold` holds; None where the value is not known (None or NaN).

    Raises EpidemicInputInvalid for a comparison that is none of >=, >, <=, <.
    """
    if comparison not in COMPARISONS:
        raise EpidemicInputInvalid(f"comparison {comparison!r}; expected one of {' '.join(COMPARISONS)}")
    if value is None or value != value:
        return None
    return COMPARISONS[comparison](float(value), threshold)


def held_for(truth: ArrayLike, days: int) -> Flags:
    """Has a condition held on each of the last `days` days, up to each day? `truth` is 1, 0 or NaN (not known)."""
    values = np.nan_to_num(np.asarray(truth, dtype=np.float64), nan=0.0) > 0.5
    held = np.zeros(values.shape, dtype=np.bool_)
    if values.shape[-1] >= days:
        held[..., days - 1 :] = np.lib.stride_tricks.sliding_window_view(values, days, axis=-1).all(axis=-1)
    return held
