"""What a feed was told from outside, as it was told: for those who play the same days again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from muster.prevention.situation.models import LIVE, ExternalInput


@dataclass(frozen=True, slots=True)
class ToldOn:
    """One value of one input, on the bureau's day from which it is valid; of the whole city."""

    name: str
    day: date
    value: float


def told_from_outside(*, feed: str = LIVE, as_of: datetime) -> list[ToldOn]:
    """Every value that had been told of the whole city at `as_of`, in order of time."""
    rows = ExternalInput.objects.filter(feed=feed, area=None, recorded_at__lte=as_of).order_by("valid_from", "pk")
    return [
        ToldOn(name, moment.astimezone(settings.BUREAU_ZONE).date(), value)
        for name, moment, value in rows.values_list("name", "valid_from", "value")
    ]
