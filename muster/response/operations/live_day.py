"""Once a day: what a live operation asks for, against the people and the stock that there are."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime

from django.conf import settings

from muster.engines.plan import Plan, needs
from muster.engines.plan.state import State
from muster.kernel import clock
from muster.kernel.commands import Actor
from muster.kernel.organisation.queries import qualification_sets
from muster.preparedness.logistics.queries import usable_balances
from muster.preparedness.plans.queries import plan_of
from muster.response.operations.board.tasks import owed, parts_of
from muster.response.operations.models import DayFigures, EngineState, Mode, Operation
from muster.response.operations.queries.knowledge import known_at
from muster.response.operations.queries.records import open_places
from muster.response.operations.replay.chance import Chance
from muster.response.operations.replay.city import city_now
from muster.response.operations.replay.force import Force, Staffed
from muster.response.operations.replay.needed import Bureau, people_needed, supplies_needed
from muster.response.operations.replay.rules import RULES
from muster.response.operations.services.figures import DayKept, StoreDay, day_keep
from muster.response.operations.services.ticking import WORKER


def count_live_days() -> int:
    """Keep the figures of today for each live operation that has none yet; returns for how many.

    People: the share of those present that the level puts on posts, as in a replay, since rosters are another matter.
    Stock: what the stores hold usable now. Nothing is taken from anywhere.
    """
    now = clock.now()
    today = now.astimezone(settings.BUREAU_ZONE).date()
    live = Operation.objects.filter(mode=Mode.LIVE, state=Operation.State.ACTIVE).select_related("plan_version", "area")
    counted = 0
    for operation in live:
        if not DayFigures.objects.filter(operation=operation, day=today).exists():
            day_keep(by=Actor.system(WORKER, now), operation=operation, kept=figures_of(operation, today, now))
            counted += 1
    return counted


def figures_of(operation: Operation, day: date, now: datetime) -> DayKept:
    """The figures of one day as of `now`."""
    plan, known = plan_of(operation.plan_version), known_at(operation=operation, at=now)
    state = State.from_dict(EngineState.objects.get(operation=operation).state)
    bureau = city_now().bureau
    staffed = _staffed(plan, state, operation.level, bureau, known, day, now)
    return DayKept(
        day=day,
        new_cases=known["new_cases"]["value"] if "new_cases" in known else None,
        tasks_open=sum(part.count() for part in parts_of(owed(operation, now), now)),
        needed=staffed.needed,
        filled=staffed.filled,
        present=staffed.present,
        absent=staffed.absent,
        places=open_places(operation=operation, at=now),
        short=staffed.short,
        stores=_stores(plan, state, bureau, day, now),
    )


def _staffed(
    plan: Plan,
    state: State,
    level: int,
    bureau: Bureau,
    known: Mapping[str, Mapping[str, float]],
    day: date,
    now: datetime,
) -> Staffed:
    told = known.get("officer_absence_pct", {}).get("value")
    absent = RULES.strength.absent if told is None else told / 100.0
    force = Force(qualification_sets(now), RULES.strength, Chance(day.toordinal()))
    return force.staff(people_needed(needs(plan, state, day=day).people, bureau), level, absent, bureau.root)


def _stores(plan: Plan, state: State, bureau: Bureau, day: date, now: datetime) -> list[StoreDay]:
    """What each store lacks of today's need."""
    held = usable_balances(as_of=now)
    wanted = supplies_needed(needs(plan, state, day=day).supplies, bureau).quantities
    rows = []
    for (store, item), quantity in sorted(wanted.items()):
        needed, there = math.ceil(quantity - 1e-9), held.get((store, item), 0)
        rows.append(StoreDay(store, item, there, used=min(needed, there), closing=there, needed=needed))
    return rows
