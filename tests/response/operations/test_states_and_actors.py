"""Every state an operation can be in, met by every kind of actor: only two different authorised people move it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from muster.kernel.commands import Actor, NotPermitted
from muster.kernel.errors import DomainError
from muster.preparedness.plans.models import PlanVersion
from muster.response.operations import services
from muster.response.operations.models import Decision, LevelPeriod, Operation, Proposal
from muster.response.operations.permits import DECIDERS
from muster.response.operations.queries.difference import difference_of
from tests.response.operations import bureau

ROLES = ["commander", "duty_officer", "plans_officer", "field_officer", "exercise_controller", "system"]
PEOPLE = ["P-CHIEF", "P-DEPUTY", "P-DUTY", None]
actors = st.tuples(st.sampled_from(ROLES), st.sampled_from(PEOPLE), st.integers(0, 1))


class Bureau(RuleBasedStateMachine):
    """Anybody may try anything; what comes of it is checked against who was behind it."""

    plan: PlanVersion

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.now = bureau.NOON

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def actor(self, who: tuple[str, str | None, int]) -> Actor:
        """A role, a person behind it or none, and which of his accounts."""
        role, code, account = who
        self.now += timedelta(minutes=1)
        if role == "system":
            return Actor.system(f"machine-{account}", self.now)
        person = bureau.person(code) if code else None
        number = (person.pk if person else 0) * 10 + account
        return Actor(
            f"account:{number}",
            frozenset({role}),
            account_id=number,
            person_id=person.pk if person else None,
            now=self.now,
        )

    @rule(who=actors, level=st.integers(1, 3))
    def propose(self, who: tuple[str, str | None, int], level: int) -> None:
        """An activation, or another level of what runs."""
        by, running = self.actor(who), Operation.objects.filter(state="active").first()
        with allowed():
            if running is None:
                bureau.propose(self.plan, by=by, level=level)
            else:
                services.level_propose(by=by, operation=running, level=level, reason="x", government_level=level)

    @rule(who=actors)
    def propose_the_end(self, who: tuple[str, str | None, int]) -> None:
        by, running = self.actor(who), Operation.objects.filter(state="active").first()
        if running is not None:
            with allowed():
                services.stand_down_propose(by=by, operation=running, reason="x", government_level=0)

    @rule(who=actors)
    def approve(self, who: tuple[str, str | None, int]) -> None:
        by, waiting = self.actor(who), Proposal.objects.order_by("pk").last()
        if waiting is not None:
            with allowed():
                mark = difference_of(proposal=waiting, at=by.now).mark
                services.proposal_approve(by=by, proposal=waiting, reason="x", seen=mark)

    @rule(who=actors)
    def refuse(self, who: tuple[str, str | None, int]) -> None:
        by, waiting = self.actor(who), Proposal.objects.order_by("pk").last()
        if waiting is not None:
            with allowed():
                services.proposal_refuse(by=by, proposal=waiting, reason="x")

    @invariant()
    def every_level_was_set_by_two_authorised_people(self) -> None:
        for proposal in Proposal.objects.filter(outcome="approved"):
            assert proposal.proposed_person_id
            assert proposal.decided_person_id
            assert proposal.proposed_person_id != proposal.decided_person_id
            assert proposal.proposed_by != proposal.decided_by
        for period in LevelPeriod.objects.select_related("decision__proposal"):
            proposal = period.decision.proposal
            assert proposal is not None
            assert (proposal.outcome, proposal.level) == ("approved", period.level)

    @invariant()
    def what_is_active_has_one_level_in_force(self) -> None:
        for operation in Operation.objects.all():
            in_force = operation.level_periods.filter(to_at__isnull=True)
            assert [period.level for period in in_force] == ([operation.level] if operation.state == "active" else [])

    @invariant()
    def each_decision_is_of_a_person_who_may(self) -> None:
        assert not Decision.objects.filter(person__isnull=True).exists()


class allowed:
    """A refusal is an answer; anything else is a fault."""

    def __enter__(self) -> None:
        self.point = transaction.atomic()
        self.point.__enter__()

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: object) -> bool:
        self.point.__exit__(kind, problem, trace)  # type: ignore[arg-type]
        return kind is not None and issubclass(kind, DomainError | NotPermitted)


def test_no_order_of_attempts_gives_a_level_without_two_people(plan: PlanVersion) -> None:
    Bureau.plan = plan
    run_state_machine_as_test(Bureau, settings=settings(max_examples=30, stateful_step_count=12, deadline=None))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", ["proposed", "active", "refused", "stood_down"])
def test_each_state_meets_each_role(plan: PlanVersion, state: str, role: str) -> None:
    """All pairs: an unauthorised role changes nothing in any state."""
    operation = _in_state(plan, state)
    waiting = Proposal.objects.filter(outcome="waiting").first()
    by = Actor.system("x", bureau.NOON) if role == "system" else bureau.someone("P-PLANS", role)
    before = (operation.state, operation.level)
    attempts = [lambda: services.level_propose(by=by, operation=operation, level=2, reason="x", government_level=2)]
    if waiting is not None:
        attempts.append(lambda: bureau.approve(waiting, by.at(bureau.NOON)))
    outcomes = [_outcome(attempt) for attempt in attempts]
    operation.refresh_from_db()
    if role not in DECIDERS:
        assert set(outcomes) <= {NotPermitted}
        assert (operation.state, operation.level) == before
    elif state in ("refused", "stood_down"):
        assert None not in outcomes
        assert (operation.state, operation.level) == before


def _outcome(attempt: object) -> type[BaseException] | None:
    try:
        attempt()  # type: ignore[operator]
    except (DomainError, NotPermitted) as problem:
        return type(problem)
    return None


def _in_state(plan: PlanVersion, state: str) -> Operation:
    proposal = bureau.propose(plan, by=bureau.duty())
    if state == "refused":
        return services.proposal_refuse(by=bureau.chief(), proposal=proposal, reason="x").operation
    if state in ("active", "stood_down"):
        operation = bureau.approve(proposal, bureau.chief()).operation
        if state == "active":
            return operation
        end = services.stand_down_propose(by=bureau.duty(), operation=operation, reason="x", government_level=0)
        return bureau.approve(end, bureau.chief()).operation
    return proposal.operation
