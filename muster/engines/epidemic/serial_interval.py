"""Days between the onset of one case and that of a case it caused, as probabilities by whole days."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from muster.engines.epidemic.errors import SerialIntervalInvalid

Floats = NDArray[np.float64]

TAIL: Final = 1e-9  # probability beyond the last lag that is kept
TAIL_AT_MOST: Final = 1e-7  # of a wide one, whose tail would go on beyond the longest
LONGEST: Final = 1_000  # days
SUM_TOLERANCE: Final = 1e-6


def serial_interval(mean: float, sd: float, *, lags: int | None = None) -> Floats:
    """A gamma distribution shifted by one day, discretised to whole days.

    Parameters
    ----------
    mean, sd : of the serial interval, days; the mean must be above 1 (nobody infects before the day he falls ill) and
        sd above 0.
    lags : last lag; by default as many as leave less than 1e-9 beyond them.

    Returns
    -------
    (lags + 1,) array of probabilities, lag 0 first (always 0). What lies beyond the last lag is left out.

    Raises
    ------
    SerialIntervalInvalid : if mean or sd is out of range, or the distribution is wider than 1,000 days.

    Source: Cori et al. 2013, Am J Epidemiol 178(9), web appendix 11; EpiEstim's `discr_si`.
    """
    if not (np.isfinite(mean) and np.isfinite(sd) and mean > 1.0 and sd > 0.0):
        raise SerialIntervalInvalid(f"mean {mean:g} and sd {sd:g} days; expected a mean above 1 and an sd above 0")
    weights = _weights(np.arange(LONGEST + 1 if lags is None else lags + 1, dtype=np.float64), mean, sd)
    return weights if lags is not None else _without_tail(weights)


def _weights(k: Floats, mean: float, sd: float) -> Floats:
    shape, scale = ((mean - 1.0) / sd) ** 2, sd**2 / (mean - 1.0)
    here, before, two_before = (_gamma_cdf(k - back, shape, scale) for back in (0, 1, 2))
    here1, before1, two_before1 = (_gamma_cdf(k - back, shape + 1.0, scale) for back in (0, 1, 2))
    weights = k * here + (k - 2.0) * two_before - 2.0 * (k - 1.0) * before
    weights += shape * scale * (2.0 * before1 - two_before1 - here1)
    weights[0] = 0.0
    return np.asarray(np.maximum(weights, 0.0))


def _gamma_cdf(x: Floats, shape: float, scale: float) -> Floats:
    return np.asarray(special.gammainc(shape, np.maximum(x, 0.0) / scale))


def _without_tail(weights: Floats) -> Floats:
    enough = np.flatnonzero(np.cumsum(weights) >= 1.0 - TAIL)
    if enough.size:
        return weights[: enough[0] + 1]
    if weights.sum() < 1.0 - TAIL_AT_MOST:
        raise SerialIntervalInvalid(f"serial interval is wider than {LONGEST} days; expected a smaller mean or sd")
    return weights


def checked(probabilities: ArrayLike) -> Floats:
    """The probabilities as an array without trailing zeros. Raises SerialIntervalInvalid."""
    weights = np.asarray(probabilities, dtype=np.float64)
    if weights.ndim != 1 or weights.size < 2 or not np.isfinite(weights).all():
        raise SerialIntervalInvalid("serial interval needs one probability for each whole day, lag 0 first")
    if (weights < 0.0).any():
        raise SerialIntervalInvalid(f"probability of lag {int(np.argmax(weights < 0.0))} is negative")
    if weights[0] != 0.0:
        raise SerialIntervalInvalid(f"probability of lag 0 is {weights[0]:g}; expected 0")
    if abs(float(weights.sum()) - 1.0) > SUM_TOLERANCE:
        raise SerialIntervalInvalid(f"probabilities sum to {weights.sum():.7g}; expected 1 within {SUM_TOLERANCE:g}")
    return weights[: np.flatnonzero(weights)[-1] + 1]


def mean_of(probabilities: Floats) -> float:
    """Mean of the discretised serial interval, days."""
    return float(np.arange(probabilities.size) @ probabilities)
