"""Days between the onset of one case and that of a case it caused, as probabilities by whole days."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from muster.engines.epidemic.errors import SerialIntervalInvalid

Floats = NDArray[np.float64]

TAIL: Final = 1e-9  # probability beyond a lag at which the lags end
LONGEST: Final = 400  # days
MEAN_LOST: Final = 1e-5  # days by which the mean may fall short where the lags end at the longest
NARROWEST: Final = 1e-3  # days
SUM_TOLERANCE: Final = 1e-6


def serial_interval(mean: float, sd: float) -> Floats:
    """A gamma distribution shifted by one day, discretised to whole days.

    Parameters
    ----------
    mean, sd : of the serial interval, days; the mean must be above 1 (nobody infects before the day he falls ill) and
        sd at least 0.001.

    Returns
    -------
    (lags + 1,) array of probabilities, lag 0 first (always 0), that sum to 1. They end at the first lag beyond which
    less than 1e-9 lies, after 400 days at the latest.

    Raises
    ------
    SerialIntervalInvalid : if mean or sd is out of range, or the mean rests on more than 400 days.

    Notes
    -----
    The paper's weight of lag k is a second difference, w(k) = e(k) - 2 e(k-1) + e(k-2), of the expected excess
    e(x) = E[(G - x)+] of the gamma variable G, the interval less one day. So what lies beyond lag k is
    e(k-1) - e(k), in closed form: the lags are cut by this tail, and each weight is the difference of two tails.
    `discr_si` writes the same with distribution functions, as a difference of terms as large as k; a sum of such
    weights cannot tell a tail of 1e-9 from its own rounding.

    `discr_si` leaves out what lies beyond its last lag, so that its weights sum to less than 1: by 4e-8 after 400
    days for a mean of 2 and an sd of 6. Here this rest counts at the last lag, as "so late or later". Every weight
    before is the paper's, no case is lost, and the mean is short by no more than 1e-5 days, else it is refused.

    Source: Cori et al. 2013, Am J Epidemiol 178(9), web appendix 11; EpiEstim's `discr_si`.
    """
    if not (np.isfinite(mean) and np.isfinite(sd) and mean > 1.0 and sd >= NARROWEST):
        raise SerialIntervalInvalid(
            f"mean {mean:g} and sd {sd:g} days; expected a mean above 1 and an sd of at least {NARROWEST:g}"
        )
    excess = _excess(min(mean, float(LONGEST)), min(sd, float(LONGEST)))
    if max(mean, sd) > LONGEST or excess[LONGEST - 1] > MEAN_LOST:
        raise SerialIntervalInvalid(f"serial interval is wider than {LONGEST} days; expected a smaller mean or sd")
    beyond = np.minimum.accumulate(np.append(1.0, -np.diff(excess)))  # rounding never lets a tail grow
    last = int(np.argmax(beyond <= TAIL)) or LONGEST
    beyond[last] = 0.0
    return np.append(0.0, -np.diff(beyond[: last + 1]))


def _excess(mean: float, sd: float) -> Floats:
    """Expected days by which the interval, less its first day, exceeds 0, 1, ... 400 days."""
    shape, scale = ((mean - 1.0) / sd) ** 2, sd**2 / (mean - 1.0)
    days = np.arange(LONGEST + 1, dtype=np.float64)
    later, longer = special.gammaincc(shape, days / scale), special.gammaincc(shape + 1.0, days / scale)
    return np.asarray(shape * scale * longer - days * later)


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
