"""What a plan means: one pure transition from state and event to state and effects. Nothing else reads a clause.

Levels. A clause stands at its `levels`: once for the operation, or once in each open place of its kind. When the level
changes, tasks of clauses that no longer stand are withdrawn, those that newly stand are raised, and all others go on
untouched. `on: level_down` starts when the level is lowered, and at the stand-down, which lowers it for the last time;
`on: stand_down` starts at the stand-down. These tasks wind up: closing a place or standing down leaves them open, only
a level that is raised again withdraws those of `level_down`.

Single events. A clause `per` a kind of event has a task for each event while it stands (with `on: stand_down`: after
the stand-down); its key bears the event's ref as occurrence.

Waiting. `raising.waits_for` says for which open tasks a new one waits; its time runs from the moment when none is left.

Rounds. `every` counts from the moment at which the clause began to stand. A round begins at the first TimePassed at or
after its time, unless the task of the round before is still open: that one stands for both, and rounds missed are not
made up for. So a clause has never more than one open task in a place.

Time. TimePassed says what is late, expired or due again. A task that ends after its due time is first said to be late.
An event dated before the last one counts at the time of the last one.

Measures. A measure runs from the moment at which its task is done. A done task of a clause that `renews` it sets its
end anew. When it runs out, the clause ends in that place, with the clauses that renew it there, until the level has
left its levels and come back, or the place has been closed and opened again.

Obligations. That a level is reviewed and reported, and that a measure is reviewed, are clauses too, made from the level
and the measure (`obligations`): those of a level stand with it, the review of a measure from the moment at which the
measure is in place until its clause ends there. Their rounds are due at their ends.

What does not apply is passed over without effect: a task that is unknown, ended or still waiting is not done or begun;
a place that is open is not opened; the present level is not set again; after the stand-down no level is set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from muster.engines.plan import words
from muster.engines.plan.advice import look
from muster.engines.plan.draft import Draft
from muster.engines.plan.effects import Effect, LevelSet
from muster.engines.plan.events import (
    Activated,
    Arose,
    Event,
    IndicatorsSeen,
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
from muster.engines.plan.measures import begin_measure, renew
from muster.engines.plan.passing import pass_time
from muster.engines.plan.raising import raise_tasks
from muster.engines.plan.state import ACKNOWLEDGED, ACTIVE, IN_WORK, OPEN, PROPOSED, STOOD_DOWN, WAITING, State
from muster.engines.plan.types import Clause, Plan


def step(plan: Plan, state: State, event: Event) -> tuple[State, tuple[Effect, ...]]:
    """Apply one event.

    Returns
    -------
    The state after it, and what follows, in order.

    Raises
    ------
    ValueError : for a moment without a zone, or a level that is not 1 to 4.
    """
    draft = Draft(plan, state)
    _apply(draft, event)
    return draft.state(), draft.said()


def run(plan: Plan, state: State, events: Iterable[Event]) -> tuple[State, tuple[tuple[Effect, ...], ...]]:
    """Apply events in their order, as repeated `step` would, with one copy of the state; the effects of each."""
    draft = Draft(plan, state)
    effects = []
    for event in events:
        _apply(draft, event)
        effects.append(draft.said())
    return draft.state(), tuple(effects)


def _apply(draft: Draft, event: Event) -> None:
    draft.advance(event.at)
    _MEANING[type(event)](draft, event)


def _activated(draft: Draft, event: Activated) -> None:
    if draft.phase == PROPOSED:
        draft.phase = ACTIVE
        _set_level(draft, event.level)
        _start_what_stands(draft)


def _level_changed(draft: Draft, event: LevelChanged) -> None:
    before = draft.level
    if draft.phase != ACTIVE or event.level == before:
        return
    _set_level(draft, event.level)
    lowered = draft.level > before
    _withdraw_what_fell(draft, raised=not lowered)
    _start_what_stands(draft)
    if lowered:
        _wind_up(draft, "level_down")


def _stood_down(draft: Draft, event: StoodDown) -> None:
    if draft.phase == ACTIVE:
        draft.phase, draft.level = STOOD_DOWN, words.NO_LEVEL
        draft.effects.append(LevelSet(words.NO_LEVEL, draft.moment))
        _stop(draft, lambda clause: bool(clause.levels), "stand_down")
        _wind_up(draft, "level_down", "stand_down")
    draft.phase = STOOD_DOWN


def _set_level(draft: Draft, level: int) -> None:
    if level not in words.LEVELS:
        raise ValueError(f"{level} is no level")
    draft.level, draft.held_days, draft.held_on = level, 0, None
    draft.effects.append(LevelSet(level, draft.moment))


def _withdraw_what_fell(draft: Draft, *, raised: bool) -> None:
    def fell(clause: Clause) -> bool:
        return draft.level not in clause.levels if clause.levels else raised and clause.on == "level_down"

    _stop(draft, fell, "level")


def _stop(draft: Draft, of: Callable[[Clause], bool], reason: str) -> None:
    """Everything of these clauses ends."""
    clauses = {clause.id for clause in draft.plan.by_id.values() if of(clause)}
    for place in [place for place in draft.standing if place[0] in clauses]:
        del draft.own("standing")[place]
    draft.withdraw([key for key in draft.tasks if key.clause in clauses], reason)


def _start_what_stands(draft: Draft) -> None:
    """Clauses of the present level, in each place where they do not stand yet."""
    clauses = (clause for clause in draft.plan.standing_clauses if draft.level in clause.levels)
    spots = ((clause, place) for clause in clauses for place in _places(draft, clause))
    raise_tasks(draft, [draft.stand(*spot) for spot in spots if (spot[0].id, spot[1]) not in draft.standing])


def _wind_up(draft: Draft, *moments: str) -> None:
    """Clauses of these moments, in each place where their task of an earlier moment is not still open."""
    clauses = (clause for moment in moments for clause in draft.plan.winding_up.get(moment, ()))
    spots = [(clause, place) for clause in clauses for place in _places(draft, clause)]
    raise_tasks(draft, [draft.stand(*spot) for spot in spots if draft.latest(spot[0].id, spot[1]) is None])


def _places(draft: Draft, clause: Clause) -> list[str]:
    return draft.open_places(clause.per) if clause.scales == "site" else [""]


def _place_opened(draft: Draft, event: PlaceOpened) -> None:
    if event.kind not in words.SITE_KINDS or event.place in draft.open_places(event.kind):
        return
    places = draft.own("places")
    places[event.kind] = {**places.get(event.kind, {}), event.place: draft.moment}
    standing = [c for c in draft.plan.for_each.get(event.kind, ()) if draft.phase == ACTIVE and draft.level in c.levels]
    raise_tasks(draft, [draft.stand(clause, event.place) for clause in standing])


def _place_closed(draft: Draft, event: PlaceClosed) -> None:
    if event.place not in draft.open_places(event.kind):
        return
    places = draft.own("places")
    places[event.kind] = {place: since for place, since in places[event.kind].items() if place != event.place}
    names = [clause.id for clause in draft.plan.for_each.get(event.kind, ()) if clause.levels]
    names += [review.id for name in names if (review := draft.plan.measure_reviews.get(name))]
    for name in names:
        if (name, event.place) in draft.standing:
            del draft.own("standing")[name, event.place]
    keys = (draft.latest(name, event.place) for name in names)
    draft.withdraw([key for key in keys if key is not None], "place_closed")


def _arose(draft: Draft, event: Arose) -> None:
    answering = draft.plan.for_each.get(event.kind, ()) if event.kind in words.ARISING else ()
    clauses = [clause for clause in answering if _answers(draft, clause)]
    keys = [TaskKey(clause.id, event.place, event.ref) for clause in clauses]
    new = [key for key in keys if key not in draft.tasks]
    raise_tasks(draft, new)
    for key in new:
        counted = (draft.day(), key.clause, key.place)
        load = draft.own("load")
        load[counted] = load.get(counted, 0) + 1


def _answers(draft: Draft, clause: Clause) -> bool:
    if draft.phase == ACTIVE:
        return draft.level in clause.levels
    return draft.phase == STOOD_DOWN and clause.on == "stand_down"


def _acknowledged(draft: Draft, event: TaskAcknowledged) -> None:
    _move(draft, event.key, (OPEN,), ACKNOWLEDGED)


def _begun(draft: Draft, event: TaskBegun) -> None:
    _move(draft, event.key, (OPEN, ACKNOWLEDGED), IN_WORK)


def _move(draft: Draft, key: TaskKey, before: tuple[str, ...], after: str) -> None:
    task = draft.tasks.get(key)
    if task is not None and task.status in before:
        draft.own("tasks")[key] = replace(task, status=after)


def _done(draft: Draft, event: TaskDone) -> None:
    task = draft.tasks.get(event.key)
    if task is None or task.status == WAITING:
        return
    clause = draft.plan.clause(event.key.clause)
    draft.close(event.key)
    if clause.on:
        draft.own("standing").pop((clause.id, event.key.place), None)
    begin_measure(draft, clause, event.key.place)
    renew(draft, clause, event.key.place)


def _time_passed(draft: Draft, event: TimePassed) -> None:
    pass_time(draft)


def _indicators_seen(draft: Draft, event: IndicatorsSeen) -> None:
    look(draft, event)


_MEANING: dict[type, Callable[[Draft, Any], None]] = {
    Activated: _activated,
    LevelChanged: _level_changed,
    StoodDown: _stood_down,
    PlaceOpened: _place_opened,
    PlaceClosed: _place_closed,
    Arose: _arose,
    TaskAcknowledged: _acknowledged,
    TaskBegun: _begun,
    TaskDone: _done,
    TimePassed: _time_passed,
    IndicatorsSeen: _indicators_seen,
}
