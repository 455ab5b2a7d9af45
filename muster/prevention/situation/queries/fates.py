"""What would become of each row of a report, by what is known now: the preview of an import and the import itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from muster.kernel.organisation.models import Area
from muster.prevention.situation import receiving
from muster.prevention.situation.knowledge import bureau_day
from muster.prevention.situation.models import LIVE, CaseCount, ReportMode, RowFate
from muster.prevention.situation.queries.records import RowView
from muster.prevention.situation.receiving import Fated, Key
from muster.prevention.situation.rows import CountRow

AT_ONCE: Final = 500
A_MOMENT: Final = timedelta(milliseconds=1)  # reports that come as one; they are told apart by microseconds


def fates_of(rows: Sequence[CountRow], *, feed: str, mode: str, moment: datetime, hold: bool = False) -> list[Fated]:
    """Rows with their fates if they were received at `moment`, in the order given.

    With `hold`, inside a transaction, their areas are kept from other reports until it ends.
    """
    fated = receiving.read(rows, _areas(rows, hold=hold), bureau_day(moment))
    last = receiving.overtake(fated)
    totals = mode == ReportMode.CUMULATIVE
    known = _known(feed, last, moment, before=totals)
    if totals:
        receiving.take_totals(last, known)
    else:
        receiving.take_daily(last)
    receiving.compare(last, known)
    return fated


def _areas(rows: Sequence[CountRow], *, hold: bool) -> dict[str, int]:
    codes = {row.area.strip() for row in rows if "\x00" not in row.area}  # PostgreSQL refuses to look for that
    found = Area.objects.filter(code__in=codes) if len(codes) <= AT_ONCE else Area.objects.all()
    if hold:
        found = found.select_for_update()
    return dict(found.order_by("pk").values_list("code", "pk"))


def _known(feed: str, last: Mapping[Key, Fated], moment: datetime, *, before: bool) -> dict[Key, int]:
    """What was known at `moment` of the days of the report, and with `before` of all days before them too."""
    if not last:
        return {}
    days, areas = [key.day for key in last], {key.area for key in last}
    rows = CaseCount.objects.filter(
        feed=feed,
        measure__in={key.measure for key in last},
        day__lte=max(days),
        reported_at__lte=moment + A_MOMENT,
    )
    if len(areas) <= AT_ONCE:
        rows = rows.filter(area_id__in=areas)
    if not before:
        rows = rows.filter(day__gte=min(days))
    found = rows.order_by("reported_at").values_list("area_id", "measure", "day", "value")
    return {Key(area, measure, day): value for area, measure, day, value in found}


@dataclass(frozen=True, slots=True)
class Preview:
    """What receiving a report would do: how many rows of each fate, and the rows that a person should look at.

    `first_day` and `last_day` are of the rows that can be taken, and `areas` how many areas they are about.
    """

    rows: int
    fates: Mapping[str, int]
    rejected: tuple[RowView, ...]
    noticed: tuple[RowView, ...]
    first_day: date | None
    last_day: date | None
    areas: int

    @property
    def kept(self) -> int:
        """Rows that would change what is known."""
        return self.fates[RowFate.NEW] + self.fates[RowFate.CORRECTED]

    @property
    def refused(self) -> int:
        """Rows that cannot be taken."""
        return self.fates[RowFate.REJECTED]


def counts_preview(
    *, rows: Sequence[CountRow], moment: datetime, feed: str = LIVE, mode: str = ReportMode.DAILY
) -> Preview:
    """What `counts_receive` would do with these rows at `moment`; nothing is written."""
    fated = fates_of(rows, feed=feed, mode=mode, moment=moment)
    fates = Counter(each.fate for each in fated)
    taken = {each.key for each in fated if each.key is not None}
    return Preview(
        rows=len(fated),
        fates={fate.value: fates[fate] for fate in RowFate},
        rejected=tuple(view(each) for each in fated if each.fate == RowFate.REJECTED),
        noticed=tuple(view(each) for each in fated if each.fate in {RowFate.CORRECTED, RowFate.SUPERSEDED}),
        first_day=min((key.day for key in taken), default=None),
        last_day=max((key.day for key in taken), default=None),
        areas=len({key.area for key in taken}),
    )


def view(each: Fated) -> RowView:
    """The row as a page shows it."""
    row = each.row
    return RowView(
        each.number, row.area, str(row.day), row.measure, str(row.value), each.fate, each.previous, each.problem
    )
