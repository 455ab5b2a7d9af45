"""Random numbers by what they are for: each is a function of (seed, replication, what for), never of what came before.

So a run is exact on any number of processes, and two variants of a plan meet the same fate. Philox4x32-10 of Salmon
et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"; the key is the seed, the counter replication, stream, a, b.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit, uint32, uint64

from muster.engines.stress.kernel.handles import kernel

# What a number is for; the meaning of a and b is in brackets.
WORK, CALLED, READ = 1, 2, 3  # task (spot, occurrence), event (kind, ref)
ARISES, HOUR, PLACE = 4, 5, 6  # (kind, day), (kind, ref), (kind, ref)
SICK, SPELL, OUTSIDE, AT_WORK, WHO = 7, 8, 9, 10, 11  # (unit, day)
LEAD, LATE_REPORT, DECIDE, COUNT = 12, 13, 14, 15  # (term, day), (day), (look), (day)
PARTNER = 16  # task

_UNIT = 1.0 / 4294967296.0


@kernel()
def words(seed: int, replication: int, stream: int, a: int, b: int) -> tuple[int, int, int, int]:
    """Four words of 32 bits."""
    c0, c1 = uint32(replication), uint32(stream)
    c2, c3 = uint32(a), uint32(b)
    k0, k1 = uint32(seed & 0xFFFFFFFF), uint32((seed >> 32) & 0xFFFFFFFF)
    for _round in range(10):
        p0 = uint64(0xD2511F53) * uint64(c0)
        p1 = uint64(0xCD9E8D57) * uint64(c2)
        h0, l0 = uint32(p0 >> uint64(32)), uint32(p0 & uint64(0xFFFFFFFF))
        h1, l1 = uint32(p1 >> uint64(32)), uint32(p1 & uint64(0xFFFFFFFF))
        c0, c1, c2, c3 = uint32(h1 ^ c1 ^ k0), l1, uint32(h0 ^ c3 ^ k1), l0
        k0, k1 = uint32(k0 + uint32(0x9E3779B9)), uint32(k1 + uint32(0xBB67AE85))
    return c0, c1, c2, c3  # type: ignore[return-value]


@kernel()
def share(seed: int, replication: int, stream: int, a: int, b: int) -> float:
    """A number from 0 up to 1, evenly spread; never 0 itself."""
    first, _second, _third, _fourth = words(seed, replication, stream, a, b)
    return (float(first) + 0.5) * _UNIT


@kernel()
def poisson(mean: float, u: float) -> int:
    """The Poisson number at the quantile u, by inversion; for large means by the normal one (continuity-corrected)."""
    if mean <= 0.0:
        return 0
    if mean > 200.0:
        return max(0, math.floor(mean + math.sqrt(mean) * normal(u) + 0.5))
    p = math.exp(-mean)
    total, k = p, 0
    while u > total and k < 1000:
        k += 1
        p *= mean / k
        total += p
    return k


@kernel()
def binomial(n: int, p: float, u: float) -> int:
    """The binomial number at the quantile u, by inversion from its mode's side where that is shorter."""
    if n <= 0 or p <= 0.0:
        return 0
    if p >= 1.0:
        return n
    if p > 0.5:
        return n - binomial_low(n, 1.0 - p, 1.0 - u)
    return binomial_low(n, p, u)


@kernel()
def binomial_low(n: int, p: float, u: float) -> int:
    """As `binomial`, for p up to one half."""
    if n * p > 400.0:
        k = math.floor(n * p + math.sqrt(n * p * (1.0 - p)) * normal(u) + 0.5)
        return min(max(k, 0), n)
    odds = p / (1.0 - p)
    mass = math.exp(n * math.log1p(-p))
    total, k = mass, 0
    while u > total and k < n:
        k += 1
        mass *= odds * (n - k + 1) / k
        total += mass
    return k


@kernel()
def normal(u: float) -> float:
    """The standard normal number at the quantile u: Acklam's rational approximation, to a relative 1.15e-9."""
    if u < 0.02425:
        q = math.sqrt(-2.0 * math.log(u))
        return _tail(q)
    if u > 1.0 - 0.02425:
        q = math.sqrt(-2.0 * math.log1p(-u))
        return -_tail(q)
    q = u - 0.5
    r = q * q
    top = -3.969683028665376e01 * r + 2.209460984245205e02
    top = (top * r - 2.759285104469687e02) * r + 1.383577518672690e02
    top = (top * r - 3.066479806614716e01) * r + 2.506628277459239e00
    low = -5.447609879822406e01 * r + 1.615858368580409e02
    low = (low * r - 1.556989798598866e02) * r + 6.680131188771972e01
    low = (low * r - 1.328068155288572e01) * r + 1.0
    return top * q / low


@kernel()
def _tail(q: float) -> float:
    top = -7.784894002430293e-03 * q - 3.223964580411365e-01
    top = (top * q - 2.400758277161838e00) * q - 2.549732539343734e00
    top = (top * q + 4.374664141464968e00) * q + 2.938163982698783e00
    low = 7.784695709041462e-03 * q + 3.224671290700398e-01
    low = (low * q + 2.445134137142996e00) * q + 3.754408661907416e00
    return top / (low * q + 1.0)


def uniforms(seed: int, replications: np.ndarray, stream: int, a: int, count: int) -> np.ndarray:
    """The numbers `share` of b = 0 .. count-1, as (replications, count): for what is drawn before the days begin."""
    found: np.ndarray = _uniforms(seed, replications.astype(np.int64), stream, a, count)
    return found


@njit(cache=True)
def _uniforms(seed: int, replications: np.ndarray, stream: int, a: int, count: int) -> np.ndarray:
    found = np.empty((replications.size, count))
    for row in range(replications.size):
        for b in range(count):
            found[row, b] = share(seed, replications[row], stream, a, b)
    return found
