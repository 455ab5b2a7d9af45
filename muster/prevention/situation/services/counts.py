"""Receiving counts: every row gets its fate, and what was known before stays as it was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from muster.kernel import progress
from muster.kernel.commands import Actor, announce, command, record
from muster.kernel.commands.many import Values, insert_many
from muster.kernel.organisation.codes import keys_of
from muster.kernel.organisation.models import Area
from muster.prevention.situation.errors import ReportInvalid
from muster.prevention.situation.knowledge import bureau_day
from muster.prevention.situation.models import (
    LIVE,
    CaseCount,
    Measure,
    ReportBatch,
    ReportMode,
    ReportRow,
    RowFate,
    SurveillanceStart,
)
from muster.prevention.situation.permits import reports_counts
from muster.prevention.situation.queries.fates import A_MOMENT, fates_of
from muster.prevention.situation.receiving import Fated, Key
from muster.prevention.situation.rows import CountRow

FEED = re.compile(r"[\w:.-]{1,64}")
KEPT = (RowFate.NEW, RowFate.CORRECTED)
COUNT = ("feed", "area_id", "measure", "day", "value", "reported_at", "batch_id")
ROW = ("batch_id", "number", "area_code", "day", "measure", "value", "fate", "previous", "problem")


@command("situation.counts_receive", policy=reports_counts)
def counts_receive(
    *,
    by: Actor,
    rows: Sequence[CountRow],
    source: str,
    feed: str = LIVE,
    mode: str = ReportMode.DAILY,
    reported_at: datetime | None = None,
    file_name: str = "",
    file_sha256: str = "",
) -> ReportBatch:
    """Receive a report of counts; every row is kept with what became of it.

    `mode` "daily" gives new cases of each day, "cumulative" totals so far. Of several rows for one area, measure and
    day the last counts. A count that differs from what is known is a correction: a new row, from `reported_at` on.
    Rows that cannot be taken are rejected one by one; the others are received.

    Raises ReportInvalid for a report without rows or source, of an unknown mode, or from the future.
    """
    moment = reported_at or by.now
    check_feed(feed)
    _check(rows, source, mode, moment, by.now)
    with progress.part(0.0, 0.4):
        fated = fates_of(rows, feed=feed, mode=mode, moment=moment, hold=True)
    about = {
        "source": kept(source.strip(), 200),
        "feed": feed,
        "mode": mode,
        "file_name": kept(file_name, 255),
        "file_sha256": file_sha256,
    }
    return _write(by, fated, moment, about)


@command("situation.surveillance_start_state", policy=reports_counts)
def surveillance_start_state(
    *,
    by: Actor,
    area: str,
    none_before: date,
    feed: str = LIVE,
    measure: str = Measure.CONFIRMED,
    source: str = "",
) -> SurveillanceStart:
    """State that an area had no case before a day; without it the days before the first report are unknown.

    The last statement counts. Raises CodeUnknown, and ReportInvalid for an unknown measure or a day that is not over.
    """
    if measure not in Measure.values:
        raise ReportInvalid(
            _("This measure is not known."), where=kept(measure, 64), expected=", ".join(Measure.values)
        )
    if none_before > bureau_day(by.now) + timedelta(days=1):
        raise ReportInvalid(
            _("The day is in the future."),
            where=f"{none_before}",
            expected=_("a day up to tomorrow"),
        )
    check_feed(feed)
    area_id = keys_of(Area, [area])[area]
    batch = ReportBatch.objects.create(
        source=kept(source.strip(), 200) or by.principal,
        feed=feed,
        reported_at=by.now,
        received_at=by.now,
        received_by=by.principal,
        rows=0,
    )
    announce(topic(feed), {"batch": batch.pk})
    return SurveillanceStart.objects.create(
        feed=feed, area_id=area_id, measure=measure, none_before=none_before, stated_at=by.now, batch=batch
    )


def topic(feed: str) -> str:
    """What followers of a feed listen to."""
    return f"situation:{feed}"


def check_feed(feed: str) -> None:
    """Raises ReportInvalid for a feed that could not be found again."""
    if not FEED.fullmatch(feed):
        raise ReportInvalid(
            _("This is no name of a feed."), where=kept(feed, 64), expected=_("up to 64 letters, figures and : . _ -")
        )


def _check(rows: Sequence[CountRow], source: str, mode: str, moment: datetime, now: datetime) -> None:
    if not rows:
        raise ReportInvalid(_("The report has no rows."), expected=_("at least one count"))
    if not source.strip():
        raise ReportInvalid(_("The report has no source."), expected=_("who counted, such as the health commission"))
    if mode not in ReportMode.values:
        raise ReportInvalid(_("This way of counting is not known."), where=mode, expected=", ".join(ReportMode.values))
    if moment > now:
        raise ReportInvalid(
            _("The report is from the future."), where=f"{moment:%Y-%m-%d %H:%M}", expected=_("a moment up to now")
        )


def _write(by: Actor, fated: Sequence[Fated], moment: datetime, about: Mapping[str, str]) -> ReportBatch:
    fates = Counter(each.fate for each in fated)
    figures = {fate.value: fates[fate] for fate in RowFate}
    batch = ReportBatch.objects.create(
        **about,
        reported_at=moment,
        received_at=by.now,
        received_by=by.principal,
        rows=len(fated),
        **figures,
    )
    taken = [each for each in fated if each.fate in KEPT]
    moments = _moments(about["feed"], taken, moment)
    with progress.part(0.4, 0.7):
        insert_many(CaseCount, COUNT, [_count(each, about["feed"], moments, batch) for each in taken])
    with progress.part(0.7, 1.0):
        insert_many(ReportRow, ROW, [_row(each, batch) for each in fated])
    record(batch=batch.pk, feed=about["feed"], **figures)
    announce(topic(about["feed"]), {"batch": batch.pk})
    return batch


def _moments(feed: str, taken: Sequence[Fated], moment: datetime) -> dict[Key, datetime]:
    """From when on each count is known: `moment`, but just after what another report said at the very same moment."""
    moments = dict.fromkeys((each.key for each in taken if each.key), moment)
    if any(each.fate == RowFate.CORRECTED for each in taken):
        said = CaseCount.objects.filter(feed=feed, reported_at__gte=moment, reported_at__lte=moment + A_MOMENT)
        rows = said.order_by("reported_at").values_list("area_id", "measure", "day", "reported_at")
        for area, measure, day, at in rows:
            if (place := Key(area, measure, day)) in moments:
                moments[place] = at + timedelta(microseconds=1)
    return moments


def _count(each: Fated, feed: str, moments: Mapping[Key, datetime], batch: ReportBatch) -> Values:
    """The values of `COUNT`."""
    assert each.key is not None
    return (feed, *each.key, each.count, moments[each.key], batch.pk)


def _row(each: Fated, batch: ReportBatch) -> Values:
    """The values of `ROW`: the row as it was written, cut to what is kept of a cell."""
    row = each.row
    return (
        batch.pk,
        each.number,
        kept(row.area, 64),
        kept(str(row.day), 32),
        kept(row.measure, 32),
        kept(str(row.value), 64),
        str(each.fate),
        each.previous,
        each.problem,
    )


def kept(text: str, most: int) -> str:
    """A cell as it can be kept: cut, and without the one character that PostgreSQL does not store."""
    return text[:most].replace("\x00", "\ufffd")
