"""Where a finding was read, and whether the checks say it there: what must hold before somebody answers for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.urls import reverse

from muster.engines.plan import Plan
from muster.engines.plan.findings import Finding
from muster.engines.plan.hashing import finding_content
from muster.preparedness.plans import queries
from muster.preparedness.plans.queries.copied import copied_in_force
from muster.preparedness.plans.queries.suppressed import said_by_name
from muster.preparedness.plans.reading import draft_or_404, version_or_404
from muster.preparedness.plans.said import Said


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding was read: the text that it is about, the page to go back to, what is said of it beside."""

    plan: Plan
    back: str
    others: tuple[Finding, ...] = ()


def place_of(code: str, where: str) -> Place:
    """ "draft:3", "version:2.0", or nothing for the version in force. Raises Http404 for what there is not."""
    kind, _colon, name = where.partition(":")
    if kind == "draft":
        draft = draft_or_404(int(name) if name.isdecimal() and len(name) < 12 else 0)
        plan = queries.draft_plan(draft)
        if draft.code != code or not isinstance(plan, Plan):
            raise Http404
        return Place(plan, reverse("plans:studio_draft", args=[draft.pk]))
    version = version_or_404(code, name)
    copied = copied_in_force(queries.versions_to_activate()).get(version.pk)
    back = reverse("plans:findings", args=[code, name]) if name else reverse("plans:checks_of", args=[code])
    return Place(queries.plan_of(version), back, (copied,) if copied else ())


def told_there(place: Place, key: str, moment: datetime | None = None) -> Said | None:
    """The finding with this name, as the checks say it there now or at a moment; None where they do not."""
    return said_by_name(place.plan, key, place.others, moment)


def content_of(place: Place, said: Said) -> dict[str, str]:
    """What a suppression names: the finding, and the content that it is about."""
    one = said.finding
    content = finding_content(place.plan, one)
    return {"rule": one.id, "clause": one.clause, "subject": one.subject, "content": content}
