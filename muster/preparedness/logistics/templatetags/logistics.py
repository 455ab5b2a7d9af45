"""Words of the stock's pages."""

from __future__ import annotations

from django import template

from muster.preparedness.logistics.words import unit_title

register = template.Library()


@register.filter
def counted_in(unit_of_issue: str) -> str:
    """In what an item is counted."""
    return unit_title(unit_of_issue)
