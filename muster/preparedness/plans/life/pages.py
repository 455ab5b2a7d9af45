"""What the pages of a version's life show, put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from muster.engines.plan import Plan
from muster.kernel import clock
from muster.kernel.access.roles import PLANS_OFFICER
from muster.kernel.commands import Actor
from muster.preparedness.plans import queries
from muster.preparedness.plans.choices import DraftState
from muster.preparedness.plans.life import forms
from muster.preparedness.plans.life.judging import asked_of
from muster.preparedness.plans.models import Consultation, Draft, PlanVersion
from muster.preparedness.plans.queries.consulting import ACKNOWLEDGED, ANSWERED, OBJECTED, OVERDUE, WAITING, partner_row
from muster.preparedness.plans.queries.life import Standing, standing
from muster.preparedness.plans.queries.public import public_clauses

PATH: Final = (
    DraftState.DRAFT,
    DraftState.CONSULTATION,
    DraftState.LEGAL_REVIEW,
    DraftState.APPROVAL,
    DraftState.RELEASED,
)
STATUS: Final[dict[str, tuple[Promise, str]]] = {
    WAITING: (_("no answer yet"), ""),
    OVERDUE: (_("silent past the deadline"), "bad"),
    OBJECTED: (_("objection waits for an answer"), "warn"),
    ANSWERED: (_("objection answered, partner to speak"), ""),
    ACKNOWLEDGED: (_("acknowledged"), "good"),
}
USUAL: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class StepMark:
    """One step of the way: "done", "now" or "ahead"."""

    title: str | Promise
    mark: str


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in the list, with what it waits for."""

    draft: Draft
    waits: tuple[str, ...]


def overview() -> list[DraftLine]:
    """Open drafts, the one changed last first."""
    now = clock.now()
    found = (queries.draft(one.pk) for one in queries.drafts())
    return [DraftLine(one, tuple(waits(standing(one, now), now))) for one in found if one is not None]


def way(draft: Draft) -> list[StepMark]:
    """The steps of the way, with where the draft is."""
    here = PATH.index(DraftState(draft.state)) if draft.state in PATH else -1
    finished = draft.state == DraftState.RELEASED
    marks = ["done" if n < here or finished else "now" if n == here else "ahead" for n in range(len(PATH))]
    return [StepMark(state.label, mark) for state, mark in zip(PATH, marks, strict=True)]


def waits(found: Standing, now: datetime) -> Iterator[str]:
    """What is missing, or who is waited for, in sentences."""
    state = found.draft.state
    if state == DraftState.DRAFT:
        if found.plan is None:
            yield told("The text is no plan yet.")
        for kind in found.missing:
            yield told("Missing: %(what)s.") % {"what": kind.label}
        if found.plan is not None and not found.missing:
            yield told("The partners can be asked.")
    elif state == DraftState.CONSULTATION:
        yield from _partners(found, now)
    elif state == DraftState.LEGAL_REVIEW:
        yield told("Waits for the written opinion of the legal review.")
    elif state == DraftState.APPROVAL:
        missing = 2 - len(found.approved)
        if missing > 0:
            yield ngettext("Waits for %(count)d approval.", "Waits for %(count)d approvals.", missing) % {
                "count": missing
            }
        else:
            yield told("Approved by two people; it can be released.")


def _partners(found: Standing, now: datetime) -> Iterator[str]:
    if found.objections:
        text = ngettext(
            "%(count)d objection waits for an answer.", "%(count)d objections wait for an answer.", found.objections
        )
        yield text % {"count": found.objections}
    for row in found.waited_for:
        name = row.consultation.partner.name
        count = sum(one.status != OBJECTED for one in row.open)
        if not count:
            continue
        if row.is_silent:
            days = (now - row.consultation.deadline).days
            yield told("%(partner)s is silent, %(days)d days past the deadline.") % {"partner": name, "days": days}
        else:
            text = ngettext("%(partner)s has %(count)d clause open.", "%(partner)s has %(count)d clauses open.", count)
            yield text % {"partner": name, "count": count}
    if not found.waited_for:
        yield told("Every partner has acknowledged its clauses; the lawyers can have the text.")


def whole(draft: Draft, by: Actor) -> dict[str, Any]:
    """Everything that the page of a draft shows its reader."""
    found = standing(draft, by.now)
    problems = queries.draft_plan(draft)
    return {
        "draft": draft,
        "standing": found,
        "plan": found.plan,
        "problems": [] if isinstance(problems, Plan) else problems,
        "way": way(draft),
        "waits": list(waits(found, by.now)),
        "status": STATUS,
        "writes": PLANS_OFFICER in by.roles,
        **asked_of(draft, found, by),
        "ready": len(found.approved) == 2,
        "revisions": queries.draft_revisions(draft),
        **_forms(draft, found, by),
    }


def _forms(draft: Draft, found: Standing, by: Actor) -> dict[str, Any]:
    usual = (by.now + USUAL).date()
    return {
        "text_form": forms.Text(initial={"base_revision": draft.revision}, auto_id="text_%s"),
        "paper_form": forms.Paper(initial={"kind": found.missing[0] if found.missing else ""}, auto_id="paper_%s"),
        "books_form": forms.Books(initial={"day": by.now.date()}, auto_id="books_%s"),
        "deadline_form": forms.Deadline(initial={"deadline": usual}),
        "again_form": forms.Again(initial={"deadline": usual}, auto_id=False),
        "reply_form": forms.Reply(auto_id=False),
        "back_form": forms.Because(auto_id="back_%s"),
        "withdraw_form": forms.Because(auto_id="withdraw_%s"),
    }


def part(found: Consultation, now: datetime) -> dict[str, Any]:
    """One partner's part of a draft, and nothing else of it."""
    plan = queries.draft_plan(found.draft)
    row = partner_row(found, now)
    return {
        "consultation": found,
        "row": row,
        "plan": plan if isinstance(plan, Plan) else None,
        "open": found.draft.state == DraftState.CONSULTATION,
        "late": found.deadline < now,
        "to_say": row.to_say,
        "status": STATUS,
    }


def public_part(version: PlanVersion) -> dict[str, Any]:
    """What anybody may read of a version."""
    return {"version": version, "plan": queries.plan_of(version), "clauses": public_clauses(version)}
