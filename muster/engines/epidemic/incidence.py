"""Counts over days: sums, incidence per 100,000 inhabitants, growth and doubling time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from muster.engines.epidemic.errors import CountsInvalid
from muster.engines.epidemic.serial_interval import Floats

PER: Final = 100_000
NO_GROWTH: Final = 1e-12  # a slope that is only rounding


class Undefined(StrEnum):
    """Why there is no doubling time."""

    DEFINED = ""
    UNKNOWN = "unknown"  # a day of the window was not reported
    ZEROS = "zeros"  # a day without cases has no logarithm
    FALLING = "falling"  # cases do not grow


@dataclass(frozen=True, slots=True)
class Growth:
    """`rate` is the slope of ln(cases) a day; `doubling_days` is ln 2 / rate if that is above 0, else NaN and `why`."""

    rate: Floats
    doubling_days: Floats
    why: NDArray[np.str_]


def rolling_sum(counts: ArrayLike, days: int) -> Floats:
    """Cases in the `days` days that end on each day, shape of `counts`; NaN where one of them is not known.

    The first `days - 1` entries are NaN: what came before the first day is not known.
    """
    values = np.asarray(counts, dtype=np.float64)
    if days < 1:
        raise CountsInvalid(f"sums over {days} days; expected at least 1")
    sums = np.full(values.shape, np.nan)
    if values.shape[-1] >= days:
        sums[..., days - 1 :] = np.lib.stride_tricks.sliding_window_view(values, days, axis=-1).sum(axis=-1)
    return sums


def incidence_per_100_000(cases: ArrayLike, population: ArrayLike) -> Floats:
    """Cases per 100,000 inhabitants; NaN where cases are not known or the population is unknown or 0."""
    people = np.asarray(population, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(people > 0, np.asarray(cases, dtype=np.float64) / people * PER, np.nan)


def growth(counts: ArrayLike) -> Growth:
    """Growth over the days given, by ordinary least squares on ln(cases); shape of `counts` without the last axis.

    Parameters
    ----------
    counts : (..., days) array, persons per day; NaN where nothing was reported. At least 2 days, usually 7.

    Source: doubling time ln 2 / r, r the slope of ln(cases); undefined where r <= 0 or a day has no cases.
    """
    values = np.asarray(counts, dtype=np.float64)
    if values.shape[-1] < 2:
        raise CountsInvalid(f"growth over {values.shape[-1]} days; expected at least 2")
    offsets = np.arange(values.shape[-1]) - (values.shape[-1] - 1) / 2.0
    unknown, zeros = np.isnan(values).any(axis=-1), (values <= 0.0).any(axis=-1)
    logs = np.log(np.where(values > 0.0, values, 1.0))
    rate = np.where(unknown | zeros, np.nan, logs @ offsets / (offsets @ offsets))
    falling = ~(unknown | zeros) & (rate <= NO_GROWTH)
    doubling = np.log(2.0) / np.where(rate > NO_GROWTH, rate, np.nan)
    names = [Undefined.UNKNOWN.value, Undefined.ZEROS.value, Undefined.FALLING.value]
    return Growth(rate, doubling, np.select([unknown, zeros, falling], names, Undefined.DEFINED.value))
