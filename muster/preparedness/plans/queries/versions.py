"""Released versions of plans, the newest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from muster.engines.plan import Plan, load_plan
from muster.engines.plan.above import Chain
from muster.preparedness.plans.models import PlanVersion

Key = tuple[str, int]  # content hash, primary key


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan by code with its versions, the newest first; there is always one."""

    code: str
    versions: tuple[PlanVersion, ...]

    @property
    def latest(self) -> PlanVersion:
        """The version that was released last."""
        return self.versions[0]


def plan_of(version: PlanVersion) -> Plan:
    """The plan that a version says, with all that it inherits; a released text never changes, so it is read once."""
    (plan,) = plans_of([version])
    return plan


def plans_of(versions: Sequence[PlanVersion]) -> list[Plan]:
    """The same for many, in their order: a statement for each step from a lower plan up to the highest, at the most."""
    _KEPT.fill([(version.hash, version.pk) for version in versions])
    return [_KEPT.plan((version.hash, version.pk)) for version in versions]


class _Kept:
    """Plans that this process has read, by hash and key; the oldest are given up first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._plans: dict[Key, Plan] = {}

    def plan(self, key: Key) -> Plan:
        found = self._plans.get(key)
        if found is None:
            self.fill([key])
            found = self._plans[key]
        return found

    def fill(self, keys: Sequence[Key]) -> None:
        """Read what is not known yet, and what it extends."""
        rows: list[PlanVersion] = []
        wanted = {pk for content, pk in keys if (content, pk) not in self._plans}
        while wanted:
            found = list(PlanVersion.objects.filter(pk__in=wanted).select_related("plan", "higher"))
            rows += found
            above = [row.higher for row in found if row.higher is not None]
            wanted = {one.pk for one in above if (one.hash, one.pk) not in self._plans} - {row.pk for row in rows}
        for row in reversed(rows):
            self._keep(row)

    def _keep(self, row: PlanVersion) -> None:
        above = row.higher
        plan = load_plan(
            row.text,
            name=f"{row.plan.code} {row.version}",
            higher=lambda _code, _number, _below: self.plan((above.hash, above.pk)) if above else None,
        )
        while len(self._plans) >= self._most:
            self._plans.pop(next(iter(self._plans)), None)
        self._plans[row.hash, row.pk] = plan


_KEPT: Final = _Kept(1000)


def kept_plan(content: str, pk: int) -> Plan:
    """The plan of the version with this hash and key."""
    return _KEPT.plan((content, pk))


def newest_numbers(moment: datetime) -> dict[str, str]:
    """The number of the version of each plan that was the last released at a moment, by the plan's code."""
    rows = PlanVersion.objects.filter(released_at__lte=moment).order_by("released_at", "id")
    return dict(rows.values_list("plan__code", "version"))


def released_plan(code: str, number: str, below: Chain = ()) -> Plan | None:
    """The plan that a released version says, for whoever extends it, or None."""
    found = version(code, number)
    return plan_of(found) if found else None


def plans() -> list[PlanRow]:
    """All plans by code, with their versions; one statement, without the texts."""
    found: dict[str, list[PlanVersion]] = defaultdict(list)
    for one in (
        PlanVersion.objects.select_related("plan", "unit", "higher__plan")
        .defer("text", "higher__text")
        .order_by("plan__code", "-released_at", "-id")
    ):
        found[one.plan.code].append(one)
    return [PlanRow(code, tuple(released)) for code, released in found.items()]


def versions(code: str) -> list[PlanVersion]:
    """Versions of one plan, the newest first; empty for a plan that does not exist."""
    return list(_of(code))


def version(code: str, number: str) -> PlanVersion | None:
    """One version of a plan, or None."""
    return _of(code).filter(version=number).first()


def latest_version(code: str) -> PlanVersion | None:
    """The version of a plan that was released last, or None."""
    return _of(code).first()


def _of(code: str) -> QuerySet[PlanVersion]:
    return (
        PlanVersion.objects.filter(plan__code=code)
        .select_related("plan", "unit", "higher__plan")
        .order_by("-released_at", "-id")
    )


def lower_versions(found: PlanVersion) -> list[PlanVersion]:
    """Versions of other plans that extend this one, the last version of each plan, by the plan's code."""
    rows = PlanVersion.objects.filter(higher=found).select_related("plan", "unit").defer("text")
    return list({row.plan.code: row for row in rows.order_by("plan__code", "released_at", "id")}.values())


def versions_to_activate() -> list[PlanVersion]:
    """The latest version of each plan, by the plan's code."""
    return [row.latest for row in plans()]


def version_with_hash(content_hash: str) -> PlanVersion | None:
    """The released version with this content, or None."""
    return PlanVersion.objects.filter(hash=content_hash).select_related("plan").first()


def version_of_text(text: str, name: str = "plan") -> PlanVersion | None:
    """The released version with the content of this text, or None. Raises PlanInvalid for what is no plan."""
    return version_with_hash(load_plan(text, name=name, higher=released_plan).hash)
