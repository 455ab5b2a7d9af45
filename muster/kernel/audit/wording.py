"""Entries of the log in words: what was done, by whom, and which facts it left. What has no word stands as it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from muster.kernel.access.purposes import PURPOSES
from muster.kernel.access.roles import ROLES
from muster.kernel.commands.actor import SYSTEM
from muster.kernel.commands.naming import command_titles
from muster.kernel.texts import listed
from muster.kernel.ui.templatetags.ui import when

READING: Final = "read."
FACTS: Final[Mapping[str, Promise]] = {
    "account": _("Account"),
    "capacity": _("Capacity"),
    "change": _("Change"),
    "clause": _("Clause"),
    "day": _("Day"),
    "decision": _("Decision"),
    "draft": _("Draft"),
    "ended": _("Ended"),
    "ends_at": _("Until"),
    "factor": _("Second factor"),
    "feed": _("Source"),
    "finding": _("Finding"),
    "kind": _("Kind"),
    "level": _("Level"),
    "ok": _("All well"),
    "operation": _("Operation"),
    "outcome": _("Outcome"),
    "partner": _("Partner"),
    "people": pgettext_lazy("audit", "People, by number"),
    "person": pgettext_lazy("audit", "Person, by number"),
    "plan": _("Plan"),
    "reason": _("Reason"),
    "role": _("Role"),
    "site": _("Site"),
    "team": _("Team"),
    "unit": _("Unit"),
    "version": _("Version"),
}

FINDINGS: Final[Mapping[str, Promise]] = {
    "entry": _("an entry was changed or is missing"),
    "missing": _("entries are missing from the end"),
    "tree": _("the entries do not have the root that was sealed"),
    "checkpoint": _("a checkpoint was changed"),
    "node": _("a stored node of the tree is wrong"),
    "inserted": _("an entry has a position that was never sealed"),
    "unsealed": _("an entry that waits to be sealed was changed"),
    "rollback": _("the database was rolled back"),
    "fork": _("the database holds another history than the witness"),
    "witness": _("log and witness do not fit"),
    "witness_missing": _("the witness is missing"),
    "witness_unreadable": _("the witness cannot be read"),
}


def finding_title(finding: str) -> str:
    """What a full check found."""
    return str(FINDINGS.get(finding, finding))


def action_title(action: str) -> str:
    """What was done: the title of a command, or what was read for."""
    if action.startswith(READING):
        return purpose_title(action.removeprefix(READING))
    return str(command_titles().get(action, action))


def purpose_title(purpose: str) -> str:
    """What personal data was read for."""
    return str(PURPOSES[purpose].title) if purpose in PURPOSES else purpose


def principal_title(principal: str) -> str:
    """By whom: an account by its number, Muster itself by the part of it, a stranger."""
    kind, _colon, name = principal.partition(":")
    if kind == "account":
        return gettext("account %(number)s") % {"number": name}
    if kind == SYSTEM:
        return gettext("Muster (%(part)s)") % {"part": name}
    return gettext("nobody logged in") if principal == "anonymous" else principal


def role_title(role: str) -> str:
    """In which role; Muster itself holds one of its own."""
    return str(ROLES[role].title) if role in ROLES else gettext("Muster itself") if role == SYSTEM else role


def fact_title(name: str) -> str:
    """What a fact is called."""
    return str(FACTS.get(name, name))


def fact_value(name: str, value: Any) -> str:
    """What a fact says: moments in the bureau's zone, roles by their titles, lists one after the other."""
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return str(listed(fact_value(name, one) for one in value))
    if name == "role" and value in ROLES:
        return role_title(value)
    return _moment(value) if name.endswith("_at") or name == "at" else str(value)


def _moment(value: Any) -> str:
    try:
        return when(datetime.fromisoformat(value))
    except (TypeError, ValueError):
        return str(value)
