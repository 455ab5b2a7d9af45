"""Signals of the real epidemic, looked for whenever something was reported."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db.models import Max

from muster.kernel import clock
from muster.kernel.commands import Actor
from muster.kernel.jobs import Job
from muster.prevention.situation.knowledge import bureau_day
from muster.prevention.situation.models import (
    LIVE,
    ExternalInput,
    ReportBatch,
    SerialIntervalProfile,
    SignalRule,
    SignalRuleSetting,
)
from muster.prevention.situation.queries.records import last_heard
from muster.prevention.situation.services import signals_evaluate

DAYS_BACK: Final = 3  # a bulletin may come days late
SILENCE: Final = timedelta(days=DAYS_BACK)
Mark = tuple[int | None, int | None, int | None, int | None, int | None, date]
_looked: list[Mark] = []  # what had been reported and set when this worker looked last


def look_if_reported() -> int:
    """Evaluates the signals of the last days if anything was reported or set since; returns how many there are.

    A feed that has been silent for days is left alone: old figures raise no signals of today.
    """
    now = clock.now()
    mark = _mark(bureau_day(now))
    heard = last_heard(LIVE)
    if mark in _looked or heard is None or now - heard > SILENCE:
        return 0
    by = Actor.system("worker", now=now)
    days = [mark[-1] - timedelta(days=back) for back in range(DAYS_BACK, -1, -1)]
    raised = sum(len(signals_evaluate(by=by.at(now), day=day, feed=LIVE)) for day in days)
    _looked[:] = [mark]
    return raised


def _mark(today: date) -> Mark:
    batch = ReportBatch.objects.filter(feed=LIVE).aggregate(last=Max("pk"))["last"]
    told = ExternalInput.objects.filter(feed=LIVE).aggregate(last=Max("pk"))["last"]
    rule, setting, interval = (
        model._default_manager.aggregate(last=Max("pk"))["last"]
        for model in (SignalRule, SignalRuleSetting, SerialIntervalProfile)
    )
    return batch, told, rule, setting, interval, today


JOBS: Final = (Job("look for signals of the epidemic", 10, look_if_reported),)
