"""What holds for every plan and every fate, checked against watchmen that know only effects and history."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from muster.engines.plan import Clause, Plan, State, run, start, step
from muster.engines.plan.effects import Effect, MeasureExpired, TaskLate
from muster.engines.plan.events import (
    Activated,
    Arose,
    Event,
    LevelChanged,
    PlaceClosed,
    PlaceOpened,
    StoodDown,
    TaskAcknowledged,
    TaskBegun,
    TaskDone,
    TaskKey,
    TimePassed,
)
from muster.engines.plan.state import WAITING, Standing
from muster.engines.plan.types import Measure
from tests.engines.plan.fate import BEGIN, DAY, HOUR, Watchman, clause, level, plan_of, raised, withdrawn

KINDS = {"": "once", "hospital": "site", "checkpoint": "site", "transfer": "request", "verification_list": "batch"}
EVENT_KINDS = ("transfer", "verification_list")
PLACES = ("P1", "P2", "P3")
MEASURES = (None, Measure("any", DAY, None), Measure("any", 2 * DAY, 12 * HOUR), Measure("any", None, DAY))
LEVELS = [level(number, review=2 * DAY, report_every=12 * HOUR) for number in (1, 2, 3, 4)]

Move = tuple[str, int, int]


@st.composite
def clauses(draw: st.DrawFn) -> list[Clause]:
    """Any clauses: waiting for each other even in circles, for each of anything, with rounds and measures."""
    names = [f"C{number}" for number in range(draw(st.integers(2, 6)))]
    return [one(draw, name, names) for name in names]


def one(draw: st.DrawFn, name: str, names: list[str]) -> Clause:
    per = draw(st.sampled_from(list(KINDS)))
    arising = per in EVENT_KINDS
    on = draw(st.sampled_from(["", "", "", "", "stand_down", "" if arising else "level_down"]))
    levels = frozenset() if on else draw(st.frozensets(st.integers(1, 4), min_size=2))
    rounds = not arising and not on
    return clause(
        name,
        per=per,
        scales=KINDS[per],
        on=on,
        levels=levels,
        due=draw(st.sampled_from([HOUR, 6 * HOUR, 2 * DAY, time(8)])),
        every=draw(st.sampled_from([None, 12 * HOUR, DAY, 3 * DAY])) if rounds else None,
        after=tuple(draw(st.lists(st.sampled_from(names), max_size=2, unique=True))),
        measure=draw(st.sampled_from(MEASURES)) if rounds else None,
        renews=draw(st.sampled_from(["", *names])),
    )


VERBS = {
    "done": 9,
    "open": 4,
    "arise": 4,
    "pass": 5,
    "level": 3,
    "begin": 2,
    "acknowledge": 1,
    "close": 1,
    "stand_down": 1,
}
WEIGHTED = [verb for verb, weight in VERBS.items() for _ in range(weight)]
MOVES = st.lists(st.tuples(st.sampled_from(WEIGHTED), st.integers(0, 50), st.integers(0, 30)), min_size=12, max_size=40)


def event_of(move: Move, index: int, at: datetime, state: State) -> Event:
    """The move as an event, its number picking one of what there is."""
    verb, number, _hours = move
    kind, place = ("hospital", "checkpoint")[number % 2], PLACES[number % 3]
    tasks = sorted(state.tasks) or [TaskKey("NONE")]
    key = tasks[number % len(tasks)]
    makes: dict[str, Callable[[], Event]] = {
        "activate": lambda: Activated(at, number % 4 + 1),
        "level": lambda: LevelChanged(at, number % 4 + 1),
        "open": lambda: PlaceOpened(at, kind, place),
        "close": lambda: PlaceClosed(at, kind, place),
        "arise": lambda: Arose(at, EVENT_KINDS[number % 2], f"R{index}", ("", *PLACES)[number % 4]),
        "done": lambda: TaskDone(at, key),
        "acknowledge": lambda: TaskAcknowledged(at, key),
        "begin": lambda: TaskBegun(at, key),
        "pass": lambda: TimePassed(at),
        "stand_down": lambda: StoodDown(at),
    }
    return makes[verb]()


@dataclass
class Told:
    """One step of a fate."""

    before: State
    event: Event
    after: State
    effects: tuple[Effect, ...]


@dataclass
class Fate:
    plan: Plan
    steps: list[Told] = field(default_factory=list)

    @property
    def events(self) -> list[Event]:
        return [told.event for told in self.steps]


def live(plan: Plan, moves: list[Move]) -> Fate:
    """A plan lives through moves; each comes some hours after the one before."""
    fate, state, at = Fate(plan), start(), BEGIN
    for index, move in enumerate([*moves[:2], ("activate", moves[0][1], 0), *moves[2:]]):
        at += timedelta(hours=move[2])
        event = event_of(move, index, at, state)
        after, effects = step(plan, state, event)
        fate.steps.append(Told(state, event, after, effects))
        state = after
    return fate


fates = st.builds(lambda some, moves: live(plan_of(some, LEVELS), moves), clauses(), MOVES)


@given(fates)
@settings(max_examples=120, deadline=None)
def test_every_task_is_raised_once_ends_once_is_late_once_and_never_before_what_it_waits_for(fate: Fate) -> None:
    watchman = Watchman()
    for told in fate.steps:
        watchman.hear(told.effects)
        assert watchman.open == set(told.after.tasks)
        assert watchman.level == told.after.level
        waiting = {key for key, task in told.after.tasks.items() if task.status == WAITING}
        assert waiting == set(watchman.waits)


@given(fates)
@settings(max_examples=50, deadline=None)
def test_once_time_has_passed_everything_overdue_has_been_said_to_be_late(fate: Fate) -> None:
    for told in fate.steps:
        for task in told.after.tasks.values():
            overdue = task.due_at is not None and told.after.now is not None and task.due_at < told.after.now
            assert task.late <= overdue
            if isinstance(told.event, TimePassed):
                assert task.late == overdue


@given(fates)
@settings(max_examples=50, deadline=None)
def test_a_done_task_closes_unless_it_waits(fate: Fate) -> None:
    for told in fate.steps:
        if isinstance(told.event, TaskDone) and told.event.key in told.before.tasks:
            waits = told.before.tasks[told.event.key].status == WAITING
            assert (told.event.key in told.after.tasks) == waits


def fell(plan: Plan, name: str, before: int, now: int) -> bool:
    """A clause that does not stand at the level `now`, or that wound up a lower one."""
    found = plan.clause(name)
    return now not in found.levels if found.levels else found.on == "level_down" and now < before


@given(fates)
@settings(max_examples=50, deadline=None)
def test_another_level_withdraws_exactly_what_does_not_stand_at_it(fate: Fate) -> None:
    for told in fate.steps:
        if not isinstance(told.event, LevelChanged) or told.before.phase != "active":
            continue
        levels = told.before.level, told.after.level
        gone = {key for key in told.before.tasks if levels[0] != levels[1] and fell(fate.plan, key.clause, *levels)}
        assert set(withdrawn(told.effects)) == gone
        stayed = {key for key in told.before.tasks if key not in gone}
        for key in stayed:
            assert told.after.tasks[key].raised_at == told.before.tasks[key].raised_at


@given(fates, st.integers(1, 4), st.integers(1, 4))
@settings(max_examples=50, deadline=None)
def test_a_level_and_back_again_leaves_every_clause_standing_that_stood(fate: Fate, one: int, other: int) -> None:
    state = fate.steps[-1].after if fate.steps else start()
    now = state.now or BEGIN
    state, _ = run(fate.plan, state, [Activated(now, one), LevelChanged(now, one)])
    there_and_back, _ = run(fate.plan, state, [LevelChanged(now, other), LevelChanged(now, one)])
    assert set(by_level(fate.plan, state)) == set(by_level(fate.plan, there_and_back))


def by_level(plan: Plan, state: State) -> dict[tuple[str, str], Standing]:
    """What stands because of the level: not what winds up, nor the reviews of measures, which begin with these."""
    reviews = {review.id for review in plan.measure_reviews.values()}
    return {spot: one for spot, one in state.standing.items() if plan.clause(spot[0]).levels and spot[0] not in reviews}


class History:
    """Which clauses stand where, worked out from events alone: by level and open places, but for what ran out."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.level, self.active = plan, 0, False
        self.places: dict[str, set[str]] = {}
        self.ended: set[tuple[str, str]] = set()

    def learn(self, told: Told) -> None:
        match told.event:
            case Activated(_at, level) if told.before.phase == "proposed":
                self.level, self.active = level, True
            case LevelChanged(_at, level) if self.active:
                self.level = level
            case StoodDown():
                self.level, self.active = 0, False
            case PlaceOpened(_at, kind, place):
                self.places.setdefault(kind, set()).add(place)
            case PlaceClosed(_at, kind, place):
                self.places.get(kind, set()).discard(place)
        for effect in told.effects:
            if isinstance(effect, MeasureExpired):
                self.ended |= {(name, effect.place) for name in self._ends_with(effect.clause, effect.place)}
        self.ended &= self.spots()

    def _ends_with(self, name: str, place: str) -> list[str]:
        renewing = [c.id for c in self.plan.clauses if c.renews == name and (c.scales == "site" or not place)]
        return [name, *renewing]

    def spots(self) -> set[tuple[str, str]]:
        every = (*self.plan.clauses, *self.plan.level_obligations)
        clauses = [c for c in every if self.active and self.level in c.levels]
        once = {(c.id, "") for c in clauses if c.scales == "once"}
        return once | {(c.id, place) for c in clauses if c.scales == "site" for place in self.places.get(c.per, ())}


