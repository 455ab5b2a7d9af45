"""What the nightly checks said, and what has changed since the night before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from muster.engines.plan.findings import ERROR
from muster.preparedness.plans.models import NightlyCheck

NIGHTS: Final = 30
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Night:
    """One night of one plan, with the findings that are new since the night before and those that are gone."""

    row: NightlyCheck
    new: tuple[Facts, ...]
    gone: tuple[str, ...]

    @property
    def new_errors(self) -> int:
        """How many of the new findings are errors."""
        return sum(one["severity"] == ERROR for one in self.new)


def last_nights() -> list[Night]:
    """The last night of each plan, by the plan's code."""
    rows = NightlyCheck.objects.select_related("version__plan").order_by("day", "id")
    day = NightlyCheck.objects.order_by("-day").values_list("day", flat=True).first()
    last = {row.version.plan.code: row for row in rows.filter(day=day)} if day else {}
    return [_night(last[code]) for code in sorted(last)]


def nights_of(code: str, limit: int = NIGHTS) -> Sequence[Night]:
    """The last nights of a plan, the newest first, no more than `limit`."""
    rows = NightlyCheck.objects.filter(version__plan__code=code).select_related("version__plan")
    return [_night(row) for row in rows.order_by("-day", "-id")[:limit]]


def night(code: str, day: date) -> Night | None:
    """One night of a plan, or None."""
    rows = NightlyCheck.objects.filter(version__plan__code=code, day=day).select_related("version__plan")
    found = rows.order_by("-id").first()
    return _night(found) if found else None


def _night(row: NightlyCheck) -> Night:
    new = set(row.new)
    return Night(row, tuple(one for one in row.findings if one["key"] in new), tuple(row.gone))
