"""When a step of a card starts and when it is due, in the reader's language."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext

from muster.engines.plan import Clause
from muster.preparedness.plans.queries.words import title
from muster.preparedness.plans.wording import MOMENTS, shown


def starts(clause: Clause) -> str:
    """What starts a clause, and for which clauses it waits."""
    first = _moment(clause)
    if not clause.after:
        return first
    return gettext("%(moment)s, after %(clauses)s") % {"moment": first, "clauses": ", ".join(clause.after)}


def _moment(clause: Clause) -> str:
    each = {"what": title(clause.per)}
    if clause.on and clause.per:
        return gettext("%(moment)s, for each %(what)s") % {"moment": MOMENTS[clause.on], **each}
    if clause.on:
        return str(MOMENTS[clause.on])
    if clause.scales == "site":
        return gettext("when a place opens: %(what)s") % each
    if clause.per:
        return gettext("for each %(what)s") % each
    return gettext("when the level is set")


def due(clause: Clause) -> str:
    """Until when, and how often again."""
    within = gettext("within %(time)s") if isinstance(clause.due, timedelta) else gettext("by %(time)s")
    first = within % {"time": shown(clause.due)}
    if clause.every is None:
        return first
    return gettext("%(first)s; again every %(time)s") % {"first": first, "time": shown(clause.every)}
