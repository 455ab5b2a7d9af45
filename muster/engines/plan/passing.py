"""What the passing of time brings: tasks late, measures run out, rounds that come again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from muster.engines.plan.deadlines import next_round
from muster.engines.plan.draft import Draft
from muster.engines.plan.events import TaskKey
from muster.engines.plan.measures import expire
from muster.engines.plan.raising import raise_tasks

LOAD_DAYS = 3  # the day itself, and what the forecast for the next is made from


def pass_time(draft: Draft) -> None:
    """Late tasks first, then measures that ran out, then rounds that begin; each by its time and the plan's order."""
    _late(draft)
    _expiries(draft)
    _rounds(draft)
    _forget_old_load(draft)


def _late(draft: Draft) -> None:
    moment = draft.moment
    late = [
        (task.due_at, *draft.order(key))
        for key, task in draft.tasks.items()
        if not task.late and task.due_at is not None and task.due_at < moment
    ]
    for _due, _position, key in sorted(late):
        draft.say_late(key)


def _expiries(draft: Draft) -> None:
    for _at, _position, spot in _passed(draft, "expires_at"):
        if (standing := draft.standing[spot]).expires_at is not None and not standing.ended:
            expire(draft, *spot)


def _rounds(draft: Draft) -> None:
    keys: list[TaskKey] = []
    for planned, _position, spot in _passed(draft, "next_at"):
        every = draft.plan.clause(spot[0]).every or timedelta(days=1)
        standing = draft.own("standing")
        standing[spot] = replace(standing[spot], next_at=next_round(planned, every, draft.moment))
        if draft.latest(*spot) is None:
            keys.append(draft.new_round(*spot))
    raise_tasks(draft, keys)


def _passed(draft: Draft, moment_name: str) -> list[tuple[datetime, int, tuple[str, str]]]:
    """Standing clauses whose moment has come, the earliest first."""
    found = [
        (at, draft.plan.positions.get(spot[0], -1), spot)
        for spot, standing in draft.standing.items()
        if (at := getattr(standing, moment_name)) is not None and at <= draft.moment
    ]
    return sorted(found)


def _forget_old_load(draft: Draft) -> None:
    oldest = draft.day() - timedelta(days=LOAD_DAYS - 1)
    old = [counted for counted in draft.load if counted[0] < oldest]
    for counted in old:
        del draft.own("load")[counted]
