"""Lists of an operation page by page: each page starts after the last row of the one before, however long the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from muster.kernel.errors import DomainError
from muster.response.operations.board.tasks import first_due, first_waiting, not_released, past_due, standing
from muster.response.operations.models import Decision, LogEntry, Operation, PlaceOpening, Proposal, Task

PAGE: Final = 50
END: Final = "end"  # stands for the due time of tasks that have none yet; they come last
STANDING: Final = frozenset(
    {
        "late",
        "unfinished",
        *(state.value for state in Task.State if state not in {Task.State.DONE, Task.State.WITHDRAWN}),
    }
)
Row = TypeVar("Row", bound=Model)


class PageUnknown(DomainError):
    """A mark of a page that cannot be read."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows, and the mark with which the next ones are asked for; empty at the end."""

    rows: Sequence[Row]
    next: str


def operation_page(*, after: str = "", mode: str = "", limit: int = PAGE) -> Page[Operation]:
    """Operations, the newest first."""
    rows = Operation.objects.select_related("plan_version", "plan", "area")
    return _newest_first(rows.filter(mode=mode) if mode else rows, "created_at", after, limit)


def log_page(
    *, operation: Operation, at: datetime, after: str = "", kind: str = "", limit: int = PAGE
) -> Page[LogEntry]:
    """Lines written by `at`, the newest first."""
    rows = LogEntry.objects.filter(operation=operation, at__lte=at)
    return _newest_first(rows.filter(kind=kind) if kind else rows, "at", after, limit)


def decision_page(*, operation: Operation, at: datetime, after: str = "", limit: int = PAGE) -> Page[Decision]:
    """Decisions made by `at`, the newest first."""
    rows = Decision.objects.filter(operation=operation, at__lte=at).select_related("proposal")
    return _newest_first(rows, "at", after, limit)


def proposal_page(*, operation: Operation, at: datetime, after: str = "", limit: int = PAGE) -> Page[Proposal]:
    """Proposals made by `at`, the newest first."""
    rows = Proposal.objects.filter(operation=operation, proposed_at__lte=at).select_related("operation")
    return _newest_first(rows, "proposed_at", after, limit)


def opening_page(
    *, operation: Operation, at: datetime, after: str = "", kind: str = "", closed: bool = False, limit: int = PAGE
) -> Page[PlaceOpening]:
    """Places that were open at `at`, or with `closed` all that had been opened by then, the newest first."""
    rows = PlaceOpening.objects.filter(operation=operation, opened_at__lte=at)
    rows = (rows if closed else rows.filter(still_open(at))).select_related("site__area", "site__unit")
    return _newest_first(rows.filter(site__kind=kind) if kind else rows, "opened_at", after, limit)


def task_page(
    *,
    operation: Operation,
    at: datetime,
    state: str = "",
    unit: str = "",
    clause: str = "",
    after: str = "",
    limit: int = PAGE,
) -> Page[Task]:
    """Tasks as they stood at `at`, the most urgent first, those that wait for others last.

    `state` is one of Task.State, "late" or "unfinished"; empty for all. Raises PageUnknown.
    """
    rows = of_unit_and_clause(in_state(operation, at, state).select_related("place", "unit"), unit, clause)
    found = _standing_after(rows, at, after, limit) if state in STANDING else _after_due(rows, after, limit)
    return Page(found[:limit], _due_mark(found[limit - 1]) if len(found) > limit else "")


def of_unit_and_clause(tasks: QuerySet[Task], unit: str, clause: str) -> QuerySet[Task]:
    """Only those of one unit, of one clause, by code; of all where the code is empty."""
    found = tasks.filter(unit__code=unit) if unit else tasks
    return found.filter(clause_id=clause) if clause else found


def in_state(operation: Operation, at: datetime, state: str) -> QuerySet[Task]:
    """The tasks that were in one state at `at`, from their own timestamps; empty for all but the withdrawn ones."""
    return Task.objects.filter(conditions(at)[state or "all"], operation=operation, raised_at__lte=at)


def conditions(at: datetime) -> dict[str, Q]:
    """What each state means at `at`, and "late", "unfinished" and "all"; nothing withdrawn is any of these."""
    there = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at)
    open_ = standing(at)
    begun, acknowledged = Q(begun_at__lte=at), Q(acknowledged_at__lte=at)
    released = Q(released_at__lte=at)
    return {
        "late": open_ & past_due(at),
        "all": there,
        "unfinished": open_,
        Task.State.OPEN.value: open_ & released & ~begun & ~acknowledged,
        Task.State.ACKNOWLEDGED.value: open_ & acknowledged & ~begun,
        Task.State.IN_WORK.value: open_ & begun,
        Task.State.WAITING.value: open_ & not_released(at),
        Task.State.DONE.value: there & Q(done_at__lte=at),
        Task.State.WITHDRAWN.value: Q(withdrawn_at__lte=at),
    }


def still_open(at: datetime) -> Q:
    """Openings that had not been closed by `at`."""
    return Q(closed_at__isnull=True) | Q(closed_at__gt=at)


def waiting_proposals(*, limit: int = PAGE) -> list[Proposal]:
    """Everything that waits for a second person, in all operations, the oldest first."""
    rows = Proposal.objects.filter(outcome=Proposal.Outcome.WAITING).select_related("operation__area")
    return list(rows.order_by("proposed_at", "pk")[:limit])


def _newest_first(rows: QuerySet[Row], moment: str, after: str, limit: int) -> Page[Row]:
    if after:
        at, pk = _read(after)
        rows = rows.filter(Q(**{f"{moment}__lt": at}) | Q(**{moment: at, "pk__lt": pk}))
    found = list(rows.order_by(f"-{moment}", "-pk")[: limit + 1])
    last: Any = found[limit - 1] if len(found) > limit else None
    return Page(found[:limit], f"{getattr(last, moment).isoformat()}_{last.pk}" if last else "")


def _standing_after(rows: QuerySet[Task], at: datetime, after: str, limit: int) -> list[Task]:
    """As `_after_due`, of tasks that were standing: along the indexes of those, past all that has ended."""
    if after.startswith(f"{END}_"):
        return first_waiting(rows, at, limit + 1, _number(after))
    found = first_due(rows, at, limit + 1, _read(after) if after else None)
    return found + first_waiting(rows, at, limit + 1 - len(found))


def _after_due(rows: QuerySet[Task], after: str, limit: int) -> list[Task]:
    """In two stretches, each along its index: those with a due time, then those that wait."""
    due = rows.filter(due_at__isnull=False).order_by("due_at", "pk")
    waiting = rows.filter(due_at__isnull=True).order_by("pk")
    if after.startswith(f"{END}_"):
        return list(waiting.filter(pk__gt=_number(after))[: limit + 1])
    if after:
        at, pk = _read(after)
        due = due.filter(Q(due_at__gt=at) | Q(due_at=at, pk__gt=pk))
    found = list(due[: limit + 1])
    return found + list(waiting[: limit + 1 - len(found)])


def _due_mark(task: Task) -> str:
    return f"{task.due_at.isoformat() if task.due_at else END}_{task.pk}"


def _read(mark: str) -> tuple[datetime, int]:
    try:
        return datetime.fromisoformat(mark.rpartition("_")[0]), _number(mark)
    except ValueError:
        raise _unknown(mark) from None


def _number(mark: str) -> int:
    try:
        return int(mark.rpartition("_")[2])
    except ValueError:
        raise _unknown(mark) from None


def _unknown(mark: str) -> PageUnknown:
    return PageUnknown(
        what=_("There is no such page."), where=mark[:60], mend=_("Go back to the first page of the list.")
    )
