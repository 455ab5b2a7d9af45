"""The board's figures in the form that its charts read."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from muster.kernel.organisation.choices import SiteKind
from muster.kernel.ui.wording import LEVELS
from muster.response.operations.board.shape import Board, Curve, LevelSpan
from muster.response.operations.board.words import NUMERALS, RISKS


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970."""
    return int(moment.timestamp())


def moving(board: Board) -> dict[str, Any]:
    """What changes with the moment that is looked at."""
    axis = _axis(board)
    return {
        "at": seconds(board.moment.at),
        "now_s": seconds(board.moment.now),
        "past": board.moment.is_past,
        "axis": axis,
        "curve": _curve(board.curve, axis, board.moment.at),
        "districts": [_district(each) for each in board.districts],
        "sites": [_site(each) for each in board.sites],
        "units": [_unit(each) for each in board.units],
    }


def fixed(board: Board, features: Iterable[Mapping[str, Any]], *, wall: bool) -> dict[str, Any]:
    """What stays as it is while the page is open: the map, the words, where time begins."""
    shapes = list(features)
    return {
        "wall": wall,
        "start_s": seconds(board.moment.start),
        "now_s": seconds(board.moment.now),
        "offset_s": int(_offset(board.moment.now).total_seconds()),
        "geo": {"type": "FeatureCollection", "features": shapes},
        "extent": extent(shapes),
        "levels": {number: str(title) for number, title in LEVELS.items()},
        "numerals": NUMERALS,
        "risks": {risk: str(title) for risk, title in RISKS.items()},
        "kinds": {str(kind.value): str(kind.label) for kind in SiteKind},
        "labels": _labels(),
    }


def _offset(moment: datetime) -> timedelta:
    return moment.astimezone(settings.BUREAU_ZONE).utcoffset() or timedelta()


def _labels() -> dict[str, str]:
    return {
        "new": gettext("New cases"),
        "late": gettext("late report"),
        "cap": gettext("(drawn up to 6)"),
        "overdue": gettext("Overdue tasks"),
        "open_tasks": gettext("Open tasks"),
        "late_site": gettext("site with an overdue task"),
        "cases_7d": gettext("Cases, 7 days"),
        "cases_14d": gettext("Cases, 14 days"),
        "incidence_7d": gettext("7 days per 100,000"),
        "sites": gettext("Open sites"),
        "units": gettext("Units"),
        "close": gettext("Close"),
    }


def _axis(board: Board) -> list[str]:
    """Every day of the slider's range, so that the curve grows along it when time is played."""
    reported = [day.day for day in board.curve.days]
    first = min([_day(board.moment.start), *reported])
    last = max([_day(board.moment.now), *reported])
    return [f"{first + timedelta(days=i)}" for i in range((last - first).days + 1)]


def _day(moment: datetime) -> date:
    return moment.astimezone(settings.BUREAU_ZONE).date()


def _curve(curve: Curve, axis: list[str], at: datetime) -> dict[str, Any]:
    by_day = {f"{each.day}": each for each in curve.days}
    known = [by_day.get(day) for day in axis]
    return {
        "new": [each.new if each else None for each in known],
        "late": [bool(each and each.late_report) for each in known],
        "mean": [_rounded(each.rt_mean) if each else None for each in known],
        "low": [_rounded(each.rt_low) if each else None for each in known],
        "high": [_rounded(each.rt_high) if each else None for each in known],
        "levels": list(_spans(curve.levels, axis, at)),
    }


def _spans(levels: Iterable[LevelSpan], axis: list[str], at: datetime) -> Iterator[dict[str, int]]:
    """Levels by day: a day belongs to the level that it ended in."""
    spans = [span for span in levels if f"{_day(span.from_at)}" in axis]
    for span, follower in zip(spans, [*spans[1:], None], strict=True):
        first = axis.index(f"{_day(span.from_at)}")
        end = f"{_day(follower.from_at)}" if follower else f"{_day(span.to_at or at)}"
        last = axis.index(end) - (1 if follower else 0) if end in axis else len(axis) - 1
        if last >= first:
            yield {"level": span.level, "from": first, "to": last}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _district(each: Any) -> dict[str, Any]:
    names = ("code", "name", "risk", "cases_7d", "incidence_7d", "cases_14d", "sites", "late", "lon", "lat", "units")
    return {name: getattr(each, name) for name in names}


def _site(each: Any) -> dict[str, Any]:
    names = ("code", "name", "kind", "kind_title", "unit", "lon", "lat", "late")
    return {name: getattr(each, name) for name in names}


def _unit(each: Any) -> dict[str, Any]:
    return {name: getattr(each, name) for name in ("code", "name", "kind", "lon", "lat", "open_tasks", "late")}


def extent(features: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """Width and height of all shapes in degrees, and their middle latitude; 1 by 1 where there is none."""
    points = [point for feature in features for point in _points(feature["geometry"]["coordinates"])]
    if not points:
        return {"width": 1.0, "height": 1.0, "lat": 0.0}
    lons, lats = [point[0] for point in points], [point[1] for point in points]
    return {
        "width": max(max(lons) - min(lons), 1e-6),
        "height": max(max(lats) - min(lats), 1e-6),
        "lat": math.fsum([max(lats), min(lats)]) / 2,
    }


def _points(coordinates: Any) -> Iterator[list[float]]:
    """All points of nested GeoJSON coordinates."""
    if coordinates and isinstance(coordinates[0], (int, float)):
        yield coordinates
    else:
        for inner in coordinates:
            yield from _points(inner)
