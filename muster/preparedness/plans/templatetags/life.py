"""How pages show where a clause stands with a partner."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from muster.preparedness.plans.life.pages import STATUS

register = template.Library()


@register.simple_tag
def status_badge(status: str) -> SafeString:
    """Where a clause stands with a partner, as a badge."""
    title, tone = STATUS[status]
    return format_html('<span class="m-badge{}">{}</span>', f" m-{tone}" if tone else "", title)
