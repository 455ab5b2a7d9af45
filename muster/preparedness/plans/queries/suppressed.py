"""Findings of a plan, each with the suppression that somebody answers for, as long as it lasts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from muster.engines.plan import Plan, load_plan
from muster.engines.plan.checks import check
from muster.engines.plan.findings import Finding
from muster.engines.plan.hashing import finding_content
from muster.engines.plan.world import World
from muster.kernel import clock
from muster.preparedness.plans.models import PlanVersion, Suppression
from muster.preparedness.plans.queries.checking import findings_of, last_known, world_at
from muster.preparedness.plans.queries.versions import plan_of, released_plan
from muster.preparedness.plans.said import Said, speaking

Name = tuple[str, str, str]  # rule, clause, subject
Lasting = Mapping[Name, Sequence[Suppression]]


@dataclass(frozen=True, slots=True)
class FindingsToday:
    """What the checks say about a plan on a day: all of it, and how much of it speaks."""

    plan: Plan
    day: date | None
    said: tuple[Said, ...]

    @property
    def speaking(self) -> tuple[Finding, ...]:
        """Findings that nobody has suppressed."""
        return tuple(one.finding for one in self.said if one.speaks)

    @property
    def suppressed(self) -> tuple[Said, ...]:
        """Findings that somebody answers for."""
        return tuple(one for one in self.said if not one.speaks)

    def counts(self) -> dict[str, int]:
        """How many of each severity speak, all severities named."""
        return dict(speaking(self.said))


def findings_today(
    text: str | Plan, *, name: str = "plan", world: World | None = None, at: datetime | None = None
) -> FindingsToday:
    """What the checks say of a text against today's world, with suppressions applied.

    Without a `world` the bureau at the moment `at` (by default now) is read. Raises PlanInvalid for what is no plan.
    """
    plan = load_plan(text, name=name, higher=released_plan) if isinstance(text, str) else text
    held_against = world or world_at(at or clock.now())
    return applied(plan, check(plan, held_against), held_against.today)


def applied(plan: Plan, findings: Iterable[Finding], day: date | None) -> FindingsToday:
    """Findings of a plan, each with its suppression where one lasts on `day`."""
    return FindingsToday(
        plan, day, answered(plan, findings, lasting([plan.id], day)[plan.id]) if day else _all(findings)
    )


def _all(findings: Iterable[Finding]) -> tuple[Said, ...]:
    return tuple(Said(one) for one in findings)


def said_of(version: PlanVersion, world: World | None = None) -> tuple[Said, ...]:
    """What the checks say of a version, with what is suppressed today; without a world of the text alone."""
    return answered_today(plan_of(version), findings_of(version, world))


def answered_today(plan: Plan, findings: Iterable[Finding]) -> tuple[Said, ...]:
    """Findings of a plan with what is suppressed today, whichever day the bureau was looked at that they speak of."""
    return answered(plan, findings, lasting([plan.id], clock.today())[plan.id])


def answered(plan: Plan, findings: Iterable[Finding], known: Lasting) -> tuple[Said, ...]:
    """Findings of a plan, each with the one of the known suppressions that is about what stands there now."""
    return tuple(Said(one, _answer(plan, one, known)) for one in findings)


def _answer(plan: Plan, finding: Finding, known: Lasting) -> Suppression | None:
    named = known.get((finding.id, finding.clause, finding.subject), ())
    if not named:
        return None
    content = finding_content(plan, finding)
    return next((one for one in named if one.content == content), None)


def lasting(codes: Collection[str], day: date) -> dict[str, Lasting]:
    """Suppressions that last on a day, by plan and by what they name; one statement for all plans."""
    rows = Suppression.objects.filter(code__in=codes, since__lte=day, until__gte=day, lifted_at=None)
    found: dict[str, dict[Name, list[Suppression]]] = {code: defaultdict(list) for code in codes}
    for one in rows.select_related("person"):
        found[one.code][one.rule, one.clause, one.subject].append(one)
    return {code: dict(named) for code, named in found.items()}


def said_by_name(plan: Plan, key: str, others: Iterable[Finding] = (), moment: datetime | None = None) -> Said | None:
    """The finding that a page named, or None where the checks do not say it (any more).

    Pages look at the bureau of now, of the last day that its books tell of, or of a `moment` that was asked for;
    `others` are findings that no check of the plan alone can make, such as a copied plan.
    """
    for found in (others, *(check(plan, world_at(one)) for one in _moments(moment))):
        told = (one for one in answered_today(plan, found) if one.key == key)
        if (first := next(told, None)) is not None:
            return first
    return None


def _moments(asked: datetime | None) -> Iterable[datetime]:
    return (asked,) if asked else dict.fromkeys((clock.now(), last_known()))


def all_suppressions(code: str = "", limit: int = 200) -> list[Suppression]:
    """Suppressions of one plan or of all, the last first, also those that are over."""
    rows = Suppression.objects.select_related("person", "lifted_person").order_by("-at", "-id")
    return list((rows.filter(code=code) if code else rows)[:limit])


def suppression(pk: int) -> Suppression | None:
    """One suppression, or None."""
    return Suppression.objects.select_related("person", "lifted_person").filter(pk=pk).first()
