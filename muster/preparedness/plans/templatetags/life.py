"""How pages show where a clause stands with a partner, and lead to pages that may not be there."""

from __future__ import annotations

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from muster.preparedness.plans.life.pages import STATUS

register = template.Library()


@register.simple_tag
def status_badge(status: str) -> SafeString:
    """Where a clause stands with a partner, as a badge."""
    title, tone = STATUS[status]
    return format_html('<span class="m-badge{}">{}</span>', f" m-{tone}" if tone else "", title)


@register.simple_tag
def route_link(name: str, *arguments: object) -> str:
    """The address of a page, empty where this Muster has none."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
