"""What the parts of a plan are called, and how their values are written for people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from muster.engines.plan import Text
from muster.engines.plan.checks.titles import in_words
from muster.engines.plan.conditions import Condition
from muster.engines.plan.types import Measure
from muster.engines.plan.words import LEVEL_NAMES
from muster.kernel.ui.wording import duration_in_words
from muster.preparedness.plans.queries.words import in_readers_language, title

PHASES: Final[Mapping[str, Promise]] = {
    "prevention": _("Prevention"),
    "preparedness": _("Preparedness"),
    "response": _("Response"),
    "recovery": _("Recovery"),
}
FIELDS: Final[Mapping[str, Promise]] = {
    "title": _("Title"),
    "text": _("Text"),
    "phase": _("Phase"),
    "annex": _("Annex"),
    "actor": _("Actor"),
    "action": _("Action"),
    "levels": _("Levels"),
    "on": _("Starts on"),
    "due": _("Due within"),
    "every": _("Repeats every"),
    "after": _("Waits for"),
    "scales": _("Scale"),
    "per": _("For each"),
    "people": _("People"),
    "standard": _("Protection"),
    "supplies": _("Supplies"),
    "partners": _("Partners"),
    "evidence": _("Evidence"),
    "ends": _("Ends when"),
    "data_class": _("Data"),
    "ground": _("Legal ground"),
    "measure": _("Restriction"),
    "renews": _("Renews"),
    "decision": _("Decision"),
    "public": _("Open to the public"),
}
HEAD: Final[Mapping[str, Promise]] = {
    "title": _("Title"),
    "legal_basis": _("Legal basis"),
    "reviewed_on": _("Last review"),
    "review_months": _("Months between reviews"),
    "exercise_months": _("Months between exercises"),
    "authority": _("Authority"),
    "gradings": _("Scales"),
    "levels": _("Levels"),
    "fresh_for": _("How long an indicator is fresh"),
    "roles": _("Command roles"),
    "standards": _("Protection standards"),
    "reserve_days": _("Reserve days"),
}
SEVERITIES: Final[Mapping[str, Promise]] = {
    "error": pgettext_lazy("severity", "Error"),
    "warning": pgettext_lazy("severity", "Warning"),
    "note": pgettext_lazy("severity", "Note"),
}
MOMENTS: Final[Mapping[str, Promise]] = {
    "level_down": _("when the level is lowered"),
    "stand_down": _("at the end of the response"),
}
KINDS: Final[Mapping[str, str]] = {
    "partners": "partner",
    "evidence": "evidence",
    "action": "action",
    "data_class": "data_class",
}
NOTHING: Final = "–"


def shown(value: Any, name: str = "") -> str:
    """A value of a plan in one line, in the reader's language; `name` is the field that it comes from."""
    if value is None or value == "" or value in ((), {}, frozenset(), Text("", "")):
        return NOTHING
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, Text):
        return in_readers_language(value)
    if name == "levels" and isinstance(value, frozenset):
        return " ".join(LEVEL_NAMES[number] for number in sorted(value, reverse=True))
    if isinstance(value, Mapping):
        return "; ".join(f"{title(str(key))}: {shown(one)}" for key, one in value.items())
    if isinstance(value, Collection) and not isinstance(value, str):
        return "; ".join(shown(one, name) for one in value)
    return _shown_single(value, name)


def restriction(measure: Measure) -> str:
    """A restriction of people's rights with its terms."""
    parts = [title(measure.kind, "measure")]
    parts.append(
        gettext("expires after %(term)s") % {"term": duration_in_words(measure.expires)}
        if measure.expires
        else gettext("never expires")
    )
    if measure.review:
        parts.append(gettext("reviewed after %(term)s") % {"term": duration_in_words(measure.review)})
    return " · ".join(parts)


def _shown_single(value: Any, name: str) -> str:
    if isinstance(value, timedelta):
        return duration_in_words(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Condition):
        return in_readers_language(in_words(value.text))
    if is_dataclass(value) and not isinstance(value, type):
        parts = (getattr(value, field.name) for field in fields(value) if field.compare)
        return " · ".join(words for part in parts if (words := shown(part)) != NOTHING)
    return title(str(value), KINDS.get(name, "")) if isinstance(value, str) else f"{value:g}"
