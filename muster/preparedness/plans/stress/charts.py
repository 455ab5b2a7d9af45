"""What the charts of a result are drawn from: plain lists, and the words on them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import accumulate
from typing import Any, Final

from django.utils.translation import gettext as _

from muster.engines.stress import Answers, Outcome, ShortfallAnswer
from muster.preparedness.plans.queries.stress import Answered
from muster.preparedness.plans.queries.words import title
from muster.preparedness.plans.stress.wording import FANS, figure, path_title

BANDS: Final = ("0.05", "0.25", "0.5", "0.75", "0.95")
LINES: Final = 8  # of things that run short; more cannot be told apart
CLAUSES: Final = 30
SHOWN: Final = ("cases", "posts_needed", "posts_lacking", "absent", "tasks_late", "infected")


def charts(found: Answered) -> dict[str, Any]:
    """All of them, for `json_script`."""
    outcome = found.outcome
    days = [(outcome.first_day + timedelta(days=day)).isoformat() for day in range(outcome.days)]
    return {
        "days": days,
        "words": {
            "median": _("median"),
            "half": _("half of the replications"),
            "nine": _("nine of ten"),
            "chance": _("chance"),
            "day": _("day {n}"),
        },
        "fans": _fans(outcome.base),
        "short": {
            "staff": _short(outcome, outcome.base.staff, "qualification"),
            "stock": _short(outcome, outcome.base.stock, "item"),
        },
        "heat": _heat(outcome.base),
        "tornado": _tornado(found),
    }


def _fans(base: Answers) -> list[dict[str, Any]]:
    fans = {one.name: one for one in base.fans}
    return [
        {
            "name": name,
            "title": str(FANS.get(name, name)),
            "bands": [list(fans[name].quantiles[band]) for band in BANDS],
        }
        for name in SHOWN
        if name in fans and any(fans[name].quantiles[BANDS[-1]])
    ]


def _short(outcome: Outcome, found: Iterable[ShortfallAnswer], kind: str) -> list[dict[str, Any]]:
    """The chance that something has run short by each day, of what runs short most."""
    worst = sorted((one for one in found if one.p.mean > 0), key=lambda one: -one.p.mean)[:LINES]
    return [
        {
            "name": title(one.name, kind),
            "chance": [round(sum_ / outcome.replications, 4) for sum_ in accumulate(one.histogram[: outcome.days])],
        }
        for one in worst
    ]


def _heat(base: Answers) -> dict[str, Any]:
    """Clauses that are ever late, in the order of the plan; cells as (day, row, chance)."""
    rows = [(one.id, by_day) for one, by_day in zip(base.clauses, base.late_by_day, strict=True) if any(by_day)]
    worst = sorted(rows, key=lambda row: -max(row[1]))[:CLAUSES]
    kept = [row for row in rows if row in worst]
    return {
        "clauses": [name for name, _by_day in kept],
        "cells": [
            [day, place, round(chance, 4)]
            for place, (_name, by_day) in enumerate(kept)
            for day, chance in enumerate(by_day)
            if chance > 0
        ],
    }


def _tornado(found: Answered) -> list[dict[str, Any]]:
    return [
        {
            "title": path_title(one.path),
            "low": figure(one.path, one.low),
            "high": figure(one.path, one.high),
            "at_low": round(one.at_low.mean, 3),
            "at_high": round(one.at_high.mean, 3),
        }
        for one in found.tornado
        if one.width > 0
    ]
