"""What a replay showed, read from what was stored. The same run gives the same report, byte for byte.

No key of a row, no clock and no path of the machine is in it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db.models import Count, Q
from django.utils.functional import Promise

from muster.engines.plan import Plan, Text
from muster.kernel.organisation.models import Qualification
from muster.kernel.ui.wording import level_title
from muster.response.operations.models import (
    DayFigures,
    LevelPeriod,
    LogEntry,
    Operation,
    Proposal,
    StaffShortfall,
    StockShortfall,
    Task,
)
from muster.response.operations.replay.epidemic import Epidemic

LATE_SHOWN: Final = 10_000
Rows = list[dict[str, Any]]


def report_of(
    *, plan: Plan, plan_hash: str, epidemic: Epidemic, seed: int, operations: Sequence[Operation]
) -> dict[str, Any]:
    """The whole report as plain values; keys as in the contract of the command line."""
    late = _late(plan, operations)
    counts = _task_counts(operations)
    return {
        "plan": plan.id,
        "plan_version": plan.version,
        "plan_hash": plan_hash,
        "plan_title": {"zh": plan.title.zh, "en": plan.title.en},
        "source": epidemic.source,
        "seed": seed,
        "first_day": f"{epidemic.days[0].day}",
        "last_day": f"{epidemic.days[-1].day}",
        "cases": sum(day.new for day in epidemic.days),
        "assumed": list(epidemic.assumed),
        "levels": _levels(operations),
        "recommendations": _recommendations(operations),
        "tasks": counts,
        "late": late[:LATE_SHOWN],
        "late_by_clause": _late_by_clause(plan, operations),
        "staff_shortfall": _staff(operations),
        "stock_shortfall": _stock(operations),
        "days": _days(epidemic, operations),
        "unknown": _unknown(operations),
        "names": _names(operations),
    }


def as_json(report: dict[str, Any]) -> str:
    """One document, the same for the same report."""
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def local(moment: datetime | None) -> str | None:
    """A moment in the bureau's zone, to the minute."""
    return None if moment is None else f"{moment.astimezone(settings.BUREAU_ZONE):%Y-%m-%dT%H:%M%z}"


def _levels(operations: Sequence[Operation]) -> Rows:
    """Each level that was set, on which day and for what reason; 0 is the stand-down."""
    rows: Rows = []
    for operation in operations:
        periods = LevelPeriod.objects.filter(operation=operation).select_related("decision__proposal")
        for period in periods.order_by("from_at", "pk"):
            proposal = period.decision.proposal
            rows.append(_level(period.from_at, period.level, both_of(proposal or period.decision, "reason")))
        operation.refresh_from_db()
        if operation.closed_at is not None:
            rows.append(_level(operation.closed_at, 0, _reason_of_the_end(operation)))
    return rows


def _level(moment: datetime, level: int, reason: dict[str, str]) -> dict[str, Any]:
    day = moment.astimezone(settings.BUREAU_ZONE).date()
    return {"date": f"{day}", "level": level, "at": local(moment), "reason": reason}


def _reason_of_the_end(operation: Operation) -> dict[str, str]:
    ended = operation.proposals.filter(kind=Proposal.Kind.STAND_DOWN, outcome=Proposal.Outcome.APPROVED).first()
    return both_of(ended, "reason")


def both_of(row: object, name: str) -> dict[str, str]:
    """A text of a row in both languages; empty where there is no row."""
    return {code: getattr(row, f"{name}_{code}", "") for code in ("zh", "en")}


def _recommendations(operations: Sequence[Operation]) -> Rows:
    """What the indicators spoke for, and what became of it."""
    found = Proposal.objects.filter(operation__in=operations, source="system").order_by("proposed_at", "pk")
    return [
        {
            "at": local(row.proposed_at),
            "level": row.level,
            "rule": row.rule,
            "outcome": row.outcome,
            "because": both_of(row if row.outcome == Proposal.Outcome.REFUSED else None, "because"),
        }
        for row in found
    ]


def _task_counts(operations: Sequence[Operation]) -> dict[str, int]:
    return Task.objects.filter(operation__in=operations).aggregate(
        raised=Count("pk"),
        done=Count("pk", filter=Q(done_at__isnull=False)),
        late=Count("pk", filter=Q(late_at__isnull=False)),
        withdrawn=Count("pk", filter=Q(withdrawn_at__isnull=False)),
    )


def _late(plan: Plan, operations: Sequence[Operation]) -> Rows:
    """Overdue tasks, by the time at which they were due."""
    found = Task.objects.filter(operation__in=operations, late_at__isnull=False).select_related("unit")
    rows = found.order_by("due_at", "clause_id", "place_code", "occurrence", "operation__code")[: LATE_SHOWN + 1]
    return [
        {
            "clause": row.clause_id,
            "title": plan.clause(row.clause_id).title.en or plan.clause(row.clause_id).title.zh,
            "place": row.place_code,
            "occurrence": row.occurrence,
            "unit": row.unit.code if row.unit else "",
            "due": local(row.due_at),
            "done": local(row.done_at),
            "late_minutes": _minutes(row),
            "because": row.late_because,
        }
        for row in rows
    ]


