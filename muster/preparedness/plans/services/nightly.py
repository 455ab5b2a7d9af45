"""Every night each version in force is held against the bureau of the day, and what is new is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from django.conf import settings

from muster.engines.plan import Plan
from muster.engines.plan.checks import check
from muster.engines.plan.checks.copies import copies
from muster.engines.plan.findings import ERROR, NOTE, WARNING, Finding, gravest_first
from muster.engines.plan.world import World
from muster.kernel.commands import Actor, announce, command, record
from muster.preparedness.plans.facts import said_facts
from muster.preparedness.plans.models import NightlyCheck, PlanVersion
from muster.preparedness.plans.permits import checks_released
from muster.preparedness.plans.queries.checking import world_at
from muster.preparedness.plans.queries.suppressed import FindingsToday, applied
from muster.preparedness.plans.queries.versions import plans_of, versions_to_activate
from muster.preparedness.plans.services.suppressing import CHECKS

KEPT: Final = timedelta(days=400)


@command("plans.check_released", policy=checks_released)
def released_check(*, by: Actor) -> list[NightlyCheck]:
    """Check every version in force against the bureau of today; returns the rows of today, new or not.

    A version that was checked today already is left as it is, so doing it twice or late adds nothing. What is older
    than 400 days is cleared. New errors are announced to whoever follows the checks.
    """
    today = by.now.astimezone(settings.BUREAU_ZONE).date()
    versions = [version for version in versions_to_activate() if version.released_at <= by.now]
    have = {row.version_id: row for row in NightlyCheck.objects.filter(day=today, version__in=versions)}
    waiting = [version for version in versions if version.pk not in have]
    if waiting:
        have |= {row.version_id: row for row in _checked(by, today, versions, waiting)}
    NightlyCheck.objects.filter(day__lt=today - KEPT).delete()
    record(day=today, versions=len(versions), checked=len(waiting))
    return [have[version.pk] for version in versions]


def _checked(by: Actor, today: date, versions: list[PlanVersion], waiting: list[PlanVersion]) -> list[NightlyCheck]:
    world = world_at(by.now)
    plans = dict(zip((version.pk for version in versions), plans_of(versions), strict=True))
    copied = copies(list(plans.values()))
    doubles = {pk: copied[place] for place, pk in enumerate(plans) if place in copied}
    before = _last_nights(today, waiting)
    rows = []
    for version in waiting:
        found = _found(plans[version.pk], world, doubles.get(version.pk))
        rows.append(_row(by, today, version, found, before.get(version.plan_id)))
    NightlyCheck.objects.bulk_create(rows)
    for row in rows:
        _tell(row)
    return rows


def _found(plan: Plan, world: World, double: Finding | None) -> FindingsToday:
    findings: Iterable[Finding] = check(plan, world)
    return applied(plan, sorted([*findings, *([double] if double else [])], key=gravest_first), world.today)


def _last_nights(today: date, versions: list[PlanVersion]) -> dict[int, NightlyCheck]:
    """The last night before today of each plan, whichever version it had then."""
    plans = {version.plan_id for version in versions}
    rows = NightlyCheck.objects.filter(version__plan__in=plans, day__lt=today, day__gte=today - KEPT)
    last: dict[int, NightlyCheck] = {}
    for row in rows.select_related("version").order_by("day", "id").defer("new", "gone"):
        last[row.version.plan_id] = row
    return last


def _row(
    by: Actor, today: date, version: PlanVersion, found: FindingsToday, before: NightlyCheck | None
) -> NightlyCheck:
    counts = found.counts()
    speaking = {one.key for one in found.said if one.speaks}
    had = speaking if before is None else {one["key"] for one in before.findings if not one["suppressed"]}
    return NightlyCheck(
        version=version,
        day=today,
        at=by.now,
        errors=counts[ERROR],
        warnings=counts[WARNING],
        notes=counts[NOTE],
        suppressed=len(found.suppressed),
        findings=[{"key": one.key, **said_facts(one)} for one in found.said],
        new=sorted(speaking - had),
        gone=sorted(had - speaking),
    )


def _tell(row: NightlyCheck) -> None:
    new = set(row.new)
    errors = [one["key"] for one in row.findings if one["severity"] == ERROR and one["key"] in new]
    if errors:
        announce(CHECKS, {"plan": row.version.plan.code, "day": row.day.isoformat(), "new_errors": len(errors)})
