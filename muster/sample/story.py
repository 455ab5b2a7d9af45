"""S City's year, scene by scene, each played once.

What is asked at every start (is anything missing?) stands here; how a scene is played is loaded when one is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from muster.kernel.organisation.models import Area, ContactCheck
from muster.preparedness.plans.models import ClauseUse, PlanVersion, StressRun
from muster.prevention.situation.models import LIVE, ReportBatch
from muster.response.operations.models import Mode, Operation
from muster.sample.accounts import accounts_load, accounts_missing
from muster.sample.curve import PLAN, SOURCE, bulletins
from muster.sample.presence import CITY, city_missing, refuse_production
from muster.sample.progress import Progress, Tell
from muster.sample.size import Size


@dataclass(frozen=True, slots=True)
class Scene:
    """A piece of the story: whether it has yet to be played, and how. Played again after a break, it is completed."""

    title: str | Promise
    missing: Callable[[], bool]
    play: Callable[[Tell], object]


def curve_missing() -> bool:
    """True until every day of the wave has been reported."""
    return ReportBatch.objects.filter(feed=LIVE, source=SOURCE, rows__gt=0).count() < len(bulletins())


def plan_missing() -> bool:
    """True while no version of S City's plan was released."""
    return not PlanVersion.objects.filter(plan__code=PLAN).exists()


def lower_plans_missing() -> bool:
    """True while no unit has a plan of its own."""
    return not PlanVersion.objects.filter(unit__isnull=False).exists()


def watchfulness_missing() -> bool:
    """True while no partner's number was ever tried."""
    return not ContactCheck.objects.exists()


def stress_test_missing() -> bool:
    """True while nobody asked for a stress test of S City's plan."""
    return not StressRun.objects.filter(version__plan__code=PLAN).exists()


def exercises_missing() -> bool:
    """True while nothing of S City's plan was ever tried."""
    return not ClauseUse.objects.filter(version__plan__code=PLAN).exists()


def replay_missing() -> bool:
    """True while no epidemic was replayed."""
    return not Operation.objects.filter(mode=Mode.REPLAY).exists()


def scenes(last: date | None = None) -> tuple[Scene, ...]:
    """The story in order; the replay ends after `last` if it is given."""
    return (
        Scene(_("Opening one login per role"), accounts_missing, lambda _tell: accounts_load()),
        Scene(_("Reporting the wave day by day"), curve_missing, _curve),
        Scene(_("Releasing the plan"), plan_missing, _plan),
        Scene(_("Releasing the plans of the units"), lower_plans_missing, _lower_plans),
        Scene(_("Trying the partners' numbers, entering leave"), watchfulness_missing, _watchfulness),
        Scene(_("Asking for a stress test of the plan"), stress_test_missing, _stress_test),
        Scene(_("Holding the exercises of December"), exercises_missing, _exercises),
        Scene(_("Replaying the wave through the plan"), replay_missing, lambda tell: _replay(tell, last)),
    )


def _curve(tell: Tell) -> None:
    from muster.sample.scenes import curve_play

    curve_play(tell)


def _stress_test(_tell: Tell) -> None:
    from muster.sample.stress import stress_test_play

    stress_test_play()


def _plan(tell: Tell) -> None:
    from muster.sample.scenes import plan_play

    plan_play(tell)


def _lower_plans(tell: Tell) -> None:
    from muster.sample.scenes import lower_plans_play

    lower_plans_play(tell)


def _watchfulness(_tell: Tell) -> None:
    from muster.sample.watchfulness import watchfulness_play

    watchfulness_play()


def _exercises(_tell: Tell) -> None:
    from muster.sample.exercise import exercises_play

    exercises_play()


def _replay(tell: Tell, last: date | None) -> None:
    from muster.sample.scenes import replay_play

    replay_play(tell, last)


def story_missing() -> bool:
    """Whether something of the story has yet to be played; never in production or in somebody's own city."""
    if settings.PRODUCTION:
        return False
    if city_missing():
        return True
    return Area.objects.filter(code=CITY).exists() and any(scene.missing() for scene in scenes())


def story_load(progress: Progress, size: Size | None = None, last: date | None = None) -> None:
    """Play what is missing, scene by scene, each with a line of progress. Raises NotInProduction.

    A city that is there already keeps its size; `last` is the last day of the replay, by default that of the wave.
    """
    refuse_production()
    if city_missing():
        from muster.sample.city import city_load

        city_load(size=size or Size(), progress=progress)
    for scene in scenes(last):
        if scene.missing():
            with progress(str(scene.title)) as tell:
                scene.play(tell)
