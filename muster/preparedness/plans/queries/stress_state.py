"""The last stress test of each plan, as the checks hold it against the bureau of a day."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from functools import lru_cache

from muster.engines.plan.world import Stressed
from muster.engines.stress.bureau import Bureau
from muster.preparedness.plans.choices import StressState
from muster.preparedness.plans.models import BureauSnapshot, StressRun


def stressed_at(moment: datetime) -> dict[str, Stressed]:
    """By plan: of the runs that had been asked for by a moment and are done, the one of the latest bureau.

    A test is as old as the people and the stock that it was done with, however much later somebody repeats it.
    """
    rows = StressRun.objects.filter(state=StressState.DONE, at__lte=moment).order_by("bureau__as_of", "at", "pk")
    found = rows.values_list("version__plan__code", "plan_hash", "bureau", "bureau__as_of")
    last = {code: (plan, bureau, day) for code, plan, bureau, day in found}
    return {code: Stressed(plan, day, *_counts(bureau)) for code, (plan, bureau, day) in last.items()}


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
