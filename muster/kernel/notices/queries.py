"""Reading the outbox for those who follow topics."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Max, Min, QuerySet

from muster.kernel.commands.models import OutboxRow

MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class Notice:
    """One announcement, as a follower gets it."""

    id: int
    topic: str
    payload: dict[str, Any]
    at: datetime


def newest() -> int:
    """The number of the last announcement, 0 when there is none."""
    return OutboxRow.objects.aggregate(last=Max("pk"))["last"] or 0


def oldest() -> int:
    """The number of the first announcement that is still kept, 0 when there is none."""
    return OutboxRow.objects.aggregate(first=Min("pk"))["first"] or 0


def after(number: int, topics: Collection[str] | None = None) -> list[Notice]:
    """Announcements after `number`, in order, at most 1000; of all topics unless some are given."""
    rows: QuerySet[OutboxRow] = OutboxRow.objects.filter(pk__gt=number)
    if topics is not None:
        rows = rows.filter(topic__in=topics)
    fields = rows.order_by("pk").values_list("pk", "topic", "payload", "at")[:MOST]
    return [Notice(key, topic, payload, at) for key, topic, payload, at in fields]
