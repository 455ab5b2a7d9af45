"""Parts of a draft in the reader's language, also of one that is no plan yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import get_language

from muster.engines.plan import Plan, Problem
from muster.engines.plan.text import UNSAID
from muster.preparedness.plans.queries.words import in_readers_language
from muster.preparedness.plans.studio.sheets import Sheet, text_of
from muster.preparedness.plans.wording import MOMENTS

register = template.Library()


@register.filter
def key(values: Mapping[str, Any], name: str) -> Any:
    """A value under a key that has a hyphen in it."""
    return values.get(name, "")


@register.filter
def listed(value: Any) -> list[str]:
    """The words of a raw list; one word is a list of one."""
    if isinstance(value, str):
        return [value]
    return [str(one) for one in value if one is not None] if isinstance(value, list) else []


@register.filter
def moment_or_word(code: Any) -> str:
    """The moment on which a clause starts, or whatever else was written there."""
    return str(MOMENTS.get(code, code)) if isinstance(code, str) else ""


def _told(problem: Problem) -> Problem:
    return problem.in_language(get_language() or "zh-hans")


@register.filter
def what(problem: Problem) -> str:
    """What is wrong."""
    return _told(problem).what


@register.filter
def expected(problem: Problem) -> str:
    """What was expected."""
    return _told(problem).expected


@register.filter
def mend(problem: Problem) -> str:
    """How to mend it."""
    return _told(problem).mend


@register.filter
def figure(quantity: float) -> str:
    """A quantity without needless noughts."""
    return f"{quantity:,.2f}".rstrip("0").rstrip(".")


@register.simple_tag
def said_role(sheet: Sheet, code: Any) -> str:
    """What a role is called in the text; its code where the text does not say."""
    roles = sheet.head.get("roles")
    role = roles.get(code) if isinstance(roles, dict) and isinstance(code, str) else None
    title = text_of(role.get("title")) if isinstance(role, dict) else UNSAID
    return in_readers_language(title) or str(code)


@register.simple_tag
def waits_of(plan: Plan, clause: str) -> str:
    """For which clauses a clause waits."""
    return ", ".join(plan.clause(clause).after)
