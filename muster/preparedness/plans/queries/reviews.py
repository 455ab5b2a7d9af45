"""Which plans are to be looked at again, and which calls for that plans can see by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings

from muster.engines.plan import Plan
from muster.engines.plan.world import World
from muster.preparedness.plans.choices import ReviewReason
from muster.preparedness.plans.models import PlanVersion, ReviewDue
from muster.preparedness.plans.queries.checking import world_at
from muster.preparedness.plans.queries.versions import latest_version, plan_of, versions_to_activate

MONTH: Final = timedelta(days=365.25 / 12)
LONGEST: Final = 36  # months; the measures for plan management ask for a review every three years


@dataclass(frozen=True, slots=True)
class Call:
    """A call for the review of a plan: by its code, why, from what source, for which clauses."""

    plan: str
    reason: ReviewReason
    source: str
    clauses: tuple[str, ...] = ()
    note: str = ""


def reviews_due(code: str = "") -> list[ReviewDue]:
    """Open reviews, of one plan or of all, by plan, the oldest first."""
    rows = ReviewDue.objects.filter(closed_at=None).select_related("plan")
    return list(rows.filter(plan__code=code) if code else rows)


def reviews_closed(code: str = "") -> list[ReviewDue]:
    """Reviews that are done, the last first."""
    rows = ReviewDue.objects.exclude(closed_at=None).select_related("plan", "closed_with", "closed_person")
    return list((rows.filter(plan__code=code) if code else rows).order_by("-closed_at", "-id"))


def review(pk: int) -> ReviewDue | None:
    """One review, or None."""
    return ReviewDue.objects.select_related("plan", "closed_with", "closed_person").filter(pk=pk).first()


def calls_now(moment: datetime) -> list[Call]:
    """What the plans in force, the bureau's people and its stock call for at a moment."""
    versions = [version for version in versions_to_activate() if version.released_at <= moment]
    if not versions:
        return []
    world = world_at(moment)
    return [call for version in versions for call in _calls(version, plan_of(version), world, moment)]


def _calls(version: PlanVersion, plan: Plan, world: World, moment: datetime) -> Iterator[Call]:
    today = moment.astimezone(settings.BUREAU_ZONE).date()
    if due_on(version, plan) <= today:
        yield Call(plan.id, ReviewReason.PERIOD, f"{version.version}")
    yield from _law(version, plan, today)
    yield from _roles(version, plan, world)
    yield from _stock(version, plan, world)
    yield from _higher(version, plan)


def due_on(version: PlanVersion, plan: Plan) -> date:
    """The day on which a version is due for review: after the months that it says, and never after three years."""
    reviewed = plan.reviewed_on or version.released_at.astimezone(settings.BUREAU_ZONE).date()
    return reviewed + min(plan.review_months, LONGEST) * MONTH


def _law(version: PlanVersion, plan: Plan, today: date) -> Iterator[Call]:
    for ground in plan.legal_basis:
        if ground.until is not None and ground.until < today:
            clauses = tuple(clause.id for clause in plan.clauses if clause.ground == ground.id)
            yield Call(plan.id, ReviewReason.LAW, f"{ground.id} {version.version}", clauses)


def _roles(version: PlanVersion, plan: Plan, world: World) -> Iterator[Call]:
    for role in plan.roles.values():
        held = (world.holders or {}).get(role.id, {})
        if world.holders is not None and not any(held.values()):
            clauses = tuple(clause.id for clause in plan.clauses if clause.actor == role.id)
            yield Call(plan.id, ReviewReason.ROLE, f"{role.id} {version.version}", clauses)


def _stock(version: PlanVersion, plan: Plan, world: World) -> Iterator[Call]:
    for item in sorted(needed_items(plan)) if world.items is not None else ():
        if world.items is not None and item not in world.items:
            clauses = tuple(clause.id for clause in plan.clauses if item in {supply.item for supply in clause.supplies})
            yield Call(plan.id, ReviewReason.STOCK, f"{item} {version.version}", clauses)


def needed_items(plan: Plan) -> set[str]:
    """Items that a plan counts on: of its reserves, its standards and the supplies of its clauses."""
    found = set(plan.reserve_days)
    found.update(item for standard in plan.standards.values() for item in standard.per_officer_shift)
    found.update(supply.item for clause in plan.clauses for supply in clause.supplies)
    return found


def _higher(version: PlanVersion, plan: Plan) -> Iterator[Call]:
    if plan.extension is None:
        return
    higher = plan.extension.higher
    latest = latest_version(higher.id)
    if latest is not None and latest.version != higher.version:
        yield Call(plan.id, ReviewReason.HIGHER_PLAN, f"{higher.id} {latest.version}")
