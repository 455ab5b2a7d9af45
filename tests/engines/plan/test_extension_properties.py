"""What holds of any lower plan: nothing is lost, stricter is accepted, looser is refused by its own rule alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.engines.plan import Plan
from muster.engines.plan.checks.extension import LOOSER, contradictions
from muster.engines.plan.deadlines import due_at
from muster.engines.plan.extension import Lower, extend
from muster.engines.plan.narrowing import Narrowing, is_later
from muster.engines.plan.types import Clause, Measure, PeopleNeed, Text
from muster.engines.plan.words import PARTNERS
from muster.engines.plan.world import YARDSTICKS
from tests.engines.plan.faults import shipped

UNIT = "ORDER"  # whose chief is a role of the shipped plan, so a narrowing may hand a clause to him
CLAUSES = shipped().clauses
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
ZONE = ZoneInfo("Asia/Shanghai")
Due = timedelta | time
EVIDENCE = ("patrol_log", "register", "recording")


def lower(narrowings: tuple[Narrowing, ...] = (), clauses: tuple[Clause, ...] = (), name: str = "S-LOW") -> Lower:
    return Lower(
        id=name,
        version="1.0",
        title=Text("下级", "lower"),
        hash="0" * 64,
        unit=UNIT,
        reviewed_on=None,
        review_months=None,
        exercise_months=None,
        legal_basis=(),
        roles={},
        standards={},
        reserve_days={},
        narrowings=narrowings,
        clauses=clauses,
        claims={},
        lines={},
        file="low.yaml",
    )


def rules(plan: Plan) -> list[str]:
    return sorted(finding.id for finding in contradictions(plan, YARDSTICKS))


def shorter(draw: st.DrawFn, span: timedelta) -> timedelta:
    return MINUTE * draw(st.integers(1, max(1, int(span / MINUTE))))


def longer(draw: st.DrawFn, span: timedelta) -> timedelta:
    return span + MINUTE * draw(st.integers(1, 60 * 24 * 30))


def fields_of(clause: Clause) -> list[str]:
    """Fields of a clause that can become looser."""
    return [
        name
        for name, can in (
            ("due", True),
            ("every", clause.every is not None),
            ("levels", bool(clause.levels)),
            ("people", bool(clause.people)),
            ("standard", clause.standard in ("raised", "full")),
            ("supplies", bool(clause.supplies)),
            ("partners", bool(clause.partners)),
            ("evidence", bool(clause.evidence)),
            ("measure", clause.measure is not None and clause.measure.expires is not None),
            ("actor", True),
        )
        if can
    ]


@st.composite
def stricter(draw: st.DrawFn) -> Narrowing:
    """A clause of the shipped plan with some of its fields stricter or as they are."""
    clause = draw(st.sampled_from(CLAUSES))
    names = draw(st.lists(st.sampled_from(fields_of(clause)), min_size=1, unique=True))
    return Narrowing(clause.id, {name: _stricter(draw, clause, name) for name in names})


def _stricter(draw: st.DrawFn, clause: Clause, name: str) -> Any:
    match name:
        case "due" if isinstance(clause.due, timedelta):
            return shorter(draw, clause.due)
        case "due":
            return clause.due  # of two times of day neither is always the earlier one
        case "every":
            assert clause.every is not None
            return shorter(draw, clause.every)
        case "levels":
            return clause.levels | draw(st.frozensets(st.integers(1, 4)))
        case "people":
            return tuple(replace(need, count=need.count + draw(st.integers(0, 50))) for need in clause.people)
        case "standard":
            return draw(st.sampled_from([clause.standard, "full"]))
        case "supplies":
            return tuple(replace(one, quantity=one.quantity + draw(st.floats(0, 100))) for one in clause.supplies)
        case "partners":
            return tuple(dict.fromkeys((*clause.partners, *draw(st.lists(st.sampled_from(PARTNERS))))))
        case "evidence":
            return tuple(dict.fromkeys((*clause.evidence, *draw(st.lists(st.sampled_from(EVIDENCE))))))
        case "measure":
            assert clause.measure is not None
            assert clause.measure.expires is not None
            return Measure("", shorter(draw, clause.measure.expires), None)
        case _:
            return draw(st.sampled_from([clause.actor, "order_chief", "community_chief"]))


@st.composite
def looser(draw: st.DrawFn) -> tuple[str, Narrowing]:
    """A clause with exactly one field looser, and the name of the field."""
    clause = draw(st.sampled_from(CLAUSES))
    name = draw(st.sampled_from(fields_of(clause)))
    return name, Narrowing(clause.id, {name: _looser(draw, clause, name)})


def _looser(draw: st.DrawFn, clause: Clause, name: str) -> Any:
    match name:
        case "due" if isinstance(clause.due, timedelta):
            return longer(draw, clause.due)
        case "due":
            return longer(draw, timedelta(days=1))  # a time of day is at most a day away
        case "every":
            assert clause.every is not None
            return longer(draw, clause.every)
        case "levels":
            return clause.levels - {draw(st.sampled_from(sorted(clause.levels)))}
        case "people":
            return _fewer(draw, clause.people)
        case "standard":
            return draw(st.sampled_from(["", "basic", "no_such_standard"]))
        case "supplies":
            at = draw(st.integers(0, len(clause.supplies) - 1))
            less = replace(clause.supplies[at], quantity=clause.supplies[at].quantity * draw(st.floats(0, 0.99)))
            return (*clause.supplies[:at], less, *clause.supplies[at + 1 :])
        case "partners" | "evidence":
            named: tuple[str, ...] = getattr(clause, name)
            gone = draw(st.sampled_from(named))
            return tuple(one for one in named if one != gone)
        case "measure":
            assert clause.measure is not None
            assert clause.measure.expires is not None
            return Measure("", longer(draw, clause.measure.expires), None)
        case _:
            own = {name for name, role in shipped().roles.items() if role.unit == UNIT}
            others = sorted(set(shipped().roles) - own - {clause.actor})
            return draw(st.sampled_from([*others, "no_such_role"]))


def _fewer(draw: st.DrawFn, needs: tuple[PeopleNeed, ...]) -> tuple[PeopleNeed, ...]:
    at = draw(st.integers(0, len(needs) - 1))
    need = needs[at]
    less = draw(
        st.sampled_from(
            [
                replace(need, count=max(0, need.count - 1)),
                replace(need, shifts=max(0, need.shifts - 1)),
                replace(need, source="unit:CUSTODY" if need.source == "unit:EXITENTRY" else "unit:EXITENTRY"),
                replace(need, handles=need.handles * 2),
            ]
        )
    )
    return (*needs[:at], less, *needs[at + 1 :])


@st.composite
def additions(draw: st.DrawFn, letter: str) -> tuple[Clause, ...]:
    """Copies of clauses under ids that no other plan has."""
    chosen = draw(st.lists(st.sampled_from(CLAUSES), max_size=3))
    return tuple(replace(clause, id=f"{letter}{place:03d}X") for place, clause in enumerate(chosen))


@given(narrowings=st.lists(st.one_of(stricter(), looser().map(lambda one: one[1])), max_size=6), own=additions("A"))
@settings(deadline=None, max_examples=60)
def test_no_inherited_clause_is_ever_lost_or_moved(narrowings: list[Narrowing], own: tuple[Clause, ...]) -> None:
    plan = extend(shipped(), lower(tuple(narrowings), own))
    assert [clause.id for clause in plan.clauses] == [clause.id for clause in (*CLAUSES, *own)]
    for clause in CLAUSES:
        here = plan.clause(clause.id)
        kept = ("id", "title", "phase", "action", "on", "after", "per", "ground", "renews", "decision", "data_class")
        assert all(getattr(here, name) == getattr(clause, name) for name in kept)


@given(narrowing=stricter())
@settings(deadline=None, max_examples=300)
def test_what_is_stricter_is_never_refused(narrowing: Narrowing) -> None:
    plan = extend(shipped(), lower((narrowing,)))
    assert set(rules(plan)) <= {"P814"}  # it may say what the higher plan says


@given(found=looser())
@settings(deadline=None, max_examples=300)
def test_what_is_looser_is_refused_by_its_own_rule_alone_and_changes_nothing(found: tuple[str, Narrowing]) -> None:
    name, narrowing = found
    plan = extend(shipped(), lower((narrowing,)))
    assert rules(plan) == [LOOSER[name].id]
    assert plan.clauses == shipped().clauses


@given(
    above=st.lists(stricter(), max_size=4),
    below=st.lists(st.one_of(stricter(), looser().map(lambda one: one[1])), max_size=4),
    first=additions("A"),
    second=additions("B"),
)
@settings(deadline=None, max_examples=80)
def test_one_after_the_other_means_what_both_together_mean(
    above: list[Narrowing], below: list[Narrowing], first: tuple[Clause, ...], second: tuple[Clause, ...]
) -> None:
    in_two = extend(extend(shipped(), lower(tuple(above), first, "S-MID")), lower(tuple(below), second))
    at_once = extend(shipped(), lower((*above, *below), (*first, *second)))
    assert in_two.clauses == at_once.clauses
    assert (in_two.roles, in_two.standards, in_two.reserve_days) == (
        at_once.roles,
        at_once.standards,
        at_once.reserve_days,
    )


@given(narrowings=st.lists(st.one_of(stricter(), looser().map(lambda one: one[1])), max_size=5))
@settings(deadline=None, max_examples=60)
def test_what_was_made_stricter_is_no_contradiction_when_it_is_said_again(narrowings: list[Narrowing]) -> None:
    plan = extend(shipped(), lower(tuple(narrowings)))
    same = [
        Narrowing(name, {field: getattr(plan.clause(name), field) for field in fields if field != "measure"})
        for name, fields in (plan.extension.narrowed if plan.extension else {}).items()
        if set(fields) - {"measure"}
    ]
    assert set(rules(extend(shipped(), lower(tuple(same))))) <= {"P814"}


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2020, 1, 9), timezones=st.just(UTC))
DUES = st.one_of(
    st.builds(time, st.integers(0, 23), st.integers(0, 59)), st.integers(2, 60 * 24 * 3).map(lambda n: n * MINUTE)
)


@given(DUES, DUES, MOMENTS)
def test_what_is_never_later_is_never_later_whenever_it_begins(a: Due, b: Due, begun: datetime) -> None:
    if is_later(a, b) is False:
        assert due_at(a, begun, ZONE) <= due_at(b, begun, ZONE)
    if is_later(a, b) is True:
        assert due_at(a, begun, ZONE) >= due_at(b, begun, ZONE)


@given(DUES, DUES)
def test_what_is_left_open_goes_both_ways(a: Due, b: Due) -> None:
    """Begun just before and just after each of the two moments of the day, each of them is once the later one."""
    if is_later(a, b) is not None:
        return
    day = datetime(2020, 1, 5, tzinfo=ZONE)
    clocks = [datetime.combine(day, one, ZONE) for one in (a, b) if isinstance(one, time)]
    around = [clock + step for clock in clocks for step in (-timedelta(seconds=1), timedelta(0))]
    sooner = {due_at(a, one, ZONE) < due_at(b, one, ZONE) for one in around}
    assert sooner == {True, False}


@pytest.mark.parametrize(
    ("higher", "written", "told"),
    [
        (time(8), time(7), ["P820"]),
        (time(8), time(9), ["P820"]),
        (time(8), 2 * HOUR, ["P820"]),
        (time(8), 30 * HOUR, ["P801"]),
        (6 * HOUR, time(7), ["P820"]),
        (24 * HOUR, time(7), []),
        (time(8), time(8), ["P814"]),
    ],
)
def test_a_time_of_day_is_stricter_only_where_that_can_be_told(higher: Due, written: Due, told: list[str]) -> None:
    clauses = tuple(replace(clause, due=higher) if clause.id == "K03" else clause for clause in CLAUSES)
    above = replace(shipped(), clauses=clauses)
    plan = extend(above, lower((Narrowing("K03", {"due": written}),)))
    assert rules(plan) == told
    assert plan.clause("K03").due == (written if not told else higher)
