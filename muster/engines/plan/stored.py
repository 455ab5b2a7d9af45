"""A state as plain JSON values: rows in place of objects, moments in UTC, nothing that can be worked out again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from muster.engines.plan.errors import StateInvalid
from muster.engines.plan.events import TaskKey
from muster.engines.plan.state import (
    ACKNOWLEDGED,
    ACTIVE,
    IN_WORK,
    OPEN,
    PROPOSED,
    STOOD_DOWN,
    WAITING,
    OpenTask,
    Standing,
    State,
)

FORM = 1
_PHASES = (PROPOSED, ACTIVE, STOOD_DOWN)
_STATUSES = (WAITING, OPEN, ACKNOWLEDGED, IN_WORK)


def to_dict(state: State) -> dict[str, Any]:
    """The state; lists and mappings in the order of their keys, so that equal states give equal JSON."""
    return {
        "form": FORM,
        "phase": state.phase,
        "level": state.level,
        "now": _moment(state.now),
        "places": {
            kind: {place: _moment(since) for place, since in sorted(places.items())}
            for kind, places in sorted(state.places.items())
        },
        "tasks": [[*key, *_task(task)] for key, task in sorted(state.tasks.items())],
        "standing": [[*spot, *_standing(standing)] for spot, standing in sorted(state.standing.items())],
        "rounds": [[*spot, count] for spot, count in sorted(state.rounds.items())],
        "load": [[day.isoformat(), *spot, count] for (day, *spot), count in sorted(state.load.items())],
        "held": [state.held_days, state.held_on.isoformat() if state.held_on else None],
    }


def from_dict(stored: Mapping[str, Any]) -> State:
    """The state of `to_dict`.

    Raises StateInvalid for what `to_dict` never made. An empty mapping is the start.
    """
    if not stored:
        return State()
    try:
        return _state(stored)
    except StateInvalid:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise StateInvalid(f"a stored state that cannot be read: {error!r}") from error


def _state(stored: Mapping[str, Any]) -> State:
    if stored["form"] != FORM:
        raise StateInvalid(f"a stored state of form {stored['form']!r}; this engine reads form {FORM}")
    tasks = {TaskKey(*row[:3]): _read_task(*row[3:]) for row in stored["tasks"]}
    held_days, held_on = stored["held"]
    return State(
        phase=_one_of(_PHASES, stored["phase"]),
        level=_one_of(range(5), stored["level"]),
        now=_read(stored["now"]),
        places={kind: _mapped(places, _known) for kind, places in stored["places"].items()},
        tasks=tasks,
        standing={(row[0], row[1]): _read_standing(*row[2:]) for row in stored["standing"]},
        rounds={(clause, place): int(count) for clause, place, count in stored["rounds"]},
        load={(date.fromisoformat(day), clause, place): int(n) for day, clause, place, n in stored["load"]},
        held_days=int(held_days),
        held_on=date.fromisoformat(held_on) if held_on else None,
        waiters=_waiters(tasks),
    )


def _task(task: OpenTask) -> list[Any]:
    row = [task.status, _moment(task.raised_at), _moment(task.due_at), [list(key) for key in sorted(task.waits_for)]]
    return [*row, int(task.late)]


def _read_task(status: str, raised_at: str, due_at: str | None, waits_for: list[list[str]], late: int) -> OpenTask:
    waits = frozenset(TaskKey(*key) for key in waits_for)
    return OpenTask(_one_of(_STATUSES, status), _known(raised_at), _read(due_at), waits, bool(late))


def _standing(standing: Standing) -> list[Any]:
    moments = (standing.since, standing.next_at, standing.expires_at)
    return [*(_moment(moment) for moment in moments), int(standing.ended)]


def _read_standing(since: str, next_at: str | None, expires_at: str | None, ended: int) -> Standing:
    return Standing(_known(since), _read(next_at), _read(expires_at), bool(ended))


def _waiters(tasks: Mapping[TaskKey, OpenTask]) -> dict[TaskKey, frozenset[TaskKey]]:
    waiters: dict[TaskKey, frozenset[TaskKey]] = {}
    for key, task in tasks.items():
        for other in task.waits_for:
            waiters[other] = waiters.get(other, frozenset()) | {key}
    return waiters


def _moment(moment: datetime | None) -> str | None:
    """UTC without the zone's name, which would be the same thousands of times."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() if moment else None


def _read(text: str | None) -> datetime | None:
    return _known(text) if text is not None else None


def _known(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _mapped(values: Mapping[str, str], read: Callable[[str], datetime]) -> dict[str, datetime]:
    return {key: read(value) for key, value in values.items()}


def _one_of(known: Iterable[Any], value: Any) -> Any:
    if value not in known:
        raise StateInvalid(f"a stored state with {value!r} where one of {list(known)} belongs")
    return value
