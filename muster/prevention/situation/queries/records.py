"""Reports, what became of their rows, corrections, and signals with what was decided on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Max, OuterRef, Q, Subquery
from django.utils.translation import get_language

from muster.prevention.situation.models import (
    LIVE,
    CaseCount,
    ExternalInput,
    Measure,
    ReportBatch,
    ReportMode,
    ReportRow,
    RowFate,
    Signal,
    SignalState,
)
from muster.prevention.situation.problems import told

SHOWN: Final = 50
WAITING: Final = frozenset({SignalState.OPEN, SignalState.LOOKED_AT})


@dataclass(frozen=True, slots=True)
class BatchView:
    """One report and what became of its rows."""

    pk: int
    source: str
    feed: str
    mode: str
    file_name: str
    reported_at: datetime
    received_at: datetime
    rows: int
    new: int
    same: int
    corrected: int
    superseded: int
    rejected: int

    @property
    def mode_title(self) -> str:
        """How the source counts, in the language of the reader."""
        return str(ReportMode(self.mode).label)


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a report as it was written, and what became of it; `what` and `expected` say why it was rejected."""

    number: int
    area: str
    day: str
    measure: str
    value: str
    fate: str
    previous: int | None
    problem: str

    @property
    def measure_title(self) -> str:
        """What was counted, in the language of the reader; a measure that is not known as it was written."""
        return str(Measure(self.measure).label) if self.measure in Measure.values else self.measure

    @property
    def fate_title(self) -> str:
        """What became of it, in the language of the reader."""
        return str(RowFate(self.fate).label)

    @property
    def what(self) -> str:
        """What is wrong with it."""
        return str(told(self.problem).what) if self.problem else ""

    @property
    def expected(self) -> str:
        """What was expected instead."""
        return str(told(self.problem).expected) if self.problem else ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A count that was reported again with another figure."""

    area: str
    measure: str
    day: date
    before: int
    after: int
    reported_at: datetime
    source: str

    @property
    def measure_title(self) -> str:
        """What was counted, in the language of the reader."""
        return str(Measure(self.measure).label)


@dataclass(frozen=True, slots=True)
class SignalView:
    """A signal with the names of its rule and area in the language of the reader."""

    pk: int
    rule: str
    title: str
    text: str
    area: str
    area_name: str
    day: date
    raised_at: datetime
    values: dict[str, Any]
    state: str
    reason: str
    moved_at: datetime | None

    @property
    def state_title(self) -> str:
        """Where it stands, in the language of the reader."""
        return str(SignalState(self.state).label)

    @property
    def is_waiting(self) -> bool:
        """Whether somebody still has to say what it means."""
        return self.state in WAITING


def feeds() -> list[str]:
    """Feeds that hold counts, the real epidemic first."""
    found = set(CaseCount.objects.order_by().values_list("feed", flat=True).distinct())
    return sorted(found, key=lambda feed: (feed != LIVE, feed))


def last_heard(feed: str) -> datetime | None:
    """When something was last reported on a feed: the now of an exercise or a replay."""
    counts = CaseCount.objects.filter(feed=feed).aggregate(last=Max("reported_at"))["last"]
    inputs = ExternalInput.objects.filter(feed=feed).aggregate(last=Max("recorded_at"))["last"]
    return max((moment for moment in (counts, inputs) if moment), default=None)


def batches(*, feed: str = LIVE, as_of: datetime | None = None, start: int = 0, count: int = SHOWN) -> list[BatchView]:
    """Reports with rows, the last first."""
    found = ReportBatch.objects.filter(feed=feed, rows__gt=0)
    if as_of is not None:
        found = found.filter(received_at__lte=as_of)
    return [_batch(row) for row in found.order_by("-received_at", "-pk")[start : start + count]]


def batch(pk: int) -> BatchView | None:
    """One report."""
    found = ReportBatch.objects.filter(pk=pk).first()
    return None if found is None else _batch(found)


def _batch(row: ReportBatch) -> BatchView:
    return BatchView(*(getattr(row, name) for name in BatchView.__slots__))


def rows_of(pk: int, *, fate: str = "", start: int = 0, count: int = SHOWN) -> list[RowView]:
    """Rows of a report in the order of its file, of one fate if it is given."""
    found = ReportRow.objects.filter(batch_id=pk, **({"fate": fate} if fate else {})).order_by("number", "pk")
    names = ("number", "area_code", "day", "measure", "value", "fate", "previous", "problem")
    return [RowView(*row) for row in found.values_list(*names)[start : start + count]]


def corrections(*, feed: str = LIVE, as_of: datetime, area: str = "", count: int = SHOWN) -> list[Correction]:
    """Counts that replaced others up to `as_of`, the last first; one statement."""
    earlier = CaseCount.objects.filter(
        **{name: OuterRef(name) for name in ("feed", "area", "measure", "day")}, reported_at__lt=OuterRef("reported_at")
    )
    wanted = Q(feed=feed, reported_at__lte=as_of, batch__corrected__gt=0, before__isnull=False)
    if area:
        wanted &= Q(area__code=area)
    later = CaseCount.objects.annotate(before=Subquery(earlier.order_by("-reported_at").values("value")[:1]))
    names = ("area__code", "measure", "day", "before", "value", "reported_at", "batch__source")
    rows = later.filter(wanted).order_by("-reported_at", "day", "pk").values_list(*names)
    return [Correction(*row) for row in rows[:count]]


def signals(
    *,
    feed: str = LIVE,
    as_of: datetime,
    area: str = "",
    waiting: bool = False,
    days: int | None = None,
    count: int = SHOWN,
) -> list[SignalView]:
    """Signals raised up to `as_of`, each as it stood then; with `waiting` only those that wait for somebody.

    The last raised first; without `waiting` those of the last `days` days, the ones that wait before the others.
    """
    found = Signal.objects.filter(feed=feed, raised_at__lte=as_of)
    if area:
        found = found.filter(area__code=area)
    if days is not None:
        found = found.filter(raised_at__gt=as_of - timedelta(days=days))
    if waiting:
        found = found.filter(Q(state__in=WAITING) | Q(decisions__decided_at__gt=as_of)).distinct()
    rows = found.select_related("rule", "area").prefetch_related("decisions").order_by("-day", "-raised_at", "-pk")
    views = [_signal(row, as_of) for row in rows[:count]]
    kept = [view for view in views if view.is_waiting or not waiting]
    return sorted(kept, key=lambda view: not view.is_waiting)


def _signal(row: Signal, as_of: datetime) -> SignalView:
    chinese = (get_language() or "zh").startswith("zh")
    moves = [move for move in row.decisions.all() if move.decided_at <= as_of]
    return SignalView(
        pk=row.pk,
        rule=row.rule.code,
        title=row.rule.name_zh if chinese else row.rule.name_en,
        text=row.text_zh if chinese else row.text_en,
        area=row.area.code,
        area_name=row.area.name_zh if chinese else row.area.name_en,
        day=row.day,
        raised_at=row.raised_at,
        values=row.values,
        state=moves[-1].after if moves else SignalState.OPEN,
        reason=moves[-1].reason if moves else "",
        moved_at=moves[-1].decided_at if moves else None,
    )
