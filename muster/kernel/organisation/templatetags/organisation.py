"""Words of the organisation's pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, Protocol

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from muster.kernel import texts
from muster.kernel.ui.templatetags.ui import when

register = template.Library()


class Holds(Protocol):
    """Something that holds from a moment on, until its end if it has one."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime | None: ...


FIELDS: Final[dict[str, Promise]] = {
    "kind": gettext_lazy("Kind"),
    "name_zh": gettext_lazy("Chinese name"),
    "name_en": gettext_lazy("English name"),
    "phone": gettext_lazy("Telephone"),
    "unit": gettext_lazy("Unit"),
    "partner": gettext_lazy("Partner"),
    "qualifications": gettext_lazy("Qualifications"),
    "active": gettext_lazy("Serves"),
    "is_active": gettext_lazy("In use"),
    "parent": gettext_lazy("Stands below"),
    "area": gettext_lazy("Area"),
    "cohort": gettext_lazy("Closed team"),
    "population": gettext_lazy("Inhabitants"),
    "lon": gettext_lazy("Longitude"),
    "lat": gettext_lazy("Latitude"),
    "is_standing": gettext_lazy("Open at all times"),
    "capacity": gettext_lazy("Capacity"),
}


@register.filter
def named(names: Mapping[str, str], code: str) -> str:
    """The name of a code, or the code itself."""
    return names.get(code, code)


@register.filter
def counted(counts: Mapping[str, int], code: str) -> int:
    """The count of a code, 0 where there is none."""
    return counts.get(code, 0)


@register.filter
def rank_words(rank: int) -> str:
    """Holder for 0, deputy with his place for the others."""
    return gettext("deputy %(rank)d") % {"rank": rank} if rank else gettext("holder")


@register.filter
def term(row: Holds) -> str:
    """From when until when something held; since when it holds."""
    if row.ends_at is None:
        return gettext("since %(start)s") % {"start": when(row.starts_at)}
    return f"{when(row.starts_at)} – {when(row.ends_at)}"


@register.filter
def field_titles(fields: Iterable[str]) -> str:
    """What the values of a row are called."""
    return str(texts.listed(FIELDS.get(field, field) for field in fields))


@register.filter
def listed(words: Iterable[str]) -> str:
    """Words one after the other, as the reader's language separates them."""
    return str(texts.listed(words))


@register.filter
def figure(count: int) -> str:
    """A whole number with its thousands set apart, the same in both languages."""
    return f"{count:,}"
