"""A released version held against the checks, and the bureau as it is against the version."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, time
from functools import lru_cache

from django.conf import settings
from django.db.models import Count, Q

from muster.engines.plan.checks import check
from muster.engines.plan.findings import Finding
from muster.engines.plan.world import Holder, World
from muster.kernel import clock
from muster.kernel.organisation import queries as organisation
from muster.kernel.organisation.choices import PersonKind
from muster.kernel.organisation.models import Partner
from muster.preparedness.logistics.queries import item_names, last_movement, usable_balances
from muster.preparedness.plans.models import PlanVersion
from muster.preparedness.plans.queries.consulting import acknowledged_at
from muster.preparedness.plans.queries.coverage import exercised
from muster.preparedness.plans.queries.stress_state import stressed_at
from muster.preparedness.plans.queries.versions import kept_plan, newest_numbers, plan_of


def findings_of(version: PlanVersion, world: World | None = None) -> tuple[Finding, ...]:
    """Everything the checks say about a version, the gravest first; without a world about the text alone."""
    return _in_itself(version.hash, version.pk) if world is None else check(plan_of(version), world)


@lru_cache(maxsize=1000)
def _in_itself(content_hash: str, key: int) -> tuple[Finding, ...]:
    return check(kept_plan(content_hash, key))


def last_known() -> datetime:
    """The moment up to which the bureau's books are kept: the last movement of stock, and now where there is none.

    In a bureau at work that is today; of a sample or a restored copy it is the time that its records tell of.
    """
    now = clock.now()
    return min(last_movement() or now, now)


def moment_of(day: date) -> datetime:
    """The end of a day in the bureau's zone."""
    return datetime.combine(day, time.max, settings.BUREAU_ZONE)


def world_at(moment: datetime) -> World:
    """People, appointments, stock, partners and places as they are at a moment."""
    return World(
        today=moment.astimezone(settings.BUREAU_ZONE).date(),
        people=organisation.strength(moment),
        units={unit.code: unit.kind for unit in organisation.unit_tree() if unit.is_active},
        holders=_holders(moment),
        stock=_stock(moment),
        liaisons=_liaisons(),
        sites=Counter(site.kind for site in organisation.sites()),
        role_holders=_role_holders(moment),
        items=frozenset(item_names()) or None,
        contacts_checked=organisation.contacts_confirmed(moment.astimezone(settings.BUREAU_ZONE).date()),
        exercised=exercised(moment.astimezone(settings.BUREAU_ZONE).date()),
        newest=newest_numbers(moment),
        acknowledged=acknowledged_at(moment),
        stressed=stressed_at(moment),
    )


def _holders(moment: datetime) -> dict[str, Counter[str]]:
    held: dict[str, Counter[str]] = defaultdict(Counter)
    for role in organisation.roles(moment):
        held[role.role.code].update(holder.unit for holder in role.holders)
    return held


def _role_holders(moment: datetime) -> dict[tuple[str, str], tuple[Holder, ...]]:
    return {
        post: tuple(Holder(one.person, one.qualifications, one.away) for one in people)
        for post, people in organisation.present_holders(moment).items()
    }


def _stock(moment: datetime) -> Counter[str]:
    stock: Counter[str] = Counter()
    for (_store, item), quantity in usable_balances(as_of=moment).items():
        stock[item] += quantity
    return stock


def _liaisons() -> dict[str, int]:
    liaisons = Count("people", filter=Q(people__active=True, people__kind=PersonKind.LIAISON))
    rows = Partner.objects.filter(is_active=True).annotate(liaisons=liaisons)
    return dict(rows.values_list("code", "liaisons"))
