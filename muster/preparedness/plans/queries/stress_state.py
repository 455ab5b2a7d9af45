"""The last stress test of each plan, as the checks hold it against the bureau of a day."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from functools import lru_cache

from django.conf import settings

from muster.engines.plan.world import Stressed
from muster.engines.stress.bureau import Bureau
from muster.preparedness.plans.choices import StressState
from muster.preparedness.plans.models import BureauSnapshot, StressRun


def stressed_at(moment: datetime) -> dict[str, Stressed]:
    """By plan: the run that was done last, up to a moment."""
    rows = StressRun.objects.filter(state=StressState.DONE, ended_at__lte=moment).order_by("ended_at", "pk")
    last = {code: facts for code, *facts in rows.values_list("version__plan__code", "plan_hash", "ended_at", "bureau")}
    return {code: _stressed(*facts) for code, facts in last.items()}


def _stressed(plan: str, ended_at: datetime, bureau: int) -> Stressed:
    people, stock = _counts(bureau)
    return Stressed(plan, ended_at.astimezone(settings.BUREAU_ZONE).date(), people, stock)


@lru_cache(maxsize=8)
def _counts(snapshot: int) -> tuple[Counter[str], Counter[str]]:
    """People by qualification and stock by item; a snapshot never changes, so it is counted once."""
    bureau = Bureau.from_json(BureauSnapshot.objects.values_list("content", flat=True).get(pk=snapshot))
    people: Counter[str] = Counter()
    for pool in bureau.people:
        people.update(dict.fromkeys(pool.holds, pool.people))
    stock: Counter[str] = Counter()
    for lot in bureau.lots:
        stock[lot.item] += lot.quantity
    return people, stock
