"""The figures of the epidemic for the board, as they were known at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """Confirmed cases of one area; None where they were not known."""

    cases_7d: int | None = None
    cases_14d: int | None = None
    incidence_7d: float | None = None
    risk: str = "unknown"


def figures_of_districts(feed: str, at: datetime) -> dict[str, AreaFigures]:
    """Figures of each district by code."""
    return {}
