"""The parts of a plan's head as forms: which fields each has, and what the head says once one came back.

A part has entries, each with a form of its own (roles, levels, legal grounds, protection standards), or it is one form
(authority, scales, reserves), whose entry is called "-".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from muster.engines.plan.editing import EditRefused, head_changed, head_of
from muster.engines.plan.editing.refusals import taken
from muster.engines.plan.text import Text
from muster.preparedness.plans.studio.fields import (
    AMOUNTS,
    BOTH,
    BOXES,
    CHOICE,
    CONDITION,
    GRADES,
    LINES,
    TEXTS,
    Field,
    Values,
    said,
)
from muster.preparedness.plans.wording import HEAD

WHOLE: Final = "-"
NEW: Final = "new"


@dataclass(frozen=True, slots=True)
class PartForm:
    """A part: its fields, what one of its entries is called, and the word of an entry that people read."""

    name: str
    title: Promise
    fields: tuple[Field, ...]
    another: Promise | None = None  # what a new entry is called; None where the part is one form
    called: str = "title"
    names: str = ""  # a list of options from which a new entry takes its name; typed where there is none

    @property
    def is_whole(self) -> bool:
        """Whether the part is one form."""
        return self.another is None


_DURATION: Final = _("30m, 2h or 14d")
_NAME: Final = Field("title", _("Title"), BOTH)
PARTS: Final[Mapping[str, PartForm]] = {
    part.name: part
    for part in (
        PartForm(
            "levels",
            HEAD["levels"],
            (
                Field("name", _("Name"), BOTH),
                Field("colour", _("Warning colour"), CHOICE, "warning_colour"),
                Field("duty_grade", _("Duty grade"), CHOICE, "duty_grade"),
                Field("activated_by", _("Set by"), CHOICE, "roles"),
                Field("trigger", _("Proposed when"), CONDITION, hint="local_cases_7d >= 10"),
                Field("release", _("Left when"), CONDITION, hint="local_cases_14d < 5"),
                Field("held_days", _("on so many days in a row"), hint="7"),
                Field("review", _("Reviewed every"), help=_DURATION, hint="24h"),
                Field("report_every", _("Reported every"), help=_DURATION, hint="6h"),
            ),
            _("Another level"),
            "name",
            "missing_levels",
        ),
        PartForm(
            "roles",
            HEAD["roles"],
            (
                _NAME,
                Field("unit", _("Once in the unit"), CHOICE, "units"),
                Field("per", _("or in each"), CHOICE, "per"),
                Field("holder", _("Post that holds it")),
                Field("deputies", _("Deputies, one a line, in the order in which they stand in"), LINES),
                Field("qualification", _("Qualification that holder and deputies must have"), CHOICE, "qualification"),
            ),
            _("Another role"),
        ),
        PartForm(
            "authority",
            HEAD["authority"],
            (
                Field("declared_by", _("Who declares event grade and level")),
                Field("system_may", _("What the system may do"), CHOICE, "system_may"),
                Field("above_government", _("How many levels the bureau may stand above the government")),
                Field("above_needs", _("What that takes")),
                Field("below_needs", _("What standing below takes")),
                Field("persons", _("How many people an activation takes")),
                Field("record", _("What the record of an activation states"), BOXES, "record"),
                Field("rules", _("Rules"), TEXTS),
            ),
        ),
        PartForm(
            "legal_basis",
            HEAD["legal_basis"],
            (
                _NAME,
                Field("articles", _("Articles"), hint="11, 72"),
                Field("until", _("Last day in force"), hint="2027-12-31", help=_("empty where it has no end")),
            ),
            _("Another legal ground"),
        ),
        PartForm(
            "standards",
            HEAD["standards"],
            (_NAME, Field("items", _("Items of one officer in one shift"), AMOUNTS, "item")),
            _("Another standard"),
        ),
        PartForm(
            "reserve_days",
            HEAD["reserve_days"],
            (Field("reserve_days", _("Days for which each item is kept"), AMOUNTS, "item"),),
        ),
        PartForm(
            "gradings",
            HEAD["gradings"],
            (
                Field("event_grade", _("Event grade, the highest first"), GRADES),
                Field("warning_colour", _("Warning colour, the highest first"), GRADES),
                Field("duty_grade", _("Duty grade, the highest first"), GRADES),
            ),
        ),
    )
}


def entry_of(head: Values, part: PartForm, key: str) -> Values | None:
    """What the entry says; None where there is none, or where it is no mapping of words."""
    whole = head.get(part.name)
    if part.is_whole:
        whole = {} if whole is None else whole
        found = {part.name: whole} if _is_one_field(part) else whole
    else:
        found = whole.get(key) if isinstance(whole, dict) else None
    return found if isinstance(found, dict) else None


def applied(part: PartForm, form: QueryDict, before: Values) -> Values:
    """What the entry says once the form is applied; words that no field knows stay."""
    values = before | {field.name: said(field, form, before.get(field.name)) for field in part.fields}
    return {word: one for word, one in values.items() if one is not None or word in before}


def written(text: str, part: PartForm, key: str, form: QueryDict) -> str:
    """The text with the entry as the form has it; raises EditRefused."""
    head = head_of(text)
    name = form.get("entry", "").strip() if key == NEW else key
    if key == NEW and (not name or entry_of(head, part, name) is not None):
        raise taken(name) if name else _nameless()
    values = applied(part, form, entry_of(head, part, name) or {})
    if part.is_whole:
        return head_changed(text, {part.name: values[part.name]} if _is_one_field(part) else {part.name: values})
    return head_changed(text, {part.name: _entries(head, part) | {name: values}})


def without(text: str, part: PartForm, key: str) -> str:
    """The text without the entry."""
    entries = {name: one for name, one in _entries(head_of(text), part).items() if name != key}
    return head_changed(text, {part.name: entries})


def _entries(head: Values, part: PartForm) -> dict[str, Any]:
    whole = head.get(part.name)
    return whole if isinstance(whole, dict) else {}


def _is_one_field(part: PartForm) -> bool:
    return len(part.fields) == 1 and part.fields[0].name == part.name


def _nameless() -> EditRefused:
    return EditRefused(
        Text("没有名称", "it has no name"),
        Text("小写字母、数字和 _ 组成的名称", "a name of small letters, figures and _"),
        Text("写明名称", "write its name"),
    )
