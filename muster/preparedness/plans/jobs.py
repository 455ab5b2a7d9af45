"""Background work of plans."""

from __future__ import annotations

from typing import Final

from muster.kernel.commands import Actor
from muster.kernel.jobs import Job
from muster.preparedness.plans.models import ReviewDue
from muster.preparedness.plans.queries.reviews import calls_now
from muster.preparedness.plans.services import reviews_look

DAY: Final = 86_400.0  # seconds


def look_for_reviews() -> int:
    """Calls for the reviews that are due by now; returns how many are new. Where none is new nothing is written."""
    by = Actor.system("worker")
    known = set(ReviewDue.objects.values_list("plan__code", "reason", "source"))
    if all((call.plan, str(call.reason), call.source) in known for call in calls_now(by.now)):
        return 0
    return reviews_look(by=by)


JOBS: Final = (Job("look for plans that are due for review", DAY, look_for_reviews),)
