"""The life of a plan's version, from an empty draft on."""

from __future__ import annotations

from muster.preparedness.plans import services
from muster.preparedness.plans.models import Draft
from tests.faults.crash import Arguments, scenario
from tests.preparedness.plans.conftest import officer


def opened() -> Draft:
    return services.draft_open(by=officer(), code="S-NEW", text="plan: S-NEW")


@scenario(services.draft_open)
def a_draft_is_opened() -> Arguments:
    return {"by": officer(), "code": "S-NEW", "text": "plan: S-NEW"}


@scenario(services.draft_save)
def a_draft_is_saved() -> Arguments:
    return {"draft": opened(), "by": officer(), "base_revision": 1, "text": "plan: S-NEW-2"}


@scenario(services.draft_withdraw)
def a_draft_is_withdrawn() -> Arguments:
    return {"draft": opened(), "by": officer(), "reason": "begun anew"}
