"""What a stress test says, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from muster.engines.stress import Binding, Estimate
from muster.preparedness.plans.queries.words import title

MODES: Final[Mapping[str, Promise]] = {"open": _("open shifts"), "closed": _("closed teams")}
FANS: Final[Mapping[str, Promise]] = {
    "cases": _("Reported cases a day"),
    "level": _("Level (4 lowest, 1 highest, 0 none)"),
    "absent": _("People absent"),
    "posts_needed": _("Officer-shifts needed"),
    "posts_lacking": _("Officer-shifts lacking"),
    "tasks_open": _("Tasks open"),
    "tasks_late": _("Tasks overdue"),
    "infected": _("Officers infected so far"),
}
PATHS: Final[Mapping[str, Promise]] = {
    "absence.normal": _("Usual absence"),
    "absence.peak": _("Absence at the peak"),
    "absence.spell_days": _("Days of a sick spell"),
    "cases.scale": _("Size of the epidemic"),
    "cases.spread": _("Scatter of the cases"),
    "cases.r0": _("R0"),
    "cases.reported_share": _("Share of cases that are confirmed"),
    "cases.control": _("Contacts that remain under measures"),
    "work.contacts": _("Contacts isolated with an officer"),
    "work.team": _("Size of a closed team"),
    "work.closed_outside": _("Infection brought into closed teams"),
    "work.closed_strength": _("Strength left by closed teams"),
    "work.isolation_days": _("Days of isolation"),
    "work.ill_days": _("Days of illness"),
    "infection.outside": _("Infection outside"),
    "infection.at_work": _("Infection at work"),
    "infection.detection_days": _("Days until an infection is found"),
    "supply.lead_factor": _("Length of deliveries"),
    "supply.lead_spread": _("Scatter of deliveries"),
    "partners.hours": _("Hours until a partner answers"),
    "reporting.days": _("Days until a case is reported"),
    "reporting.missed": _("Bulletins that come late"),
    "deciding.hours": _("Hours to decide a level"),
    "deciding.more_hours": _("Further hours to decide"),
    "assumptions.workload.transfers_per_case": _("Transfers for each case"),
}
SHARES: Final = frozenset(
    {
        "absence.normal",
        "absence.peak",
        "cases.reported_share",
        "reporting.missed",
        "work.closed_outside",
        "work.closed_strength",
    }
)
SURE: Final = 2.0  # standard errors: less than that from zero may be chance


def change_in_words(change: Mapping[str, Any]) -> str:
    """One change of a variant or a repair."""
    kind = str(change.get("kind", ""))
    spoken = _CHANGES.get(kind)
    return spoken(change) if spoken else kind


def changes_in_words(changes: Sequence[Mapping[str, Any]]) -> str:
    """Several changes that are made together."""
    return __("; ").join(change_in_words(change) for change in changes)


def _people(change: Mapping[str, Any]) -> str:
    what = title(change["qualification"], "qualification")
    facts = {"count": change["count"], "what": what}
    if change.get("cross_train"):
        return __("%(count)d of those who are there, cross-trained for %(what)s") % facts
    return __("%(count)d more people for %(what)s") % facts


def _stock(change: Mapping[str, Any]) -> str:
    return __("%(days)g more days of %(item)s") % {"days": change["days"], "item": title(change["item"], "item")}


def _mode(change: Mapping[str, Any]) -> str:
    return str(MODES[change["mode"]])


def _trigger(change: Mapping[str, Any]) -> str:
    return __("level %(level)s at %(trigger)s") % {"level": change["level"], "trigger": change["trigger"]}


def _silent(change: Mapping[str, Any]) -> str:
    return __("%(partner)s is silent") % {"partner": title(change["partner"], "partner")}


def _dropped(change: Mapping[str, Any]) -> str:
    return __("without clause %(clause)s") % {"clause": change["clause"]}


def _deadline(change: Mapping[str, Any]) -> str:
    return __("clause %(clause)s within %(due)s") % {"clause": change["clause"], "due": change["due"]}


def _figure(change: Mapping[str, Any]) -> str:
    path = str(change["path"])
    return f"{path_title(path)}: {figure(path, change['value'])}"


_CHANGES: Final[Mapping[str, Any]] = {
    "more_people": _people,
    "more_stock": _stock,
    "work_mode": _mode,
    "trigger": _trigger,
    "silent_partner": _silent,
    "drop_clause": _dropped,
    "deadline": _deadline,
    "figure": _figure,
}


def path_title(path: str) -> str:
    """A figure of the scenario; its path where nothing better is known."""
    return str(PATHS.get(path, path))


def figure(path: str, value: float) -> str:
    """Its value: shares in per cent."""
    return f"{value:.1%}" if path in SHARES else f"{value:g}"


def binding_in_words(found: Binding) -> str:
    """What held a clause up."""
    if found.what == "staff":
        return __("people for %(what)s") % {"what": title(found.name, "qualification")}
    if found.what == "stock":
        return title(found.name, "item")
    if found.what == "partner":
        return __("an answer of %(partner)s") % {"partner": title(found.name, "partner")}
    return __("time: nothing else was lacking")


def chance(found: Estimate) -> str:
    """A chance with its error, in per cent; an error that is not zero is never shown as zero."""
    return f"{found.mean * 100:.1f}% ± {_shown(found.se * 100)}"


def count(found: Estimate) -> str:
    """A mean with its error."""
    return f"{_shown(found.mean)} ± {_shown(found.se)}"


def difference(found: Estimate) -> str:
    """A paired difference with its error and its sign."""
    return f"{'+' if found.mean > 0 else '−' if found.mean < 0 else ''}{_shown(abs(found.mean))} ± {_shown(found.se)}"


def is_sure(found: Estimate) -> bool:
    """Whether it is further from zero than chance may be."""
    return abs(found.mean) > SURE * found.se and found.mean != 0.0


def _shown(value: float) -> str:
    if value == 0:
        return "0"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 1 else f"{value:.2f}" if abs(value) >= 0.005 else "<0.01"
