"""What the nightly checks said, and what has changed since the night before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from muster.engines.plan import Text
from muster.engines.plan.findings import ERROR, NOTE, WARNING, Finding
from muster.kernel import clock
from muster.preparedness.plans.models import NightlyCheck
from muster.preparedness.plans.queries.suppressed import answered, lasting
from muster.preparedness.plans.queries.versions import plans_of
from muster.preparedness.plans.said import Said, silent, speaking

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


def counted_now(rows: Sequence[NightlyCheck]) -> dict[int, Counter[str]]:
    """How many findings of each night speak today, by severity, and how many are "suppressed"; by key of the night.

    What somebody has answered for since the night, or answers for no more, counts so from this moment on. Of the
    nights to which this may have happened the findings are read, of the others the counts that they were kept with.
    """
    known = lasting({row.version.plan.code for row in rows}, clock.today())
    moved = [row for row in rows if row.suppressed or known[row.version.plan.code]]
    found = dict(NightlyCheck.objects.filter(pk__in=[row.pk for row in moved]).values_list("pk", "findings"))
    counts = {row.pk: Counter({ERROR: row.errors, WARNING: row.warnings, NOTE: row.notes}) for row in rows}
    for row, plan in zip(moved, plans_of([row.version for row in moved]), strict=True):
        said = answered(plan, (_finding(one) for one in found[row.pk]), known[plan.id])
        counts[row.pk] = speaking(said) + Counter(suppressed=silent(said))
    return counts


def said_at_night(row: NightlyCheck) -> tuple[Said, ...]:
    """What a night said, with what is suppressed today."""
    (plan,) = plans_of([row.version])
    return answered(plan, (_finding(one) for one in row.findings), lasting([plan.id], clock.today())[plan.id])


def _finding(facts: Facts) -> Finding:
    """A finding out of the plain values that a night was kept as."""
    message, repair = (Text(facts[f"{name}_zh"], facts[name]) for name in ("message", "repair"))
    named = (facts["id"], facts["severity"], facts["clause"], facts["line"])
    return Finding(*named, message, repair, facts["subject"], facts["file"])
