"""What waits on the pages of a version's life, for the home page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from muster.kernel.ui.navigation import Waiting
from muster.preparedness.plans import queries
from muster.preparedness.plans.choices import DraftState
from muster.preparedness.plans.queries.consulting import consultation_rows
from muster.preparedness.plans.queries.reviews import reviews_due


def drafts_wait(now: datetime) -> Iterator[Waiting]:
    """Objections without an answer, partners that are silent, and texts that wait for lawyers or approval."""
    for one in queries.drafts():
        url = reverse("plans:draft", args=[one.pk])
        if one.state == DraftState.CONSULTATION and (found := queries.draft(one.pk)) is not None:
            rows = consultation_rows(found, now)
            silent = [row.consultation.partner.name for row in rows if row.is_silent]
            if silent:
                partners = ", ".join(silent)
                text = _("%(plan)s: silent past the deadline: %(partners)s.") % {"plan": one.code, "partners": partners}
                yield Waiting(text, url, "bad")
            if any(asked.status == "objected" for row in rows for asked in row.asked):
                yield Waiting(_("%(plan)s: an objection waits for an answer.") % {"plan": one.code}, url, "warn")
        elif one.state == DraftState.LEGAL_REVIEW:
            yield Waiting(_("%(plan)s waits for the legal review.") % {"plan": one.code}, url)
        elif one.state == DraftState.APPROVAL:
            yield Waiting(_("%(plan)s waits for approval by two people.") % {"plan": one.code}, url)


def reviews_wait(now: datetime) -> Iterator[Waiting]:
    """How many plans are due for review."""
    count = len({one.plan_id for one in reviews_due()})
    if count:
        text = ngettext("%(count)d plan is due for review.", "%(count)d plans are due for review.", count)
        yield Waiting(text % {"count": count}, reverse("plans:reviews"), "warn")
