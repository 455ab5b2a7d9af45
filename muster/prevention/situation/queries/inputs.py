"""What others reported: the value of each input that held at a moment."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from muster.prevention.situation.models import ExternalInput

Scalar = float | int | bool


class Inputs:
    """All inputs of a feed that were recorded up to a moment; one statement."""

    def __init__(self, feed: str, until: datetime) -> None:
        rows = ExternalInput.objects.filter(feed=feed, recorded_at__lte=until, valid_from__lte=until)
        self.by_name: dict[str, list[ExternalInput]] = defaultdict(list)
        for row in rows.order_by("valid_from", "recorded_at", "pk"):
            self.by_name[row.name].append(row)

    def at(self, moment: datetime, area_id: int) -> tuple[dict[str, Scalar], dict[str, datetime]]:
        """Values that held at `moment` in an area, and the moment that each tells of.

        What is said of the area itself goes before what is said of the whole city. A value that is valid until further
        notice tells of `moment` itself; one whose hours are over is unknown.
        """
        values: dict[str, Scalar] = {}
        taken_at: dict[str, datetime] = {}
        for name, rows in self.by_name.items():
            said = [row for row in rows if row.recorded_at <= moment and row.valid_from <= moment]
            own = [row for row in said if row.area_id == area_id] or [row for row in said if row.area_id is None]
            if own and (when := _tells_of(own[-1], moment)) is not None:
                values[name], taken_at[name] = own[-1].scalar(), when
        return values, taken_at


def _tells_of(row: ExternalInput, moment: datetime) -> datetime | None:
    if row.lasting:
        return moment
    if row.valid_hours is None:
        return row.valid_from
    return moment if moment <= row.valid_from + timedelta(hours=row.valid_hours) else None
