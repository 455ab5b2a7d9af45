"""S City's year, played through the services that a real bureau would use, each scene once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from muster.kernel.commands import Actor
from muster.kernel.organisation.models import Area
from muster.prevention.situation.models import LIVE, ReportBatch
from muster.prevention.situation.services import (
    counts_receive,
    inputs_record,
    signals_evaluate,
    surveillance_start_state,
)
from muster.sample.accounts import accounts_load, accounts_missing
from muster.sample.city import Progress, city_load, city_missing
from muster.sample.curve import SOURCE, Bulletin, bulletins, inputs
from muster.sample.places import CITY
from muster.sample.size import Size


@dataclass(frozen=True, slots=True)
class Scene:
    """A piece of the story: whether it has yet to be played, and how. Playing it again after a break ends it."""

    title: str | Promise
    missing: Callable[[], bool]
    play: Callable[[], object]


def curve_missing() -> bool:
    """True until every day of the wave has been reported."""
    return ReportBatch.objects.filter(feed=LIVE, source=SOURCE, rows__gt=0).count() < len(bulletins())


def curve_play() -> None:
    """Inputs, bulletin and signals of each day as they came; a day is told whole or not at all."""
    told = set(ReportBatch.objects.filter(feed=LIVE, source=SOURCE, rows__gt=0).values_list("reported_at", flat=True))
    of_day = {day: list(rows) for day, rows in groupby(inputs(), key=lambda row: row.valid_from.date())}
    for bulletin in bulletins():
        if bulletin.at in told:
            continue
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
    signals_evaluate(by=by.at(bulletin.at), day=bulletin.day, feed=LIVE)


SCENES: Final = (
    Scene(_("Opening one login per role"), accounts_missing, accounts_load),
    Scene(_("Reporting the wave day by day"), curve_missing, curve_play),
)


def story_missing() -> bool:
    """Whether something of the story has yet to be played; never in production or in somebody's own city."""
    if settings.PRODUCTION:
        return False
    if city_missing():
        return True
    return Area.objects.filter(code=CITY).exists() and any(scene.missing() for scene in SCENES)


def story_load(progress: Progress, size: Size | None = None) -> None:
    """Play what is missing, scene by scene, each with a line of progress. Raises NotInProduction."""
    if city_missing():
        city_load(size=size or Size(), progress=progress)
    for scene in SCENES:
        if scene.missing():
            with progress(str(scene.title)):
                scene.play()
