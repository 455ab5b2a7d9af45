"""No level without two different authorised people, whatever the state and whoever asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from muster.kernel.commands import Actor, NotPermitted
from muster.preparedness.plans.models import PlanVersion
from muster.response.operations import errors, services
from muster.response.operations.models import Decision, LevelPeriod, LogEntry, Operation, PlaceOpening, Proposal, Task
from muster.response.operations.queries.difference import difference_of
from tests.response.operations import bureau
from tests.response.operations.bureau import HOUR, NOON

STRANGERS = ("plans_officer", "logistics_officer", "station_chief", "field_officer", "auditor", "partner_liaison")


def test_nothing_begins_before_the_second_person(plan: PlanVersion) -> None:
    operation = bureau.propose(plan).operation
    assert (operation.state, operation.level) == ("proposed", 0)
    assert not Task.objects.exists()


def test_two_people_activate_a_plan(plan: PlanVersion) -> None:
    operation = bureau.activated(plan)
    assert (operation.state, operation.level, operation.opened_at) == ("active", 3, NOON)
    assert Task.objects.filter(operation=operation, clause_id="C01").exists()
    assert LevelPeriod.objects.get(operation=operation).level == 3
    assert list(PlaceOpening.objects.values_list("site__code", flat=True)) == ["HO-001"]
    assert Decision.objects.get().kind == "activated"
    assert LogEntry.objects.filter(operation=operation, kind="level").count() == 1


@pytest.mark.parametrize(
    "missing",
    ["matter_zh", "measures", "legal_basis", "reason"],
)
def test_an_activation_states_everything_that_the_law_wants(plan: PlanVersion, missing: str) -> None:
    with pytest.raises(errors.RecordIncomplete):
        bureau.propose(plan, **{missing: "  "})
    assert not Operation.objects.exists()


def test_an_activation_states_how_long_it_is_expected_to_last(plan: PlanVersion) -> None:
    with override("en"), pytest.raises(errors.RecordIncomplete, match="Expected until"):
        bureau.propose(plan, expected_until=None)


def test_who_proposes_does_not_decide(plan: PlanVersion) -> None:
    proposal = bureau.propose(plan, by=bureau.chief())
    with pytest.raises(errors.SamePerson):
        bureau.approve(proposal, bureau.chief())


def test_another_account_of_the_same_person_is_the_same_person(plan: PlanVersion) -> None:
    proposal = bureau.propose(plan, by=bureau.chief())
    other = replace(bureau.chief(), principal="account:999999", account_id=999_999)
    with pytest.raises(errors.SamePerson):
        bureau.approve(proposal, other)


def test_an_account_without_a_person_is_nobody(plan: PlanVersion) -> None:
    proposal = bureau.propose(plan)
    nobody = Actor("account:5", frozenset({"commander"}), account_id=5, now=NOON)
    with pytest.raises(errors.PersonUnknown):
        bureau.approve(proposal, nobody)


@pytest.mark.parametrize("role", STRANGERS)
def test_other_roles_neither_propose_nor_decide(plan: PlanVersion, role: str) -> None:
    stranger = bureau.someone("P-STATION", role)
    with pytest.raises(NotPermitted):
        bureau.propose(plan, by=stranger)
    with pytest.raises(NotPermitted):
        bureau.approve(bureau.propose(plan), stranger)


def test_muster_itself_decides_nothing_that_is_real(plan: PlanVersion) -> None:
    proposal = bureau.propose(plan)
    with pytest.raises((NotPermitted, errors.NotForTheSystem)):
        bureau.approve(proposal, bureau.muster())
    with pytest.raises(errors.NotForTheSystem):
        bureau.propose(plan, by=bureau.muster(), mode="exercise")


def test_a_level_of_the_commander_is_not_approved_by_the_duty_officer(plan: PlanVersion) -> None:
    proposal = bureau.propose(plan, by=bureau.chief(), level=1)
    with pytest.raises(errors.LevelReserved):
        bureau.approve(proposal, bureau.duty())
    assert bureau.approve(proposal, bureau.deputy()).operation.level == 1


def test_a_refusal_says_why_and_ends_the_proposal(plan: PlanVersion) -> None:
    proposal = bureau.propose(plan)
    with pytest.raises(errors.RecordIncomplete):
        services.proposal_refuse(by=bureau.chief(), proposal=proposal, reason=" ")
    refused = services.proposal_refuse(by=bureau.chief(), proposal=proposal, reason="情况不明")
    assert refused.operation.state == "refused"
    assert Decision.objects.get().reason_zh == "情况不明"
    with pytest.raises(errors.DecidedAlready):
        bureau.approve(proposal, bureau.chief())


def test_who_proposed_may_take_it_back(plan: PlanVersion) -> None:
    proposal = bureau.propose(plan)
    with pytest.raises(errors.SamePerson):
        services.proposal_withdraw(by=bureau.chief(), proposal=proposal)
    assert services.proposal_withdraw(by=bureau.duty(), proposal=proposal).outcome == "withdrawn"
    assert Operation.objects.get().state == "refused"


def test_one_live_operation_of_a_plan_in_an_area(plan: PlanVersion) -> None:
    first, second = bureau.propose(plan), bureau.propose(plan)
    bureau.approve(first, bureau.chief())
    with pytest.raises(errors.LiveOperationRuns):
        bureau.approve(second, bureau.chief())
    with pytest.raises(errors.LiveOperationRuns):
        bureau.propose(plan)


def test_a_second_proposal_waits_until_the_first_is_decided(operation: Operation) -> None:
    services.level_propose(by=bureau.duty(), operation=operation, level=2, reason="x", government_level=2)
    with pytest.raises(errors.ProposalWaits):
        services.stand_down_propose(by=bureau.chief(), operation=operation, reason="y")


def test_confirming_something_else_than_what_would_happen_does_nothing(operation: Operation) -> None:
    proposal = services.level_propose(by=bureau.duty(), operation=operation, level=2, reason="x", government_level=2)
    seen = difference_of(proposal=proposal, at=NOON).mark
    services.arising_enter(by=bureau.duty(NOON + HOUR), operation=operation, kind="transfer", ref="T-1")
    with pytest.raises(errors.DifferenceChanged):
        services.proposal_approve(by=bureau.chief(NOON + HOUR), proposal=proposal, reason="x", seen=seen)
    assert Proposal.objects.get(pk=proposal.pk).outcome == "waiting"
    assert bureau.approve(proposal, bureau.chief(NOON + HOUR)).operation.level == 2


def test_the_database_itself_holds_two_people_apart(plan: PlanVersion) -> None:
    proposal = bureau.propose(plan, by=bureau.chief())
    proposal.outcome, proposal.decided_at, proposal.decided_by = "approved", NOON, proposal.proposed_by
    with pytest.raises(IntegrityError), transaction.atomic():
        proposal.save()
    proposal.decided_by, proposal.decided_person_id = "account:0", proposal.proposed_person_id
    with pytest.raises(IntegrityError), transaction.atomic():
        proposal.save()


def test_the_same_command_again_changes_nothing(plan: PlanVersion) -> None:
    by = bureau.duty()
    first = bureau.propose(plan, by=by)
    assert bureau.propose(plan, by=by) == first
    assert Operation.objects.count() == 1


def test_a_stood_down_operation_stays_so(operation: Operation) -> None:
    proposal = services.stand_down_propose(by=bureau.duty(), operation=operation, reason="x", government_level=0)
    ended = bureau.approve(proposal, bureau.chief(NOON + HOUR)).operation
    assert (ended.state, ended.level, ended.closed_at) == ("stood_down", 0, NOON + HOUR)
    assert LevelPeriod.objects.get(operation=ended).to_at == NOON + HOUR
    with pytest.raises(errors.WrongState):
        services.level_propose(by=bureau.duty(), operation=ended, level=2, reason="x", government_level=2)
    with pytest.raises(errors.WrongState):
        services.arising_enter(by=bureau.duty(), operation=ended, kind="transfer", ref="T-1")


def test_a_replay_may_be_decided_by_a_script_of_two(plan: PlanVersion) -> None:
    first, second = Actor.system("replay-duty-officer", NOON), Actor.system("replay-commander", NOON)
    proposal = bureau.propose(plan, by=first, mode="replay")
    with pytest.raises(errors.SamePerson):
        bureau.approve(proposal, first.at(NOON))
    assert bureau.approve(proposal, second).operation.mode == "replay"
    assert date(2020, 4, 30) == proposal.operation.expected_until
