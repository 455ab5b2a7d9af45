"""Many rows at once are the rows that Django would have written, and the database guards them as ever."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from muster.kernel import progress
from muster.kernel.commands.many import TOGETHER, insert_many
from muster.prevention.situation.models import CaseCount, ReportBatch, ReportRow
from tests.kernel.organisation import town

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 8, 30, 15, 250, tzinfo=UTC)
COUNT = ("feed", "area_id", "measure", "day", "value", "reported_at", "batch_id")
ROW = ("batch_id", "number", "fate", "previous", "area_code", "day", "measure", "value", "problem")


@pytest.fixture
def batch() -> ReportBatch:
    return ReportBatch.objects.create(source="t", reported_at=NOW, received_at=NOW, received_by="t", rows=0)


@pytest.fixture
def area() -> int:
    town.build()
    from muster.kernel.organisation.models import Area

    return int(Area.objects.order_by("pk")[0].pk)


def test_what_is_written_at_once_reads_as_what_django_writes(batch: ReportBatch, area: int) -> None:
    facts = {"area_id": area, "measure": "deaths", "value": 3, "reported_at": NOW, "batch_id": batch.pk}
    CaseCount.objects.create(feed="one", day=date(2026, 2, 27), **facts)
    insert_many(CaseCount, COUNT, [("many", area, "deaths", date(2026, 2, 27), 3, NOW, batch.pk)])
    one, many = (
        CaseCount.objects.filter(feed=feed).values("area", "measure", "day", "value", "reported_at", "batch").get()
        for feed in ("one", "many")
    )
    assert one == many


def test_more_rows_than_go_together_come_in_whole_in_their_order_and_with_their_gaps(batch: ReportBatch) -> None:
    total = TOGETHER + 3
    rows = [
        (batch.pk, number, "same", None if number % 2 else number, f'"{number}", \\ 区', "", "", "", "")
        for number in range(1, total + 1)
    ]
    insert_many(ReportRow, ROW, rows)
    found = ReportRow.objects.order_by("pk").values_list("number", "previous", "area_code")
    assert list(found) == [(row[1], row[3], row[4]) for row in rows]


def test_the_constraints_of_the_table_hold_and_nothing_is_left(batch: ReportBatch, area: int) -> None:
    good = ("live", area, "deaths", date(2026, 2, 27), 3, NOW, batch.pk)
    negative = ("live", area, "deaths", date(2026, 2, 28), -1, NOW, batch.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_many(CaseCount, COUNT, [good, negative])
    assert not CaseCount.objects.exists()


def test_whoever_waits_hears_how_far_it_is_and_can_stop_it_with_nothing_left(batch: ReportBatch) -> None:
    rows = [(batch.pk, number, "same", None, "", "", "", "", "") for number in range(2 * TOGETHER)]
    heard: list[float] = []

    def listen(share: float) -> bool:
        heard.append(share)
        return len(heard) < 2

    with pytest.raises(progress.Stopped), transaction.atomic(), progress.told_to(listen), progress.part(0.5, 1.0):
        insert_many(ReportRow, ROW, rows)
    assert heard == [0.75, 1.0]
    assert not ReportRow.objects.exists()


def test_nothing_is_nothing(batch: ReportBatch) -> None:
    insert_many(ReportRow, ROW, [])
    assert not ReportRow.objects.exists()