def _minutes(row: Task) -> int | None:
    """By how much it was done too late; None while it is not done, or was withdrawn."""
    if row.due_at is None or row.done_at is None:
        return None
    return int((row.done_at - row.due_at).total_seconds()) // 60


def _late_by_clause(plan: Plan, operations: Sequence[Operation]) -> Rows:
    found = Task.objects.filter(operation__in=operations).order_by()
    late = Q(late_at__isnull=False)
    rows = found.values("clause_id").annotate(
        raised=Count("pk"),
        late=Count("pk", filter=late),
        staff=Count("pk", filter=late & Q(late_because="staff")),
        stock=Count("pk", filter=late & Q(late_because="stock")),
    )
    by_clause = {row["clause_id"]: row for row in rows if row["late"]}
    return [
        {
            "clause": code,
            "title": {"zh": plan.clause(code).title.zh, "en": plan.clause(code).title.en},
            **{name: by_clause[code][name] for name in ("raised", "late", "staff", "stock")},
        }
        for code in sorted(by_clause, key=plan.positions.__getitem__)
    ]


def _staff(operations: Sequence[Operation]) -> Rows:
    found = StaffShortfall.objects.filter(operation__in=operations)
    fields = ("day", "unit__code", "qualification", "needed", "available")
    rows = found.order_by("day", "unit__code", "qualification").values_list(*fields)
    return [
        {"date": f"{day}", "unit": unit, "qualification": skill, "needed": needed, "available": there}
        for day, unit, skill, needed, there in rows
    ]


def _stock(operations: Sequence[Operation]) -> Rows:
    found = StockShortfall.objects.filter(operation__in=operations)
    fields = ("day", "store__code", "item__code", "needed", "available")
    rows = found.order_by("day", "store__code", "item__code").values_list(*fields)
    return [
        {"date": f"{day}", "store": store, "item": item, "needed": needed, "available": there}
        for day, store, item, needed, there in rows
    ]


def _days(epidemic: Epidemic, operations: Sequence[Operation]) -> Rows:
    """Every recorded day; figures of the operation are 0 where none was at work."""
    figures = {row.day: row for row in DayFigures.objects.filter(operation__in=operations)}
    names = ("level", "tasks_raised", "tasks_done", "tasks_late", "tasks_open")
    people = ("people_needed", "people_assigned", "people_present", "people_absent")
    return [
        {
            "date": f"{day.day}",
            "new": day.new,
            **{name: getattr(figures.get(day.day), name, 0) for name in (*names, *people)},
            "places": figures[day.day].places if day.day in figures else {},
        }
        for day in epidemic.days
    ]


def _unknown(operations: Sequence[Operation]) -> list[str]:
    """What could not be judged, in the words of the log."""
    found = LogEntry.objects.filter(operation__in=operations, kind=LogEntry.Kind.FIGURES).order_by("at", "pk")
    return list(dict.fromkeys(found.values_list("text_en", flat=True)))


def _names(operations: Sequence[Operation]) -> dict[str, dict[str, dict[str, str]]]:
    """What the codes of units, qualifications, stores and items are called, in both languages."""
    staff = StaffShortfall.objects.filter(operation__in=operations)
    stock = StockShortfall.objects.filter(operation__in=operations)
    held = Qualification.objects.filter(code__in=staff.values("qualification"))
    found = {
        "unit": staff.values_list("unit__code", "unit__name_zh", "unit__name_en"),
        "qualification": held.values_list("code", "name_zh", "name_en"),
        "store": stock.values_list("store__code", "store__name_zh", "store__name_en"),
        "item": stock.values_list("item__code", "item__name_zh", "item__name_en"),
    }
    return {
        what: {code: {"zh": zh, "en": en} for code, zh, en in sorted(rows.order_by().distinct())}
        for what, rows in found.items()
    }


def level_in_force(level: int) -> Promise:
    """What a level of the report is called; 0 is the stand-down."""
    return level_title(level) if level else Operation.State.STOOD_DOWN.label


def name_of(report: Mapping[str, Any], what: str, code: str) -> Text:
    """What a code is called; the code itself where nothing is known of it."""
    return Text(**report["names"].get(what, {}).get(code, {"zh": code, "en": code}))


def worst(rows: Iterable[dict[str, Any]], *names: str) -> list[tuple[tuple[str, ...], int, int, int]]:
    """Shortfalls summed over the days: (names, days, needed, available), the largest gap first."""
    days: Counter[tuple[str, ...]] = Counter()
    needed: Counter[tuple[str, ...]] = Counter()
    there: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        key = tuple(str(row[name]) for name in names)
        days[key] += 1
        needed[key] += row["needed"]
        there[key] += row["available"]
    order = sorted(days, key=lambda key: (there[key] - needed[key], key))
    return [(key, days[key], needed[key], there[key]) for key in order]
