"""Words, figures and small drawings of the operations pages."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.template.context import Context
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from muster.kernel.ui.wording import level_title
from muster.response.operations.board.shape import Board, PhaseCount
from muster.response.operations.board.words import MODES, NUMERALS, RISKS

register = template.Library()
UNKNOWN = "–"
TEN_THOUSAND = 10_000
THOUSAND = 1_000


@register.filter
def roman(level: int) -> str:
    """The numeral of a level; I is the highest."""
    return NUMERALS[level]


@register.filter
def level_words(level: int) -> Promise:
    """A level in words."""
    return level_title(level)


@register.filter
def mode_title(mode: str) -> Promise:
    """What a mode is called on the banner."""
    return MODES[mode]


@register.filter
def risk_title(risk: str) -> Promise:
    """What a risk is called."""
    return RISKS[risk]


@register.filter
def day_month(day: date) -> str:
    """A day as 02-04."""
    return f"{day:%m-%d}"


@register.filter
def day_words(moment: datetime) -> str:
    """The day with its weekday in the reader's language."""
    local = moment.astimezone(settings.BUREAU_ZONE)
    if get_language() == "en":
        return date_format(local, "D j M Y")
    return date_format(local, "Y-m-d l")


@register.filter
def short_when(moment: datetime) -> str:
    """Month, day and time in the bureau's zone."""
    return f"{moment.astimezone(settings.BUREAU_ZONE):%m-%d %H:%M}"


@register.filter
def short_span(span: timedelta) -> str:
    """A length of time in few letters: 1 d 3 h, 3 h 20 min, 40 min."""
    minutes = int(span.total_seconds()) // 60
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return gettext("%(days)d d %(hours)d h") % {"days": days, "hours": hours}
    if hours:
        return gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
    return gettext("%(minutes)d min") % {"minutes": rest}


@register.filter
def figure(value: float | str | None, digits: int = 1) -> str:
    """A figure with so many digits after the point; a dash for what is unknown or was never there."""
    return f"{value:.{digits}f}" if isinstance(value, int | float) else UNKNOWN


@register.filter
def grouped(value: int) -> str:
    """A whole number in groups of three figures."""
    return f"{value:,}"


@register.filter
def compact(value: int) -> str:
    """A quantity in few figures: 12.3k in English, 1.2万 in Chinese."""
    if get_language() == "en":
        return f"{value / THOUSAND:.0f}k" if abs(value) >= TEN_THOUSAND else f"{value}"
    return f"{value / TEN_THOUSAND:.1f}万" if abs(value) >= TEN_THOUSAND else f"{value}"


@register.simple_tag(takes_context=True)
def at(context: Context, route: str, *args: object, **query: str) -> str:
    """The address of another page, at the moment that this one shows."""
    words = urlencode({**query, **(context.get("as_of") or {})})
    address = reverse(route, args=args)
    return f"{address}?{words}" if words else address


@register.simple_tag
def phase_bar(phase: PhaseCount) -> SafeString:
    """One bar of a phase: done, late, at work, waiting; hidden from screen readers, the count says it."""
    whole = max(phase.total, 1)
    at_work = max(phase.at_work - phase.late, 0)
    parts = (("done", phase.done), ("late", phase.late), ("work", at_work), ("wait", phase.waiting))
    left = 0.0
    rows = []
    for name, count in parts:
        width = 100 * count / whole
        rows.append((name, f"{left:.2f}", f"{width:.2f}"))
        left += width
    segments = format_html_join("", '<rect class="op-seg-{}" x="{}" width="{}" height="10"/>', rows)
    return format_html('<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{}</svg>', segments)


@register.simple_tag
def level_strip(board: Board) -> SafeString:
    """The levels of the operation along the slider."""
    start, now = board.moment.start.timestamp(), board.moment.now.timestamp()
    whole = max(now - start, 1.0)
    rows = []
    for span in board.curve.levels:
        begin = max(span.from_at.timestamp(), start)
        end = min(span.to_at.timestamp() if span.to_at else board.moment.at.timestamp(), now)
        rows.append(
            (span.level, f"{1000 * (begin - start) / whole:.1f}", f"{max(1000 * (end - begin) / whole, 0):.1f}")
        )
    spans = format_html_join("", '<rect class="m-l{}" x="{}" width="{}" height="10"/>', rows)
    return format_html(
        '<svg class="op-strip" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect class="m-l0" width="1000" height="10"/>{}</svg>',
        gettext("Levels along the operation"),
        spans,
    )


@register.simple_tag
def need_change(change: int) -> SafeString:
    """More or less needed, told by sign and colour alike."""
    tone = "op-more-need" if change > 0 else "op-less-need"
    return format_html('<span class="{}">{}{}</span>', tone, "+" if change > 0 else "−", grouped(abs(change)))
