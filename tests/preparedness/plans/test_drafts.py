"""A plan is written together: no text overwrites another, and none is lost."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from muster.engines.plan import Plan
from muster.kernel.commands import Actor, NotPermitted
from muster.kernel.commands.models import OutboxRow
from muster.preparedness.plans import queries, services
from muster.preparedness.plans.errors import (
    DraftAtAnotherStage,
    DraftCodeWrong,
    DraftExists,
    DraftMoved,
    DraftTooLarge,
    DraftUnreadable,
)
from muster.preparedness.plans.models import Draft, DraftRevision, PlanVersion
from tests.preparedness.plans.conftest import officer

pytestmark = pytest.mark.django_db


def opened(text: str = "plan: S-NEW") -> Draft:
    return services.draft_open(by=officer(), code="S-NEW", text=text)


def test_a_draft_begins_with_the_text_of_the_version_that_it_follows(third: PlanVersion) -> None:
    draft = services.draft_open(by=officer(), code="S-PHE-01", based_on=third)
    assert (draft.text, draft.revision, draft.state) == (third.text, 1, "draft")
    plan = queries.draft_plan(draft)
    assert isinstance(plan, Plan)
    assert plan.hash == third.hash


def test_a_draft_that_is_no_plan_yet_is_kept_with_what_is_wrong_by_line() -> None:
    draft = opened("plan: S-NEW\nversion: later\n")
    problems = queries.draft_plan(draft)
    assert isinstance(problems, tuple)
    assert 2 in {problem.line for problem in problems}


def test_a_save_keeps_every_text_that_there_was() -> None:
    draft = opened("first")
    services.draft_save(by=officer(), draft=draft, base_revision=1, text="second")
    services.draft_save(by=officer(), draft=draft, base_revision=2, text="second")  # nothing new is said
    found = queries.draft(draft.pk)
    assert found is not None
    assert (found.text, found.revision) == ("second", 2)
    assert [row.text for row in queries.draft_revisions(found)] == ["second", "first"]


def test_who_saves_over_another_persons_text_gets_both_and_overwrites_nothing() -> None:
    draft = opened("first")
    services.draft_save(by=officer(), draft=draft, base_revision=1, text="hers")
    with pytest.raises(DraftMoved) as moved:
        services.draft_save(by=officer(), draft=draft, base_revision=1, text="his")
    assert (moved.value.revision, moved.value.text) == (2, "hers")
    draft.refresh_from_db()
    assert draft.text == "hers"


def test_a_plan_has_one_open_draft_and_a_withdrawn_one_makes_room_for_the_next() -> None:
    first = opened()
    with pytest.raises(DraftExists):
        opened()
    services.draft_withdraw(by=officer(), draft=first, reason="begun anew")
    second = opened()
    assert queries.drafts() == [second]
    assert set(queries.drafts(all_of_them=True)) == {first, second}
    with pytest.raises(DraftAtAnotherStage):
        services.draft_save(by=officer(), draft=first, base_revision=1, text="after its end")


@pytest.mark.parametrize("code", ["", "s-new", "S NEW", "S-" + "X" * 63, "S-NEW\n", "../S"])
def test_a_code_that_no_plan_can_have_is_refused(code: str) -> None:
    with pytest.raises(DraftCodeWrong):
        services.draft_open(by=officer(), code=code)


def test_a_text_longer_than_a_megabyte_is_refused_and_the_draft_stays() -> None:
    draft = opened()
    with pytest.raises(DraftTooLarge):
        services.draft_save(by=officer(), draft=draft, base_revision=1, text="预" * 400_000)
    draft.refresh_from_db()
    assert draft.revision == 1


def test_a_sign_that_no_database_holds_is_told_by_line() -> None:
    with pytest.raises(DraftUnreadable) as told:
        opened("plan: S-NEW\ntitle: \x00\n")
    assert told.value.where == "S-NEW:2"


@pytest.mark.parametrize("role", ["commander", "partner_liaison", "auditor"])
def test_only_plans_officers_write_plans(role: str) -> None:
    with pytest.raises(NotPermitted):
        services.draft_open(by=Actor("account:9", frozenset({role})), code="S-NEW")
    assert not Draft.objects.exists()


def test_whoever_follows_drafts_is_told() -> None:
    draft = opened()
    services.draft_save(by=officer(), draft=draft, base_revision=1, text="second")
    told = OutboxRow.objects.filter(topic="plan-drafts").values_list("payload", flat=True)
    assert [payload["revision"] for payload in told] == [1, 2]


def test_the_database_itself_keeps_the_texts_of_a_draft() -> None:
    opened()
    with pytest.raises(DatabaseError), transaction.atomic():
        DraftRevision.objects.update(text="other")
