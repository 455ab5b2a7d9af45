"""Levels go up and down by the figures, the government and two people; what is shown is what happens."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from muster.engines.plan import needs, people_in_a_shift
from muster.engines.plan.checks.titles import in_words
from muster.engines.plan.state import State
from muster.engines.plan.words import INDICATORS
from muster.preparedness.plans.models import PlanVersion
from muster.preparedness.plans.queries import plan_of
from muster.response.operations import errors, services
from muster.response.operations.models import EngineState, LogEntry, Operation, Proposal, Task
from muster.response.operations.queries.difference import difference_of, unit_counts
from muster.response.operations.services.authority import steps_above
from muster.response.operations.services.ticking import something_follows, tick_all
from tests.response.operations import bureau
from tests.response.operations.bureau import DAY, HOUR, NOON
from tests.response.operations.rolled_back import rolled_back

LEVELS = st.sampled_from([1, 2, 3])


@pytest.mark.parametrize(("level", "government", "above"), [(1, 1, 0), (1, 2, 1), (4, 0, 1), (0, 4, -1), (3, 1, -2)])
def test_one_is_above_two_and_none_is_below_four(level: int, government: int, above: int) -> None:
    assert steps_above(level, government) == above


def test_one_above_the_government_needs_the_written_order(plan: PlanVersion) -> None:
    with pytest.raises(errors.AuthorityMissing):
        bureau.propose(plan, level=2, government_level=3)
    assert bureau.propose(plan, level=2, government_level=3, written_order="市局令〔2020〕1号").level == 2


def test_two_above_the_government_is_never_open(plan: PlanVersion) -> None:
    with pytest.raises(errors.AuthorityMissing):
        bureau.propose(plan, level=1, government_level=3, written_order="市局令〔2020〕1号")


def test_below_the_government_needs_its_consent(plan: PlanVersion) -> None:
    with pytest.raises(errors.AuthorityMissing):
        bureau.propose(plan, level=3, government_level=2)
    assert bureau.propose(plan, level=3, government_level=2, government_consent="市府函〔2020〕2号").level == 3


def test_the_province_binds_whatever_is_stated(plan: PlanVersion) -> None:
    bureau.declare(1, NOON - HOUR)
    with pytest.raises(errors.AuthorityMissing):
        bureau.propose(plan, level=3, government_level=3)
    assert bureau.propose(plan, level=1, government_level=3).government_level == 1


def test_what_the_province_declares_between_proposal_and_approval_counts(plan: PlanVersion) -> None:
    proposal = bureau.propose(plan, level=3)
    bureau.declare(1, NOON)
    with pytest.raises(errors.AuthorityMissing):
        bureau.approve(proposal, bureau.chief(NOON + HOUR))


def test_a_level_that_the_plan_does_not_have_is_refused(plan: PlanVersion) -> None:
    with pytest.raises(errors.LevelNotInPlan):
        bureau.propose(plan, level=4)


def test_the_present_level_is_no_change(operation: Operation) -> None:
    with pytest.raises(errors.LevelUnchanged):
        services.level_propose(by=bureau.duty(), operation=operation, level=3, reason="x")


def test_the_first_case_is_a_recommendation_and_no_more(operation: Operation) -> None:
    bureau.watch_from(date(2020, 1, 10))
    for day in range(10, 21):
        bureau.report_cases(date(2020, 1, day), 2)
    evening = NOON + 9 * HOUR
    services.tick(by=bureau.muster(evening), operation=operation)
    advice = Proposal.objects.get(source="system")
    assert (advice.level, advice.rule, advice.kind) == (2, "trigger:II", "change_level")
    assert advice.seen["local_cases_7d"]["value"] == 14
    operation.refresh_from_db()
    assert operation.level == 3
    with pytest.raises(errors.NotForTheSystem):
        bureau.approve(advice, bureau.chief(evening))


def test_a_recommendation_is_taken_up_by_one_person_and_decided_by_another(operation: Operation) -> None:
    advice = _advised(operation)
    later = advice.proposed_at + HOUR
    own = services.recommendation_take_up(by=bureau.duty(later), proposal=advice, reason="情况属实", government_level=2)
    advice.refresh_from_db()
    assert (advice.outcome, own.recommended_by, own.rule) == ("taken_up", advice, advice.rule)
    with pytest.raises(errors.SamePerson):
        bureau.approve(own, bureau.duty(later))
    assert bureau.approve(own, bureau.chief(later)).operation.level == 2


def test_a_refused_recommendation_comes_back_with_other_figures(operation: Operation) -> None:
    advice = _advised(operation)
    later = advice.proposed_at + HOUR
    services.proposal_refuse(by=bureau.chief(later), proposal=advice, reason="数据待核")
    assert not something_follows(operation, later + HOUR)
    bureau.report_cases(date(2020, 1, 21), 5)
    services.tick(by=bureau.muster(later + DAY), operation=operation)
    assert Proposal.objects.filter(source="system", outcome="waiting", level=2).count() == 1


def test_what_the_figures_no_longer_speak_for_is_overtaken(operation: Operation) -> None:
    advice = _advised(operation)
    for day in range(21, 29):
        bureau.report_cases(date(2020, 1, day), 0)
    services.tick(by=bureau.muster(NOON + 8 * DAY + 9 * HOUR), operation=operation)
    advice.refresh_from_db()
    assert advice.outcome == "overtaken"


def test_a_look_at_the_same_figures_writes_nothing(operation: Operation) -> None:
    advice = _advised(operation)
    before = LogEntry.objects.count()
    assert not something_follows(operation, advice.proposed_at + HOUR / 60)
    assert LogEntry.objects.count() == before


def test_only_live_operations_are_looked_at_by_the_worker(plan: PlanVersion) -> None:
    bureau.activated(plan, mode="exercise")
    assert tick_all() == 0


def test_unknown_figures_are_said_once(operation: Operation) -> None:
    services.tick(by=bureau.muster(NOON + HOUR), operation=operation)
    services.tick(by=bureau.muster(NOON + 2 * HOUR), operation=operation)
    lines = LogEntry.objects.filter(kind="figures")
    assert lines.count() == 1
    assert "local cases of 7 days" in lines[0].text_en
    assert "近7日本地病例" in lines[0].text_zh


def test_a_recommendation_says_its_rule_and_its_figures_in_words_in_both_languages(operation: Operation) -> None:
    advice = _advised(operation)
    condition = plan_of(operation.plan_version).level(2).trigger.text
    assert advice.rule == "trigger:II"
    assert in_words(condition).zh in advice.reason_zh
    assert in_words(condition).en in advice.reason_en
    assert "近7日本地病例 14" in advice.reason_zh
    assert "local cases of 7 days 14" in advice.reason_en
    line = LogEntry.objects.get(kind="proposal", text_en__startswith="Muster recommends")
    for said in (advice.reason_zh, advice.reason_en, line.text_zh, line.text_en):
        assert not [name for name in INDICATORS if name in said], "no name of the plan language stands in it"


def test_what_a_person_says_stands_for_both_languages(operation: Operation) -> None:
    services.proposal_refuse(by=bureau.chief(NOON + 10 * HOUR), proposal=_advised(operation), reason="再观察一天")
    refused = Proposal.objects.get(source="system")
    decision = refused.decisions.get()
    assert {refused.because_zh, refused.because_en, decision.reason_zh, decision.reason_en} == {"再观察一天"}


def _advised(operation: Operation) -> Proposal:
    bureau.watch_from(date(2020, 1, 10))
    for day in range(10, 21):
        bureau.report_cases(date(2020, 1, day), 2)
    services.tick(by=bureau.muster(NOON + 9 * HOUR), operation=operation)
    return Proposal.objects.get(source="system", outcome="waiting")


places = st.sets(st.sampled_from(["CC-001", "CC-002", "CC-003"]))


@given(first=LEVELS, second=st.sampled_from([0, 1, 2, 3]), opened=places, transfers=st.integers(0, 3))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_shown_is_exactly_what_happens(
    plan: PlanVersion, first: int, second: int, opened: set[str], transfers: int
) -> None:
    """The difference that is confirmed holds the tasks that rise and fall, and the people that are needed after."""
    with rolled_back():
        operation = bureau.activated(plan, level=first)
        for code in sorted(opened):
            services.place_open(by=bureau.duty(), operation=operation, site=bureau.site(code))
        for number in range(transfers):
            services.arising_enter(by=bureau.duty(), operation=operation, kind="transfer", ref=f"T-{number}")
        proposal = _proposed(operation, second)
        if proposal is None:
            return
        shown = difference_of(proposal=proposal, at=NOON)
        before = set(Task.objects.filter(operation=operation).values_list("pk", flat=True))
        assert bureau.approve(proposal, bureau.chief()).confirmed["mark"] == shown.mark
        tasks = Task.objects.filter(operation=operation)
        new = tasks.exclude(pk__in=before)
        gone = tasks.filter(withdrawn_at=NOON)
        assert _by_clause(new) == {change.clause: change.count for change in shown.starts}
        assert _by_clause(gone) == {change.clause: change.count for change in shown.ends}
        state = State.from_dict(EngineState.objects.get(operation=operation).state)
        after = people_in_a_shift(needs(plan_of(plan), state, day=date(2020, 1, 20)), unit_counts())
        assert after == {need.code: need.after for need in shown.people if need.after}


def _proposed(operation: Operation, level: int) -> Proposal | None:
    operation.refresh_from_db()
    if level == operation.level:
        return None
    if level == 0:
        return services.stand_down_propose(by=bureau.duty(), operation=operation, reason="x", government_level=0)
    return services.level_propose(
        by=bureau.duty(), operation=operation, level=level, reason="x", government_level=level
    )


def _by_clause(tasks: object) -> dict[str, int]:
    counts: dict[str, int] = {}
    for clause in tasks.values_list("clause_id", flat=True):  # type: ignore[attr-defined]
        counts[clause] = counts.get(clause, 0) + 1
    return counts
