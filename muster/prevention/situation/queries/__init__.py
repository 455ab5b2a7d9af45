"""Everything that reads the situation, always as it was known at a moment."""

from muster.prevention.situation.queries.areas import AreaFigures, area_figures
from muster.prevention.situation.queries.curve import CurveDay, curve
from muster.prevention.situation.queries.fates import Preview, counts_preview
from muster.prevention.situation.queries.indicators import Indicators, indicators, indicators_by_day
from muster.prevention.situation.queries.records import (
    BatchView,
    Correction,
    RowView,
    SignalView,
    batch,
    batches,
    corrections,
    feeds,
    rows_of,
    signals,
)
from muster.prevention.situation.queries.rules import IntervalView, RuleView, interval_in_force, intervals, rules

__all__ = [
    "AreaFigures",
    "BatchView",
    "Correction",
    "CurveDay",
    "Indicators",
    "IntervalView",
    "Preview",
    "RowView",
    "RuleView",
    "SignalView",
    "area_figures",
    "batch",
    "batches",
    "corrections",
    "counts_preview",
    "curve",
    "feeds",
    "indicators",
    "indicators_by_day",
    "interval_in_force",
    "intervals",
    "rows_of",
    "rules",
    "signals",
]
