"""Findings of a plan today, each with the suppression that somebody answers for, as long as it lasts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from muster.engines.plan import Plan, load_plan
from muster.engines.plan.checks import check
from muster.engines.plan.findings import SEVERITIES, Finding
from muster.engines.plan.hashing import finding_content
from muster.engines.plan.world import World
from muster.kernel import clock
from muster.preparedness.plans.models import Suppression
from muster.preparedness.plans.queries.checking import world_at
from muster.preparedness.plans.queries.versions import released_plan

Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """A finding, and the suppression under which it is silent; None for one that speaks."""

    finding: Finding
    suppression: Suppression | None = None

    @property
    def key(self) -> str:
        """The finding's name from one day to the next: rule, clause, subject."""
        return key_of(self.finding)


@dataclass(frozen=True, slots=True)
class FindingsToday:
    """What the checks say about a plan on a day: all of it, and how much of it speaks."""

    plan: Plan
    day: date | None
    said: tuple[Said, ...]

    @property
    def speaking(self) -> tuple[Finding, ...]:
        """Findings that nobody has suppressed."""
        return tuple(one.finding for one in self.said if one.suppression is None)

    @property
    def suppressed(self) -> tuple[Said, ...]:
        """Findings that somebody answers for."""
        return tuple(one for one in self.said if one.suppression is not None)

    def counts(self) -> dict[str, int]:
        """How many of each severity speak, all severities named."""
        found = Counter(finding.severity for finding in self.speaking)
        return {severity: found[severity] for severity in SEVERITIES}


def key_of(finding: Finding) -> str:
    """A finding's name from one day to the next: rule, clause, subject."""
    return ":".join((finding.id, finding.clause, finding.subject))


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
    in_force = {key_and_content(one): one for one in suppressions(plan.id, day)} if day else {}
    said = []
    for finding in findings:
        named = (finding.id, finding.clause, finding.subject)
        content = finding_content(plan, finding) if in_force else ""
        said.append(Said(finding, in_force.get((*named, content))))
    return FindingsToday(plan, day, tuple(said))


def key_and_content(suppression: Suppression) -> Key:
    """What a suppression names."""
    return suppression.rule, suppression.clause, suppression.subject, suppression.content


def suppressions(code: str, day: date) -> Sequence[Suppression]:
    """Those of a plan that last on a day; which of them still meet their content is for `applied` to say."""
    lasting = Suppression.objects.filter(code=code, since__lte=day, until__gte=day, lifted_at=None)
    return list(lasting.select_related("person"))


def all_suppressions(code: str = "", limit: int = 200) -> list[Suppression]:
    """Suppressions of one plan or of all, the last first, also those that are over."""
    rows = Suppression.objects.select_related("person", "lifted_person").order_by("-at", "-id")
    return list((rows.filter(code=code) if code else rows)[:limit])


def suppression(pk: int) -> Suppression | None:
    """One suppression, or None."""
    return Suppression.objects.select_related("person", "lifted_person").filter(pk=pk).first()
