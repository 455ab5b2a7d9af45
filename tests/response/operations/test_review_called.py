"""A live operation that ends calls for the review of its plan; an exercise does not."""

from __future__ import annotations

import pytest

from muster.preparedness.plans.queries.reviews import reviews_due
from muster.response.operations import services
from muster.response.operations.queries.difference import difference_of
from tests.response.operations import bureau

LATER = bureau.NOON + bureau.HOUR


@pytest.mark.django_db
@pytest.mark.parametrize(("mode", "called"), [("live", 1), ("exercise", 0)])
def test_the_end_of_a_live_operation_calls_for_a_review_of_its_plan(mode: str, called: int) -> None:
    operation = bureau.activated(bureau.build(), mode=mode)
    proposal = services.stand_down_propose(
        by=bureau.duty(LATER), operation=operation, reason="疫情结束", government_level=0
    )
    seen = difference_of(proposal=proposal, at=LATER).mark
    services.proposal_approve(by=bureau.chief(LATER), proposal=proposal, reason="同意", seen=seen)
    assert [one.source for one in reviews_due()] == [operation.code] * called
