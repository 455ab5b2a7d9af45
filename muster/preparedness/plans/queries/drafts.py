"""Drafts of plans, the one changed last first."""

from __future__ import annotations

from functools import lru_cache

from muster.engines.plan import Plan, PlanInvalid, Problem, load_plan
from muster.preparedness.plans.choices import OVER
from muster.preparedness.plans.models import Draft, DraftRevision
from muster.preparedness.plans.queries.versions import released_plan


def drafts(all_of_them: bool = False) -> list[Draft]:
    """Open drafts without their texts; with `all_of_them` also those that were released or withdrawn."""
    rows = Draft.objects.select_related("unit", "based_on", "released_as").defer("text")
    return list(rows if all_of_them else rows.exclude(state__in=OVER))


def draft(pk: int) -> Draft | None:
    """One draft, or None."""
    return Draft.objects.select_related("unit", "based_on__plan", "released_as__plan").filter(pk=pk).first()


def draft_of(code: str) -> Draft | None:
    """The open draft of a plan, or None."""
    return Draft.objects.filter(code=code).exclude(state__in=OVER).first()


def draft_revisions(found: Draft) -> list[DraftRevision]:
    """Every text of a draft, the last first, without the texts themselves."""
    return list(found.revisions.defer("text"))


def draft_revision(found: Draft, revision: int) -> DraftRevision | None:
    """One text of a draft, or None."""
    return found.revisions.filter(revision=revision).first()


def draft_plan(found: Draft) -> Plan | tuple[Problem, ...]:
    """The plan that a draft says, or everything that keeps it from being one, by line."""
    try:
        return _read(found.text, f"{found.code} draft")
    except PlanInvalid as invalid:
        return tuple(invalid.problems)


@lru_cache(maxsize=64)
def _read(text: str, name: str) -> Plan | tuple[Problem, ...]:
    """What could not be read is kept too, but for a lower plan: the higher one that is missing today may come."""
    try:
        return load_plan(text, name=name, higher=released_plan)
    except PlanInvalid as invalid:
        if "extends" in text:
            raise
        return invalid.problems
