"""Published figures that the engine is held against."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from muster.engines.epidemic import ReproductionNumber

QUANTILES = {
    "Quantile.0.025(R)": 0.025,
    "Quantile.0.05(R)": 0.05,
    "Quantile.0.25(R)": 0.25,
    "Median(R)": 0.5,
    "Quantile.0.75(R)": 0.75,
    "Quantile.0.95(R)": 0.95,
    "Quantile.0.975(R)": 0.975,
}


def table(path: Path, **only: str) -> list[dict[str, str]]:
    """Rows of a CSV file, those alone in which the named columns have these values."""
    with path.open(newline="") as file:
        return [row for row in csv.DictReader(file) if all(row[name] == value for name, value in only.items())]


def column(path: Path, name: str, **only: str) -> NDArray[np.float64]:
    """One column as numbers."""
    return np.array([float(row[name]) for row in table(path, **only)])


def farthest(estimate: ReproductionNumber, path: Path, **only: str) -> float:
    """The largest difference from EpiEstim's own output, over mean, sd and seven quantiles of every window."""
    assert estimate.t_start.tolist() == column(path, "t_start", **only).tolist()
    assert estimate.t_end.tolist() == column(path, "t_end", **only).tolist()
    ours = {"Mean(R)": estimate.mean, "Std(R)": estimate.sd}
    ours |= {name: estimate.quantile(q) for name, q in QUANTILES.items()}
    return max(float(np.abs(values - column(path, name, **only)).max()) for name, values in ours.items())
