"""Parts of a plan in the reader's language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, time, timedelta
from typing import Any

from django import template
from django.template import Context
from django.utils.translation import gettext, ngettext

from muster.engines.plan import Text
from muster.engines.plan.checks.titles import in_words, titles_of
from muster.engines.plan.conditions import Condition
from muster.engines.plan.types import PeopleNeed, Supply
from muster.engines.plan.words import LEVEL_NAMES
from muster.preparedness.plans import wording
from muster.preparedness.plans.queries.words import ground_title, in_readers_language, title
from muster.preparedness.plans.reading import may
from muster.preparedness.plans.said import Said

register = template.Library()


@register.inclusion_tag("plans/_answer.html", takes_context=True)
def answer(context: Context, said: Said, code: str, where: str = "", as_of: date | None = None) -> dict[str, Any]:
    """Who answers for a finding, and for who may the way to do it: `where` it was read, as of which day."""
    request = context.get("request")
    permitted = request is not None and may(request, "plans:suppress")
    return {"said": said, "code": code, "where": where, "as_of": as_of, "permitted": permitted}


@register.inclusion_tag("plans/_answer.html")
def answer_told(said: Said) -> dict[str, Any]:
    """Only who answers for a finding: of a text that is not saved nothing can be answered for."""
    return {"said": said}


TONES = {"error": "bad", "warning": "warn", "note": ""}


@register.filter
def say(text: Text) -> str:
    """A bilingual text."""
    return in_readers_language(text)


@register.filter
def word(code: str, kind: str = "") -> str:
    """A word of the plan language."""
    return title(code, kind)


@register.filter
def words(codes: Iterable[str], kind: str = "") -> str:
    """Several of them in a row."""
    return in_readers_language(titles_of(codes, kind))


@register.filter
def condition(found: Condition) -> str:
    """A trigger or release condition as people say it."""
    return in_readers_language(in_words(found.text))


@register.filter
def numeral(level: int) -> str:
    """A level's Roman numeral."""
    return LEVEL_NAMES[level]


@register.filter
def highest_last(levels: Collection[int]) -> list[int]:
    """Levels from IV to I."""
    return sorted(levels, reverse=True)


@register.filter
def due(when: timedelta | time | None) -> str:
    """A duration in words, or a time of day."""
    return wording.shown(when)


@register.filter
def people(need: PeopleNeed, unit_names: Mapping[str, str]) -> str:
    """Who is needed, how many in how many shifts, from where."""
    facts = {"what": title(need.qualification, "qualification"), "count": need.count, "shifts": need.shifts}
    posts = (
        gettext("%(what)s: %(count)d")
        if need.shifts == 1
        else gettext("%(what)s: %(count)d in each of %(shifts)d shifts")
    )
    parts = [posts % facts, source(need.source, unit_names)]
    if need.handles > 1:
        parts.append(gettext("a crew deals with %(handles)d a day") % {"handles": need.handles})
    return " · ".join(parts)


def source(code: str, unit_names: Mapping[str, str]) -> str:
    """Where people come from."""
    if code.startswith("unit:"):
        return gettext("from %(unit)s") % {"unit": unit(code.removeprefix("unit:"), unit_names)}
    return {
        "each:sub_bureau": gettext("in each sub-bureau"),
        "each:station": gettext("in each station"),
        "place": gettext("from the station of the place"),
        "force": gettext("from the whole force"),
    }.get(code, code)


@register.filter
def unit(code: str, unit_names: Mapping[str, str]) -> str:
    """What a unit is called; its code where the bureau does not have it."""
    return unit_names.get(code, code)


@register.filter
def supply(one: Supply) -> str:
    """An item, how much of it, and for what."""
    basis = {
        "officer_shift": gettext("for each officer and shift"),
        "day": gettext("a day"),
        "event": gettext("each time"),
    }
    facts = {"item": title(one.item, "item"), "quantity": f"{one.quantity:g}", "basis": basis.get(one.basis, one.basis)}
    return gettext("%(item)s: %(quantity)s %(basis)s") % facts


@register.filter
def tone(severity: str) -> str:
    """The colour of a finding."""
    return TONES[severity]


@register.filter
def severity_title(severity: str) -> str:
    """What a severity is called."""
    return str(wording.SEVERITIES[severity])


@register.filter
def moment(code: str) -> str:
    """The moment on which a clause starts."""
    return str(wording.MOMENTS[code])


@register.filter
def faults(count: int) -> str:
    """A number of errors in words."""
    return ngettext("%(count)d error", "%(count)d errors", count) % {"count": count}


@register.filter
def cautions(count: int) -> str:
    """A number of warnings in words."""
    return ngettext("%(count)d warning", "%(count)d warnings", count) % {"count": count}


@register.simple_tag
def role_of(plan: Any, code: str) -> str:
    """What a command role is called; its code where the plan does not have it."""
    role = plan.roles.get(code)
    return in_readers_language(role.title) if role is not None else code


@register.simple_tag
def standard_of(plan: Any, code: str) -> str:
    """A protection standard with its items for one officer and shift."""
    standard = plan.standards.get(code)
    return in_readers_language(standard.title) if standard is not None else code


@register.simple_tag
def ground_of(plan: Any, code: str) -> str:
    """A legal ground with its articles."""
    return ground_title(plan, code)


@register.simple_tag
def grade_of(plan: Any, scale: str, code: str) -> str:
    """A grade of one of the scales."""
    grade = next((one for one in plan.gradings.get(scale, ()) if one.id == code), None)
    return in_readers_language(grade.name) if grade is not None else code
