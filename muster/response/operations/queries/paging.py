"""Pages of an operation's records by keyset: each page costs the same, however long the history is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from muster.kernel.errors import DomainError
from muster.response.operations.models import Decision, LogEntry, Operation, PlaceOpening, Proposal, Task

Row = TypeVar("Row", bound=Model)
PAGE: Final = 50
LATE, ALL = "late", "all"


class CursorInvalid(DomainError):
    """A page address that was not made by the page before it."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows of one page; `next` is the cursor of the page after it, empty on the last."""

    rows: Sequence[Row]
    next: str = ""


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks: a state of `Task.State`, "late" or "all"; codes of a unit and a clause, empty for any."""

    state: str = LATE
    unit: str = ""
    clause: str = ""


def operation_page(*, cursor: str = "") -> Page[Operation]:
    """Operations, the newest first."""
    found = Operation.objects.select_related("plan_version", "area")
    return _page(found, "created_at", cursor, newest_first=True)


def task_page(*, operation: Operation, chosen: TaskFilter, at: datetime, cursor: str = "") -> Page[Task]:
    """Tasks as they stood at `at`, in the order that suits the state: what is due by its due time."""
    found = Task.objects.filter(operation=operation, raised_at__lte=at).select_related("place", "unit")
    if chosen.unit:
        found = found.filter(unit__code=chosen.unit)
    if chosen.clause:
        found = found.filter(clause_id=chosen.clause)
    state, field, newest_first = _states(at)[chosen.state]
    return _page(found.filter(state), field, cursor, newest_first=newest_first)


def task_counts(*, operation: Operation, at: datetime) -> dict[str, int]:
    """How many tasks stand in each state at `at`, overdue ones under "late"; one statement."""
    from django.db.models import Count

    counts = {state: Count("pk", filter=condition) for state, (condition, _field, _newest) in _states(at).items()}
    return dict(Task.objects.filter(operation=operation, raised_at__lte=at).aggregate(**counts))


def _states(at: datetime) -> dict[str, tuple[Q, str, bool]]:
    """For each state what it means at `at`, the time that orders its tasks, and whether the newest come first."""
    unfinished = _not_by("done_at", at) & _not_by("withdrawn_at", at)
    released = unfinished & Q(released_at__lte=at)
    taken, begun = Q(acknowledged_at__lte=at), Q(begun_at__lte=at)
    return {
        LATE: (released & Q(due_at__lt=at), "due_at", False),
        Task.State.OPEN: (released & ~taken & ~begun, "due_at", False),
        Task.State.ACKNOWLEDGED: (released & taken & ~begun, "due_at", False),
        Task.State.IN_WORK: (released & begun, "due_at", False),
        Task.State.WAITING: (unfinished & _not_by("released_at", at), "raised_at", False),
        Task.State.DONE: (Q(done_at__lte=at), "done_at", True),
        Task.State.WITHDRAWN: (Q(withdrawn_at__lte=at), "withdrawn_at", True),
        ALL: (Q(), "raised_at", True),
    }


def _not_by(field: str, at: datetime) -> Q:
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": at})


def log_page(*, operation: Operation, at: datetime, cursor: str = "") -> Page[LogEntry]:
    """The log up to `at`, the newest first."""
    return _page(LogEntry.objects.filter(operation=operation, at__lte=at), "at", cursor, newest_first=True)


def decision_page(*, operation: Operation, at: datetime, cursor: str = "") -> Page[Decision]:
    """Decisions up to `at`, the newest first."""
    found = Decision.objects.filter(operation=operation, at__lte=at).select_related("proposal")
    return _page(found, "at", cursor, newest_first=True)


def proposal_page(*, operation: Operation, at: datetime, cursor: str = "") -> Page[Proposal]:
    """Proposals made up to `at`, the newest first."""
    found = Proposal.objects.filter(operation=operation, proposed_at__lte=at)
    return _page(found, "proposed_at", cursor, newest_first=True)


def opening_page(*, operation: Operation, at: datetime, cursor: str = "") -> Page[PlaceOpening]:
    """Places opened up to `at`, the newest first."""
    found = PlaceOpening.objects.filter(operation=operation, opened_at__lte=at)
    return _page(found.select_related("site__area", "site__unit"), "opened_at", cursor, newest_first=True)


def proposals_waiting() -> list[Proposal]:
    """People's proposals that wait for a second person, in all operations, the oldest first."""
    found = Proposal.objects.filter(outcome="waiting", source="person").select_related("operation")
    return list(found.order_by("proposed_at", "pk")[:PAGE])


def _page(found: QuerySet[Row], field: str, cursor: str, *, newest_first: bool) -> Page[Row]:
    if cursor:
        found = found.filter(_beyond(field, *_read(cursor), newest_first=newest_first))
    sign = "-" if newest_first else ""
    rows = list(found.order_by(f"{sign}{field}", f"{sign}pk")[: PAGE + 1])
    if len(rows) <= PAGE:
        return Page(rows)
    last = rows[PAGE - 1]
    return Page(rows[:PAGE], f"{getattr(last, field).isoformat()}_{last.pk}")


def _beyond(field: str, moment: datetime, key: int, *, newest_first: bool) -> Q:
    side = "lt" if newest_first else "gt"
    return Q(**{f"{field}__{side}": moment}) | Q(**{field: moment, f"pk__{side}": key})


def _read(cursor: str) -> tuple[datetime, int]:
    moment, _underscore, key = cursor.rpartition("_")
    try:
        return _aware(datetime.fromisoformat(moment)), int(key)
    except ValueError:
        raise CursorInvalid(
            what=_("This page address is not valid."), where=cursor[:60], mend=_("Go back to the first page.")
        ) from None


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a cursor's time has its zone")
    return moment


def filters_of(values: Any) -> TaskFilter:
    """The filter that a page's address asks for; a state that does not exist is "late"."""
    state = values.get("state", LATE)
    known = state in _KNOWN_STATES
    return TaskFilter(state if known else LATE, values.get("unit", "")[:64], values.get("clause", "")[:32])


_KNOWN_STATES: Final = frozenset({LATE, ALL, *Task.State.values})
