"""Rt of 1,000 areas over 365 days in one call, against a plain loop over windows with scipy.stats.gamma.

    python bench/rt.py [--quick] [--json]

Both sides get the same counts and give mean, standard deviation, median and 95% interval of every window; the largest
difference between their figures is printed. With --quick the loop sees fewer areas, and so does Muster in the ratio.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from muster.engines.epidemic import reproduction_number, serial_interval

AREAS, DAYS, WINDOW = 1_000, 365, 7
QUICK_AREAS = 60
GOAL = 100.0
SEED = 20200131
Figures = np.ndarray


def counts(areas: int) -> Figures:
    """A wave of different height and date in each area, persons per day."""
    rng = np.random.default_rng(SEED)
    peak, width = rng.uniform(60, 300, (AREAS, 1)), rng.uniform(15, 60, (AREAS, 1))
    height = rng.lognormal(2.0, 1.0, (AREAS, 1))
    wave = height * np.exp(-0.5 * ((np.arange(DAYS) - peak) / width) ** 2)
    return rng.poisson(wave).astype(float)[:areas]


def muster(cases: Figures, weights: Figures) -> Figures:
    """All areas in one call; (5, areas, windows)."""
    estimate = reproduction_number(cases, weights, window=WINDOW)
    return np.stack([estimate.mean, estimate.sd, *(estimate.quantile(q) for q in (0.025, 0.5, 0.975))])


def loop(cases: Figures, weights: Figures) -> Figures:
    """The same, window by window."""
    return np.stack([_area(area, weights) for area in cases], axis=1)


def _area(area: Figures, weights: Figures) -> Figures:
    pressure = np.zeros(DAYS)
    for t in range(1, DAYS):
        lags = min(t, weights.size - 1)
        pressure[t] = weights[1 : lags + 1] @ area[t - lags : t][::-1]
    found = []
    for start in range(1, DAYS - WINDOW + 1):
        shape = 1.0 + area[start : start + WINDOW].sum()
        scale = 1.0 / (1.0 / 5.0 + pressure[start : start + WINDOW].sum())
        low, middle, high = stats.gamma.ppf([0.025, 0.5, 0.975], shape, scale=scale)
        found.append((stats.gamma.mean(shape, scale=scale), stats.gamma.std(shape, scale=scale), low, middle, high))
    return np.array(found).T


def timed(work: Callable[[], Figures], times: int) -> tuple[list[float], Figures]:
    """Seconds of each run, and the figures of the last."""
    seconds = []
    for _ in range(times):
        begin = time.perf_counter()
        figures = work()
        seconds.append(time.perf_counter() - begin)
    return seconds, figures


def measure(quick: bool) -> dict[str, Any]:
    """One run, both sides, the same input."""
    areas = QUICK_AREAS if quick else AREAS
    cases, weights = counts(areas), serial_interval(4.7, 2.9)
    muster(cases, weights)  # the first call loads the linear algebra
    ours, found = timed(lambda: muster(cases, weights), 7)
    theirs, expected = timed(lambda: loop(cases, weights), 1)
    whole, _ = timed(lambda: muster(counts(AREAS), weights), 1)
    windows = areas * (DAYS - WINDOW)
    ratio = theirs[0] / statistics.median(ours)
    return {
        "name": "rt",
        "unit": "windows per second",
        "ours": round(windows / statistics.median(ours)),
        "peer": round(windows / theirs[0]),
        "peer_name": f"loop over windows with scipy.stats.gamma, {areas} areas x {DAYS} days",
        "ratio": round(ratio, 1),
        "goal": GOAL,
        "met": ratio >= GOAL,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "n": windows,
        "spread": round((max(ours) - min(ours)) / statistics.median(ours), 3),
        "areas": areas,
        "seconds": {"ours": round(statistics.median(ours), 4), "peer": round(theirs[0], 2)},
        "seconds_for_1000_areas": round(whole[0], 4),
        "largest_difference": float(np.abs(found - expected).max()),
    }


def main() -> None:
    """Print what was measured, for people or as JSON."""
    parser = argparse.ArgumentParser(description="Rt for many areas in one call")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help=f"the loop sees {QUICK_AREAS} areas instead of {AREAS}")
    options = parser.parse_args()
    result = measure(options.quick)
    if options.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name:>22}  {value}")


if __name__ == "__main__":
    main()