@given(fates)
@settings(max_examples=120, deadline=None)
def test_what_stands_follows_from_level_and_open_places(fate: Fate) -> None:
    history = History(fate.plan)
    for told in fate.steps:
        history.learn(told)
        standing = by_level(fate.plan, told.after)
        assert set(standing) == history.spots()
        assert {spot for spot, one in standing.items() if one.ended} == history.ended


@given(fates)
@settings(max_examples=50, deadline=None)
def test_a_clause_has_one_open_task_in_a_place_and_none_where_it_does_not_stand(fate: Fate) -> None:
    for told in fate.steps:
        spots = [key[:2] for key in told.after.tasks if fate.plan.clause(key.clause).scales in ("once", "site")]
        assert len(spots) == len(set(spots))
        assert all(spot in told.after.standing and not told.after.standing[spot].ended for spot in spots)


@given(fates)
@settings(max_examples=50, deadline=None)
def test_steps_are_repeatable_and_many_at_once_are_the_same_as_one_by_one(fate: Fate) -> None:
    state, said = run(fate.plan, start(), fate.events)
    assert said == tuple(told.effects for told in fate.steps)
    if fate.steps:
        assert state == fate.steps[-1].after


@given(fates)
@settings(max_examples=50, deadline=None)
def test_a_state_that_was_stored_and_read_again_goes_on_as_if_it_had_not(fate: Fate) -> None:
    for told in fate.steps:
        read = State.from_dict(told.before.to_dict())
        assert read == told.before
        after, effects = step(fate.plan, read, told.event)
        assert (after, effects) == (told.after, told.effects)
        assert after.waiters == told.after.waiters


@given(fates, st.integers(1, 30))
@settings(max_examples=50, deadline=None)
def test_the_clock_may_be_read_as_often_as_one_likes(fate: Fate, hours: int) -> None:
    """Without rounds, reading the clock in between says nothing that reading it at the end would not."""
    whole = plan_of([replace(one, every=None, measure=unreviewed(one.measure)) for one in fate.plan.clauses])
    state, _ = run(whole, start(), fate.events)
    begin = state.now or BEGIN
    often, said = run(whole, state, [TimePassed(begin + hour * HOUR) for hour in range(1, hours + 1)])
    seldom, at_once = step(whole, state, TimePassed(begin + hours * HOUR))
    assert often.tasks.keys() == seldom.tasks.keys()
    assert sorted(map(repr, late_and_expired(said))) == sorted(map(repr, late_and_expired((at_once,))))
    assert raised(at_once) == []


def unreviewed(measure: Measure | None) -> Measure | None:
    return replace(measure, review=None) if measure else None


def late_and_expired(said: Iterable[tuple[Effect, ...]]) -> list[Effect]:
    return [effect for effects in said for effect in effects if isinstance(effect, TaskLate | MeasureExpired)]
