"""What lawyers and approvers judge: the whole plan of a draft and all that belongs to it, on one page with its hash."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from muster.engines.plan import Plan
from muster.kernel.commands import Actor
from muster.kernel.organisation.queries import areas
from muster.preparedness.plans import pages, queries
from muster.preparedness.plans.choices import AttachmentKind, DraftState
from muster.preparedness.plans.life import forms
from muster.preparedness.plans.models import Attachment, Draft
from muster.preparedness.plans.permits import approves_plans, holds_legal_right
from muster.preparedness.plans.queries.life import Standing, books_beside, standing
from muster.preparedness.plans.queries.words import title
from muster.preparedness.plans.studio.sheets import found_in

RISKS: Final = {"high": _("high"), "medium": _("medium"), "low": _("low")}
STOCK: Final = (_("Item"), _("Usable"), _("Stores"))
FIGURES: Final = (_("District"), _("Cases of 7 days"), _("Cases of 14 days"), _("Per 100,000 in 7 days"), _("Risk"))


@dataclass(frozen=True, slots=True)
class Books:
    """What Muster's own books said on a day, as a table."""

    paper: Attachment
    headings: tuple[str | Promise, ...]
    rows: tuple[tuple[str, ...], ...]


def asked_of(draft: Draft, found: Standing, by: Actor) -> dict[str, bool]:
    """Which word this reader has to say on the draft now, or has said."""
    approver = approves_plans(by=by) and draft.state == DraftState.APPROVAL
    approved = by.person_id in {one.person_id for one in found.approved}
    return {
        "reviews": draft.state == DraftState.LEGAL_REVIEW and holds_legal_right(by),
        "approves": approver and not approved,
        "has_approved": approver and approved,
    }


def judged(draft: Draft, by: Actor) -> dict[str, Any]:
    """The page on which a draft is read and judged; only its state while the text is no plan."""
    found = standing(draft, by.now)
    context: dict[str, Any] = {"draft": draft, "standing": found, **asked_of(draft, found, by)}
    if found.plan is None:
        return context | {"plan": None}
    seen = {"seen": found.plan.hash}
    return {
        **context,
        **_read(draft, found.plan),
        "books": [_books(one) for one in books_beside(draft)],
        "opinion_form": forms.LegalOpinion(initial=seen),
        "refuse_form": forms.Because(auto_id="refuse_%s"),
    }


def _read(draft: Draft, plan: Plan) -> dict[str, Any]:
    """The plan in full, what the checks say of it, and what it changes."""
    said = found_in(plan)
    context = pages.body(plan, said) | pages.counted(said)
    context |= {"found": pages.told(said), "findings_at": "#findings", "where": f"draft:{draft.pk}"}
    if draft.based_on is not None:
        before = queries.plan_of(draft.based_on)
        context |= pages.comparison(before, plan) | pages.meaning(before, plan)
    return context


def _books(paper: Attachment) -> Books:
    rows = json.loads(bytes(paper.content))
    if paper.kind == AttachmentKind.RESOURCE_SURVEY:
        return Books(paper, STOCK, _stock(rows))
    return Books(paper, FIGURES, _figures(rows))


def _stock(rows: list[dict[str, Any]]) -> tuple[tuple[str, ...], ...]:
    usable, stores = Counter[str](), Counter[str]()
    for row in rows:
        usable[row["item"]] += row["usable"]
        stores[row["item"]] += row["usable"] > 0
    return tuple((title(item, "item"), f"{usable[item]:,}", str(stores[item])) for item in sorted(usable))


def _figures(rows: list[dict[str, Any]]) -> tuple[tuple[str, ...], ...]:
    """What was not known that day is a dash."""
    names = {area.code: area.name for area in areas("district")}
    return tuple(
        (
            names.get(row["area"], row["area"]),
            *(_figure(row["figures"].get(name)) for name in ("cases_7d", "cases_14d", "incidence_7d")),
            str(RISKS.get(row["figures"].get("risk", ""), "–")),
        )
        for row in rows
    )


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
