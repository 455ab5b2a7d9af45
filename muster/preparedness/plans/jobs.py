"""Background work of plans."""

from __future__ import annotations

from typing import Final

from django.conf import settings

from muster.kernel import clock
from muster.kernel.commands import Actor
from muster.kernel.jobs import Job
from muster.preparedness.plans.models import NightlyCheck, ReviewDue
from muster.preparedness.plans.queries.reviews import calls_now
from muster.preparedness.plans.queries.versions import versions_to_activate
from muster.preparedness.plans.services import released_check, reviews_look
from muster.preparedness.plans.stress.background import BACKGROUND

DAY: Final = 86_400.0  # seconds
HOUR: Final = 3_600.0
SOON: Final = 2.0


def check_if_due() -> int:
    """Checks the versions in force that were not checked today; returns how many, and writes nothing when none."""
    now = clock.now()
    today = now.astimezone(settings.BUREAU_ZONE).date()
    versions = {version.pk for version in versions_to_activate() if version.released_at <= now}
    done = set(NightlyCheck.objects.filter(day=today, version__in=versions).values_list("version_id", flat=True))
    if versions - done:
        released_check(by=Actor.system("worker", now=now))
    return len(versions - done)


def look_for_reviews() -> int:
    """Calls for the reviews that are due by now; returns how many are new. Where none is new nothing is written."""
    by = Actor.system("worker")
    known = set(ReviewDue.objects.values_list("plan__code", "reason", "source"))
    if all((call.plan, str(call.reason), call.source) in known for call in calls_now(by.now)):
        return 0
    return reviews_look(by=by)


JOBS: Final = (
    Job("look for plans that are due for review", DAY, look_for_reviews),
    Job("check the plans in force against the bureau of the day", HOUR, check_if_due),
    Job("simulate the stress tests that wait", SOON, BACKGROUND.look),
)
