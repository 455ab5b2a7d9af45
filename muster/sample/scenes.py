"""How each scene of S City's year is played: through the services that a real bureau would use."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Final

from django.db import transaction

from muster.kernel.commands import Actor
from muster.preparedness.plans.models import PlanVersion
from muster.preparedness.plans.services import version_release
from muster.prevention.situation.models import LIVE, Comparison, ReportBatch, Signal, SignalState
from muster.prevention.situation.services import (
    counts_receive,
    inputs_record,
    signal_move,
    signals_evaluate,
    surveillance_start_state,
)
from muster.response.operations.replay.command import own_epidemic
from muster.response.operations.replay.playing import play
from muster.sample.curve import DATA, PLAN, SOURCE, Bulletin, bulletins, inputs
from muster.sample.plan_life import life_play
from muster.sample.progress import Tell

RELEASES: Final = (  # version, file, when it was released
    ("2.0", "S-PHE-01-v2.yaml", datetime(2019, 9, 20, 2, 0, tzinfo=UTC)),
    ("3.0", "S-PHE-01.yaml", datetime(2019, 11, 29, 2, 0, tzinfo=UTC)),
)
LOWER: Final = (  # plan, when it was released; each file extends a version that is released before it
    ("S-PHE-JIANGBEI-01", datetime(2019, 10, 10, 2, 0, tzinfo=UTC)),  # two stations, word for word the same
    ("S-PHE-DONGHU-01", datetime(2019, 10, 10, 2, 30, tzinfo=UTC)),
    ("S-PHE-JIANGBEI", datetime(2019, 12, 12, 1, 0, tzinfo=UTC)),
    ("S-PHE-DONGHU", datetime(2019, 12, 12, 1, 10, tzinfo=UTC)),
    ("S-PHE-XICHENG", datetime(2019, 12, 12, 1, 20, tzinfo=UTC)),
    ("S-PHE-NANLING", datetime(2019, 12, 12, 1, 30, tzinfo=UTC)),
    ("S-PHE-BINHAI", datetime(2019, 12, 12, 1, 40, tzinfo=UTC)),
    ("S-PHE-YUNSHAN", datetime(2019, 12, 12, 1, 50, tzinfo=UTC)),
    ("S-PHE-XINQU", datetime(2019, 12, 12, 2, 0, tzinfo=UTC)),
    ("S-PHE-ZHONGSHAN", datetime(2019, 12, 12, 2, 10, tzinfo=UTC)),
    ("S-PHE-TRAFFIC", datetime(2019, 12, 13, 1, 0, tzinfo=UTC)),
    ("S-PHE-CUSTODY", datetime(2019, 12, 13, 1, 10, tzinfo=UTC)),
    ("S-PHE-EXITENTRY", datetime(2019, 12, 13, 1, 20, tzinfo=UTC)),
    ("S-PHE-BINHAI-01", datetime(2019, 12, 20, 1, 0, tzinfo=UTC)),
    ("S-PHE-XINQU-01", datetime(2019, 12, 20, 1, 10, tzinfo=UTC)),
)
OLD_APPROVAL: Final = "S市公安局局长办公会，S公办〔2016〕31号 / the bureau's executive meeting of 2016, document 31"
LOOKED_AT_AFTER: Final = timedelta(minutes=40)
STILL_WAITING_FROM: Final = date(2020, 3, 10)
LATE: Final = (
    "卫生健康委确认：补报多日病例，非当日暴发 / The health commission confirms: cases of several days, reported late"
)
TOLD: Final = "已报告指挥长，纳入级别研判 / Told to the commander, weighed with the level"


def curve_play(tell: Tell) -> None:
    """Inputs, bulletin and signals of each day as they came; a day is told whole or not at all."""
    told = set(ReportBatch.objects.filter(feed=LIVE, source=SOURCE, rows__gt=0).values_list("reported_at", flat=True))
    of_day = {day: list(rows) for day, rows in groupby(inputs(), key=lambda row: row.valid_from.date())}
    for bulletin in bulletins():
        if bulletin.at in told:
            continue
        tell(f"{bulletin.day}")
        with transaction.atomic():
            for moment, rows in groupby(of_day.get(bulletin.day, ()), key=lambda row: row.valid_from):
                inputs_record(by=Actor.system("sample", now=moment), rows=list(rows), feed=LIVE)
            _report(bulletin)


def _report(bulletin: Bulletin) -> None:
    by = Actor.system("sample", now=bulletin.at)
    if bulletin is bulletins()[0]:
        for area, measure in dict.fromkeys((row.area, row.measure) for row in bulletin.counts):
            surveillance_start_state(
                by=by.at(bulletin.at), area=area, none_before=bulletin.day, measure=measure, source=SOURCE
            )
    counts_receive(by=by, rows=bulletin.counts, source=SOURCE, feed=LIVE)
    for signal in signals_evaluate(by=by.at(bulletin.at), day=bulletin.day, feed=LIVE):
        _decide(signal, by.at(bulletin.at + LOOKED_AT_AFTER))


def _decide(signal: Signal, by: Actor) -> None:
    """What the watch said of a signal in those days; the last ones still wait, for whoever tries it out."""
    if signal.rule.comparison == Comparison.LATE_REPORT:
        signal_move(by=by, signal=signal, state=SignalState.DISMISSED, reason=LATE)
    elif signal.day < STILL_WAITING_FROM:
        signal_move(by=by, signal=signal, state=SignalState.CLOSED, reason=TOLD)


def plan_play(_tell: Tell) -> None:
    """The old plan that was found wanting, and the life of the one that replaced it, both or neither."""
    (_old, old_file, old_moment), (_new, new_file, new_moment) = RELEASES
    with transaction.atomic():
        by = Actor.system("sample", now=old_moment)
        old = version_release(by=by, text=_text(old_file), name=old_file, approved_elsewhere=OLD_APPROVAL)
        life_play(_text(new_file), old, new_moment)


def _text(file: str) -> str:
    return (DATA.parent / "plans" / file).read_text("utf-8")


def lower_plans_play(_tell: Tell) -> None:
    """Release the plans of sub-bureaus, stations and detachments, all or none; most units have none yet."""
    have = set(
        PlanVersion.objects.filter(plan__code__in=[code for code, _ in LOWER]).values_list("plan__code", flat=True)
    )
    with transaction.atomic():
        for code, moment in LOWER:
            if code not in have:
                text = (DATA.parent / "plans" / "lower" / f"{code}.yaml").read_text("utf-8")
                version_release(by=Actor.system("sample", now=moment), text=text, name=f"{code}.yaml")


def replay_play(tell: Tell, last: date | None = None) -> None:
    """The wave through the plan, as `muster replay` plays it; all days or none: a break leaves no half of it."""
    version = PlanVersion.objects.get(plan__code=PLAN, version=RELEASES[-1][0])
    wave = own_epidemic(None)
    part = replace(wave, days=[day for day in wave.days if last is None or day.day <= last])
    with transaction.atomic():
        play(version=version, epidemic=part, progress=lambda day: tell(f"{day.day}"))
