"""What waits on the pages of plans, for the home page and the navigation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from muster.engines.plan.findings import ERROR
from muster.kernel.commands import Actor
from muster.kernel.ui.navigation import Waiting
from muster.kernel.ui.templatetags.ui import when
from muster.preparedness.plans import queries
from muster.preparedness.plans.choices import DraftState
from muster.preparedness.plans.models import Draft
from muster.preparedness.plans.queries.consulting import (
    OBJECTED,
    PartnerRow,
    consultation_rows,
    consultations_open,
    partner_row,
)
from muster.preparedness.plans.queries.nights import counted_now, last_nights
from muster.preparedness.plans.queries.reviews import reviews_due

NAMED: Final = 4


def drafts_wait(reader: Actor) -> Iterator[Waiting]:
    """Who has not answered, objections without an answer, and texts that wait for lawyers or approval."""
    for one in queries.drafts():
        url = reverse("plans:draft", args=[one.pk])
        if one.state == DraftState.CONSULTATION and (found := queries.draft(one.pk)) is not None:
            yield from _consultation(found, consultation_rows(found, reader.now), url)
        elif one.state == DraftState.LEGAL_REVIEW:
            yield Waiting(_("%(plan)s waits for the legal review.") % {"plan": one.code}, url)
        elif one.state == DraftState.APPROVAL:
            yield Waiting(_("%(plan)s waits for approval by two people.") % {"plan": one.code}, url)


def _consultation(draft: Draft, rows: list[PartnerRow], url: str) -> Iterator[Waiting]:
    silent = [row for row in rows if row.is_silent]
    asked = [row for row in rows if row.to_say and not row.is_silent]
    if silent:
        text = _("%(plan)s: silent past the deadline: %(partners)s.")
        yield Waiting(text % {"plan": draft.code, "partners": _names(silent)}, url, "bad")
    if asked:
        text = _("%(plan)s: no answer yet, until %(until)s: %(partners)s.")
        until = when(min(row.consultation.deadline for row in asked))
        yield Waiting(text % {"plan": draft.code, "until": until, "partners": _names(asked)}, url)
    if any(one.status == OBJECTED for row in rows for one in row.asked):
        yield Waiting(_("%(plan)s: an objection waits for an answer.") % {"plan": draft.code}, url, "warn")


def _names(rows: list[PartnerRow]) -> str:
    """The partners by name, of many the first ones and how many more."""
    names = [row.consultation.partner.name for row in rows]
    shown, more = _(", ").join(names[:NAMED]), len(names) - NAMED
    if more <= 0:
        return shown
    return ngettext("%(names)s and %(n)d more", "%(names)s and %(n)d more", more) % {"names": shown, "n": more}


def reviews_wait(reader: Actor) -> Iterator[Waiting]:
    """How many plans are due for review."""
    count = len({one.plan_id for one in reviews_due()})
    if count:
        text = ngettext("%(count)d plan is due for review.", "%(count)d plans are due for review.", count)
        yield Waiting(text % {"count": count}, reverse("plans:reviews"), "warn")


def findings_wait(reader: Actor) -> Iterator[Waiting]:
    """Errors that the last night found in plans in force and that nobody answers for, and what is suppressed."""
    counts = counted_now([night.row for night in last_nights()]).values()
    errors, silent = (sum(one[name] for one in counts) for name in (ERROR, "suppressed"))
    url = reverse("plans:checks")
    if errors:
        text = ngettext("%(n)d error in plans in force.", "%(n)d errors in plans in force.", errors)
        yield Waiting(text % {"n": errors}, url, "warn")
    if silent:
        text = ngettext("%(n)d finding in plans is suppressed.", "%(n)d findings in plans are suppressed.", silent)
        yield Waiting(text % {"n": silent}, url)


def consultations_wait(reader: Actor) -> Iterator[Waiting]:
    """What the reader's own department is asked and has not spoken to; red once the deadline is over."""
    for row in _to_answer(reader):
        count, asked = len(row.to_say), row.consultation
        facts = {"plan": asked.draft.code, "n": count, "until": when(asked.deadline)}
        late = asked.deadline < reader.now
        text = (
            ngettext(
                "%(plan)s: the deadline was %(until)s; %(n)d clause waits for your department.",
                "%(plan)s: the deadline was %(until)s; %(n)d clauses wait for your department.",
                count,
            )
            if late
            else ngettext(
                "%(plan)s: %(n)d clause waits for your department until %(until)s.",
                "%(plan)s: %(n)d clauses wait for your department until %(until)s.",
                count,
            )
        )
        yield Waiting(text % facts, reverse("plans:consultation", args=[asked.pk]), "bad" if late else "warn")


def consultations_to_answer(reader: Actor) -> int:
    """How many consultations wait for the reader's department."""
    return len(_to_answer(reader))


def _to_answer(reader: Actor) -> list[PartnerRow]:
    rows = (partner_row(one, reader.now) for one in consultations_open(reader.partner_id))
    return [row for row in rows if row.to_say]
