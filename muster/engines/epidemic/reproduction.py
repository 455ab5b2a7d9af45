"""How many people one case infects, day by day, for many areas at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from muster.engines.epidemic.errors import CountsInvalid, EpidemicInputInvalid
from muster.engines.epidemic.serial_interval import Floats, checked, mean_of

Flags = NDArray[np.bool_]

CASES_NEEDED: Final = 11  # ceil(1 / 0.3² - 1): a coefficient of variation of the posterior of at most 0.3
MISSING_ALLOWED: Final = 0.01  # share of the serial interval that may fall on days without a report


@dataclass(frozen=True, slots=True)
class GammaPrior:
    """What is believed of R before any case is counted; mean is shape times scale."""

    shape: float = 1.0
    scale: float = 5.0

    @classmethod
    def of(cls, mean: float, sd: float) -> GammaPrior:
        """The prior with this mean and standard deviation, both above 0. Raises EpidemicInputInvalid."""
        if not (np.isfinite(mean) and np.isfinite(sd) and mean > 0.0 and sd > 0.0):
            raise EpidemicInputInvalid(f"prior mean {mean:g} and sd {sd:g}; expected both above 0")
        return cls((mean / sd) ** 2, sd**2 / mean)


@dataclass(frozen=True, slots=True)
class ReproductionNumber:
    """Gamma posteriors of R, one for each sliding window; NaN where a day that counts was not reported.

    Arrays have the shape (..., days - window): estimate j is of days `t_start[j]` to `t_end[j]`, counted from 1.
    `reliable` is False where the window has fewer than 11 cases or ends within the first mean serial interval: such an
    estimate is mostly prior, and no decision should rest on it.
    """

    shape: Floats
    scale: Floats
    cases: Floats
    reliable: Flags
    window: int

    @property
    def t_start(self) -> NDArray[np.int64]:
        """First day of each window, from 2: day 1 is where the first cases come from."""
        return np.arange(2, self.shape.shape[-1] + 2)

    @property
    def t_end(self) -> NDArray[np.int64]:
        """Last day of each window."""
        return self.t_start + self.window - 1

    @property
    def mean(self) -> Floats:
        """Mean of each posterior."""
        return self.shape * self.scale

    @property
    def sd(self) -> Floats:
        """Standard deviation of each posterior."""
        return np.sqrt(self.shape) * self.scale

    def quantile(self, q: float) -> Floats:
        """The value below which R lies with probability q, 0 < q < 1."""
        return _per_shape(self.shape, q) * self.scale

    def p_above(self, threshold: float) -> Floats:
        """Probability that R is above `threshold`."""
        return np.asarray(special.gammaincc(self.shape, threshold / self.scale))


def reproduction_number(
    incidence: ArrayLike,
    serial_interval: ArrayLike,
    *,
    window: int = 7,
    prior: GammaPrior = GammaPrior(),
    imported: ArrayLike | None = None,
) -> ReproductionNumber:
    """Instantaneous reproduction number per sliding window, for many areas at once.

    Parameters
    ----------
    incidence : (..., days) array of all cases, persons per day; day 0 counts as imported. NaN: nothing was reported.
    serial_interval : (lags,) array of probabilities by whole days, lag 0 first; must be 0 there and sum to 1.
    window : days per estimate.
    prior : of R; mean 5 and sd 5 by default.
    imported : those of `incidence` that were infected elsewhere, same shape. They infect others; nobody here infected
        them.

    Returns
    -------
    ReproductionNumber with arrays of shape (..., days - window). The first window begins on the second day.

    Raises
    ------
    SerialIntervalInvalid : if it has mass at lag 0, a negative value, or does not sum to 1 within 1e-6.
    CountsInvalid : if a count is negative, more are imported than there are, or the days are no more than the window.

    Notes
    -----
    A day without a report makes unknown each window that holds it, and each window over which more than 1% of
    the serial interval falls on it. Days before the first are taken to have no cases.

    Source: Cori et al. 2013, Am J Epidemiol 178(9), eq. 2; posterior is gamma, conjugate to a Poisson likelihood.
    """
    weights = checked(serial_interval)
    counts = _counts(incidence, window)
    local = _local(counts, imported)
    pressure = infectiousness(counts, weights)
    cases, pressures = _windows(local, window), _windows(pressure, window)
    scale = 1.0 / (1.0 / prior.scale + pressures)
    shape = np.where(np.isnan(scale), np.nan, prior.shape + cases)
    reliable = (cases >= CASES_NEEDED) & ~np.isnan(shape)
    reliable &= np.arange(window + 1, counts.shape[-1] + 1) > mean_of(weights)
    return ReproductionNumber(shape, np.where(np.isnan(shape), np.nan, scale), cases, reliable, window)


def infectiousness(incidence: ArrayLike, serial_interval: Floats) -> Floats:
    """Cases that past cases would cause each day at R = 1; shape of `incidence`, NaN where the past is not known."""
    counts = np.asarray(incidence, dtype=np.float64)
    unknown = np.isnan(counts)
    if not unknown.any():
        return _later(counts, serial_interval)
    pressure = _later(np.where(unknown, 0.0, counts), serial_interval)
    missing = _later(unknown.astype(np.float64), serial_interval)
    return np.where(missing > MISSING_ALLOWED, np.nan, pressure)


def _later(values: Floats, weights: Floats) -> Floats:
    """The sum over lags of weight times value, lag by lag: exact, and no more memory than the counts take."""
    sums = np.zeros_like(values)
    for lag in range(1, min(weights.size, values.shape[-1])):
        sums[..., lag:] += weights[lag] * values[..., :-lag]
    return sums


def _windows(values: Floats, window: int) -> Floats:
    """Sums over `window` days, for windows that begin on the second day or later; NaN where a day is NaN."""
    unknown = np.isnan(values)
    sums = _sliding(np.where(unknown, 0.0, values), window)
    return sums if not unknown.any() else np.where(_sliding(unknown.astype(np.float64), window) > 0.5, np.nan, sums)


def _sliding(values: Floats, window: int) -> Floats:
    sums = values[..., 1 : values.shape[-1] - window + 1].copy()
    for shift in range(1, window):
        sums += values[..., 1 + shift : values.shape[-1] - window + 1 + shift]
    return np.asarray(sums)


def _counts(incidence: ArrayLike, window: int) -> Floats:
    counts = np.asarray(incidence, dtype=np.float64)
    if window < 1:
        raise CountsInvalid(f"a window of {window} days; expected at least 1")
    if counts.ndim == 0 or counts.shape[-1] <= window:
        days = counts.shape[-1] if counts.ndim else 0
        raise CountsInvalid(f"{days} days of counts; expected at least {window + 1} for windows of {window} days")
    if np.isinf(counts).any() or (counts < 0.0).any():
        raise CountsInvalid("a count is negative or infinite; expected persons per day, 0 or more")
    return counts


def _local(counts: Floats, imported: ArrayLike | None) -> Floats:
    if imported is None:
        return counts
    elsewhere = np.asarray(imported, dtype=np.float64)
    if elsewhere.shape != counts.shape or (elsewhere < 0.0).any() or (elsewhere > counts).any():
        raise CountsInvalid("imported cases must be part of all cases, area by area and day by day")
    return np.asarray(counts - elsewhere)


def _per_shape(shape: Floats, q: float) -> Floats:
    """Quantiles of the gamma distribution with scale 1. Shapes repeat (counts are whole), so each is inverted once."""
    known = shape[~np.isnan(shape)]
    top = int(known.max()) + 1 if known.size else 0
    fraction = known[0] % 1.0 if known.size else 0.0
    if top <= known.size and (known % 1.0 == fraction).all():
        table = np.append(special.gammaincinv(np.arange(top + 1) + fraction, q), np.nan)
        return np.asarray(table[np.where(np.isnan(shape), -1, shape).astype(np.int64)])
    distinct, places = np.unique(shape, return_inverse=True)
    return np.asarray(special.gammaincinv(distinct, q)[places].reshape(shape.shape))
