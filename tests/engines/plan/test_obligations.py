"""That a level and a restriction are looked at again, and that it is reported: when it is asked for, and of whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import given, settings

from muster.engines.plan import Plan, load_plan
from muster.engines.plan.effects import Effect, LevelSet, TaskClosed, TaskRaised, TaskWithdrawn
from muster.engines.plan.events import (
    Activated,
    LevelChanged,
    PlaceClosed,
    PlaceOpened,
    StoodDown,
    TaskDone,
    TaskKey,
    TimePassed,
)
from muster.engines.plan.types import Measure
from tests.engines.plan.fate import BEGIN, DAY, HOUR, Story, clause, late, level, plan_of, raised, withdrawn
from tests.engines.plan.test_transition_properties import Fate, fates

REVIEW, REPORT = TaskKey("II.R"), TaskKey("II.S")


def watched() -> Story:
    """An operation at level II, which is reviewed each two days and reported each eight hours; III each week."""
    levels = [level(2, review=2 * DAY, report_every=8 * HOUR), level(3, review=7 * DAY, report_every=DAY)]
    told = Story(plan_of([], levels))
    told.tell(Activated(BEGIN, 2))
    return told


def closed(*, expires: timedelta | None = 3 * DAY, review: timedelta | None = DAY) -> Story:
    """Two communities to be closed; the closing of the first is in place since an hour after the beginning."""
    measure = Measure("closed_community", expires, review)
    told = Story(plan_of([clause("K", scales="site", per="closed_community", measure=measure, actor="order_chief")]))
    told.tell(Activated(BEGIN, 2), *(PlaceOpened(BEGIN, "closed_community", place) for place in ("C1", "C2")))
    told.tell(TaskDone(BEGIN + HOUR, TaskKey("K", "C1")))
    return told


def test_a_level_asks_for_its_review_and_its_report_from_the_moment_when_it_is_set() -> None:
    told = watched()
    assert told.open_tasks() == {REVIEW, REPORT}
    assert (told.due("II.R"), told.due("II.S")) == (BEGIN + 2 * DAY, BEGIN + 8 * HOUR)


def test_a_report_is_asked_for_in_each_period_and_is_late_when_it_is_over() -> None:
    told = watched()
    told.tell(TaskDone(BEGIN + HOUR, REPORT))
    assert raised(told.tell(TimePassed(BEGIN + 7 * HOUR))) == [], "this period has its report"
    assert raised(told.tell(TimePassed(BEGIN + 8 * HOUR))) == [TaskKey("II.S", "", "2")]
    assert told.due("II.S", "", "2") == BEGIN + 16 * HOUR
    effects = told.tell(TimePassed(BEGIN + 17 * HOUR))
    assert late(effects) == [TaskKey("II.S", "", "2")]
    assert raised(effects) == [], "it stands for the next period too"


def test_another_level_is_reviewed_and_reported_in_its_own_time() -> None:
    told = watched()
    effects = told.tell(LevelChanged(BEGIN + DAY, 3))
    assert withdrawn(effects) == [REVIEW, REPORT]
    assert raised(effects) == [TaskKey("III.R"), TaskKey("III.S")]
    assert told.due("III.R") == BEGIN + 8 * DAY


def test_nothing_is_reviewed_after_the_stand_down() -> None:
    told = watched()
    assert withdrawn(told.tell(StoodDown(BEGIN + DAY))) == [REVIEW, REPORT]
    assert raised(told.tell(TimePassed(BEGIN + 30 * DAY))) == []


def test_a_measure_is_looked_at_again_from_the_moment_when_it_is_in_place_and_only_there() -> None:
    told = closed()
    assert told.open_tasks() == {TaskKey("K", "C2"), TaskKey("K.R", "C1")}
    assert told.due("K.R", "C1") == BEGIN + HOUR + DAY


def test_a_measure_is_looked_at_in_each_period_as_long_as_it_lasts() -> None:
    told = closed(expires=None)
    told.tell(TaskDone(BEGIN + 20 * HOUR, TaskKey("K.R", "C1")))
    assert raised(told.tell(TimePassed(BEGIN + 24 * HOUR))) == []
    assert raised(told.tell(TimePassed(BEGIN + 25 * HOUR))) == [TaskKey("K.R", "C1", "2")]
    assert withdrawn(told.tell(PlaceClosed(BEGIN + 26 * HOUR, "closed_community", "C1"))) == [TaskKey("K.R", "C1", "2")]
    assert raised(told.tell(TimePassed(BEGIN + 9 * DAY))) == []


def test_a_place_that_is_closed_and_opened_again_is_looked_at_anew() -> None:
    told = closed()
    told.tell(PlaceClosed(BEGIN + 2 * HOUR, "closed_community", "C1"))
    told.tell(PlaceOpened(BEGIN + 3 * HOUR, "closed_community", "C1"))
    assert TaskKey("K.R", "C1", "2") not in told.open_tasks()
    assert raised(told.tell(TaskDone(BEGIN + 4 * HOUR, TaskKey("K", "C1", "2")))) == [TaskKey("K.R", "C1", "2")]


def test_a_measure_that_ran_out_is_not_looked_at_again() -> None:
    told = closed()
    assert withdrawn(told.tell(TimePassed(BEGIN + HOUR + 3 * DAY))) == [TaskKey("K.R", "C1")]
    assert raised(told.tell(TimePassed(BEGIN + 9 * DAY))) == []


def test_to_renew_a_measure_is_to_look_at_it_again() -> None:
    measure = Measure("closed_community", expires=3 * DAY, review=DAY)
    renewing = clause("N", scales="site", per="closed_community", renews="K", every=2 * DAY)
    told = Story(plan_of([clause("K", scales="site", per="closed_community", measure=measure), renewing]))
    told.tell(Activated(BEGIN, 2), PlaceOpened(BEGIN, "closed_community", "C1"), TaskDone(BEGIN, TaskKey("K", "C1")))
    effects = told.tell(TaskDone(BEGIN + 5 * HOUR, TaskKey("N", "C1")))
    assert TaskClosed(TaskKey("K.R", "C1"), BEGIN + 5 * HOUR) in effects
    assert raised(effects) == [TaskKey("K.R", "C1", "2")]
    assert told.due("K.R", "C1", "2") == BEGIN + 5 * HOUR + DAY


def test_what_has_no_term_is_not_asked_for() -> None:
    assert closed(review=None).open_tasks() == {TaskKey("K", "C2")}
    assert Story(plan_of([], [level(2)])).tell(Activated(BEGIN, 2)) == (LevelSet(2, BEGIN),)


def test_the_role_that_sets_the_level_reviews_it_and_the_role_that_reports_reports(small_plan: Plan) -> None:
    owners = {one.id: one.actor for one in small_plan.level_obligations}
    assert owners["I.R"] == "commander"
    assert owners["I.S"] == "plans_chief", "its clause C03 reports at this level"
    assert small_plan.measure_reviews["K02"].actor == "sub_bureau_chief", "as K02 itself"


def test_without_a_clause_that_reports_the_role_that_sets_the_level_reports(example_text: str) -> None:
    silent = load_plan(example_text.replace("action: report", "action: inform"))
    assert {one.actor for one in silent.level_obligations} == {"commander"}


def test_a_review_is_a_decision_and_a_report_is_none(small_plan: Plan) -> None:
    obligations = {one.id: one for one in (*small_plan.level_obligations, *small_plan.measure_reviews.values())}
    assert {name for name, one in obligations.items() if one.decision} == {"I.R", "II.R", "III.R", "K02.R"}
    assert obligations["I.S"].evidence == ("situation_report",)


def test_no_author_can_write_an_id_that_an_obligation_has(small_plan: Plan) -> None:
    assert not {"C01", "K02", "K03"} & {one.id for one in small_plan.level_obligations}
    assert len(small_plan.by_id) == len(small_plan.clauses) + 6 + 1


@dataclass
class Periods:
    """Who must look at what, in which period, from effects and events alone.

    `since` is when the periods of an obligation in a place began to count; `last` when it was last met.
    """

    plan: Plan
    since: dict[tuple[str, str], datetime] = field(default_factory=dict)
    last: dict[tuple[str, str], datetime] = field(default_factory=dict)
    open: set[tuple[str, str]] = field(default_factory=set)

    def hear(self, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            match effect:
                case LevelSet(number, at):
                    self.since = {spot: one for spot, one in self.since.items() if self._stands(spot[0], number)}
                    self.since |= {(one.id, ""): at for one in self.plan.level_obligations if number in one.levels}
                case TaskRaised(key):
                    self.open.add(key[:2])
                case TaskWithdrawn(key):
                    self.open.discard(key[:2])
                case TaskClosed(key, at):
                    self.open.discard(key[:2])
                    self.last[key[:2]] = at

    def _stands(self, name: str, number: int) -> bool:
        return number in self.plan.clause(name).levels

    def met(self, spot: tuple[str, str], at: datetime) -> bool:
        """Open, or met in the period in which `at` lies."""
        every = self.plan.clause(spot[0]).every
        assert every is not None
        begun = self.since[spot] + (at - self.since[spot]) // every * every
        return spot in self.open or self.last.get(spot, BEGIN - DAY) >= begun


@given(fates)
@settings(max_examples=120, deadline=None)
def test_at_every_look_at_the_clock_each_level_is_up_for_review_or_was_reviewed_in_this_period(fate: Fate) -> None:
    periods = Periods(fate.plan)
    for told in fate.steps:
        periods.hear(told.effects)
        if isinstance(told.event, TimePassed) and told.after.now is not None:
            assert all(periods.met(spot, told.after.now) for spot in periods.since)


@given(fates)
@settings(max_examples=120, deadline=None)
def test_a_measure_is_reviewed_exactly_where_it_is_in_place(fate: Fate) -> None:
    """In place: its task was done while its clause stood there, which goes on and has not run out."""
    reviews = {review.id: name for name, review in fate.plan.measure_reviews.items()}
    in_place: set[tuple[str, str]] = set()
    for told in fate.steps:
        if isinstance(told.event, TaskDone) and told.event.key in told.before.tasks:
            closed_now = told.event.key not in told.after.tasks
            in_place |= {told.event.key[:2]} if closed_now else set()
        in_place = {spot for spot in in_place if spot in told.after.standing}
        lasting = {spot for spot in in_place if not told.after.standing[spot].ended}
        standing = {s for s, one in told.after.standing.items() if s[0] in reviews and not one.ended}
        assert standing == {(name, place) for name, of in reviews.items() for what, place in lasting if what == of}
        assert {key[:2] for key in told.after.tasks if key.clause in reviews} <= standing


@given(fates)
@settings(max_examples=80, deadline=None)
def test_an_obligation_is_due_at_the_end_of_a_whole_period(fate: Fate) -> None:
    names = {one.id for one in (*fate.plan.level_obligations, *fate.plan.measure_reviews.values())}
    for told in fate.steps:
        for effect in told.effects:
            if isinstance(effect, TaskRaised) and effect.key.clause in names:
                assert effect.due_at == effect.at + (fate.plan.clause(effect.key.clause).every or timedelta())
                assert effect.waits_for == ()
