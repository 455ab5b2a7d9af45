"""Several people at the same draft at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from muster.kernel.errors import DomainError
from muster.preparedness.plans import services
from muster.preparedness.plans.errors import DraftMoved
from muster.preparedness.plans.models import Approval, ClauseAnswer, DraftRevision, PlanVersion
from muster.preparedness.plans.queries.consulting import is_settled
from tests.preparedness.plans import office

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"),
]


def at_once(*doings: Callable[[], object]) -> list[object]:
    """Each on a thread of its own, all let go together; what a person would be told in place of a result."""
    start = Barrier(len(doings))

    def one(doing: Callable[[], object]) -> object:
        start.wait()
        try:
            return doing()
        except DomainError as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(one, doings))


def refused(answers: list[object]) -> list[object]:
    return [answer for answer in answers if isinstance(answer, DomainError)]


@pytest.mark.parametrize("_time", range(5))
def test_three_approvers_at_once_are_two_approvals_of_two_people(_time: int) -> None:
    office.build()
    draft = office.put_up()
    seen = office.plan(draft).hash
    people = [office.chief(), office.deputy(), office.someone("P-THIRD", "commander")]
    answers = at_once(*(lambda by=by: services.draft_approve(by=by, draft=draft, seen=seen) for by in people))
    assert len(refused(answers)) == 1
    assert sorted(Approval.objects.values_list("place", flat=True)) == [1, 2]


@pytest.mark.parametrize("_time", range(5))
def test_one_person_from_two_accounts_at_once_is_one_approval(_time: int) -> None:
    office.build()
    draft = office.put_up()
    seen = office.plan(draft).hash
    accounts = [office.someone("P-CHIEF", "commander", account=one) for one in ("901", "902", "903")]
    answers = at_once(*(lambda by=by: services.draft_approve(by=by, draft=draft, seen=seen) for by in accounts))
    assert len(refused(answers)) == 2
    assert Approval.objects.count() == 1


@pytest.mark.parametrize("_time", range(5))
def test_a_text_taken_back_and_saved_during_an_approval_is_never_released_unapproved(_time: int) -> None:
    office.build()
    draft = office.put_up()
    seen = office.plan(draft).hash
    services.draft_approve(by=office.chief(), draft=draft, seen=seen)
    by, second, author = office.author(), office.deputy(), office.author()

    def rewrite() -> object:
        services.draft_take_back(by=by, draft=draft, reason="改字")
        text = office.with_another_word("Patrol")
        return services.draft_save(by=by.again(), draft=draft, base_revision=1, text=text)

    def release() -> object:
        services.draft_approve(by=second, draft=draft, seen=seen)
        return services.draft_release(by=author, draft=draft)

    at_once(rewrite, release)
    now = office.fresh(draft)
    version = PlanVersion.objects.first()
    if version is None:
        assert now.state in ("draft", "approval")
    else:
        assert (version.hash, now.text, now.state) == (seen, office.TEXT, "released")
        assert Approval.objects.filter(plan_hash=seen).count() == 2


@pytest.mark.parametrize("_time", range(5))
def test_of_two_saves_at_once_one_is_kept_and_the_other_gets_both_texts(_time: int) -> None:
    office.build()
    draft = office.opened()
    texts = [office.with_another_word(), office.with_another_word("Patrol")]
    writers = [office.author(), office.someone("P-WRITER", "plans_officer")]
    answers = at_once(
        *(
            lambda by=by, text=text: services.draft_save(by=by, draft=draft, base_revision=1, text=text)
            for by, text in zip(writers, texts, strict=True)
        )
    )
    (moved,) = refused(answers)
    assert isinstance(moved, DraftMoved)
    assert moved.text == office.fresh(draft).text
    assert DraftRevision.objects.count() == 2


@pytest.mark.parametrize("_time", range(5))
def test_an_acknowledgement_during_a_save_counts_for_the_text_that_was_read(_time: int) -> None:
    office.build()
    draft = office.consulted()
    office.acknowledge(draft, "disease_control", "property_companies")
    seen = office.readings(draft, "subdistricts")
    liaison, by = office.liaison("subdistricts"), office.author()
    asked = office.asked(draft, "subdistricts")
    text = office.with_another_word()
    at_once(
        lambda: services.clauses_acknowledge(by=liaison, consultation=asked, clauses=seen),
        lambda: services.draft_save(by=by, draft=draft, base_revision=1, text=text),
    )
    now = office.fresh(draft)
    assert now.text == text
    assert not is_settled(now, office.moment())
    hashes = set(ClauseAnswer.objects.filter(consultation=asked).values_list("clause_hash", flat=True))
    assert hashes <= set(seen.values())
