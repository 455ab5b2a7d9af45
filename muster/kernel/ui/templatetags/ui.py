"""Components of every page: assets, levels, numbers, times, navigation."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django import template
from django.conf import settings
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, gettext

from muster.kernel.errors import DomainError
from muster.kernel.ui.assets import asset_url
from muster.kernel.ui.navigation import phases_for
from muster.kernel.ui.wording import duration_in_words

register = template.Library()


@register.simple_tag
def asset(path: str) -> str:
    """Address of a static file, with a mark that changes when the file does."""
    return asset_url(path)


@register.filter
def language_tag(code: str) -> str:
    """The tag that goes into `lang`: zh-hans is zh-Hans in HTML."""
    return "zh-Hans" if code == "zh-hans" else code


@register.filter
def language_name(code: str) -> str:
    """A language in its own words."""
    return str(get_language_info(code)["name_local"])


@register.inclusion_tag("ui/_navigation.html", takes_context=True)
def navigation(context: Context) -> dict[str, Any]:
    """Work areas by phase, only what the reader may open, and how much is his to do there."""
    phases = phases_for(context.get("request"))
    return {"phases": phases, "badges": sum(link.badge for phase in phases for link in phase.entries)}


@register.simple_tag(takes_context=True)
def current(context: Context, url: str, below: str = "") -> SafeString | str:
    """The aria-current of a tab: this page, or one whose address begins with `below`, which is `url` if not given."""
    here = context["request"].path
    state = "page" if here == url else "true" if here.startswith(below or url) else ""
    return format_html(' aria-current="{}"', state) if state else ""


@register.inclusion_tag("ui/_stat.html")
def stat(value: object, label: str, note: str = "", tone: str = "") -> dict[str, Any]:
    """A figure with its label; tone is "", good, warn or bad."""
    return {"value": value, "label": label, "note": note, "tone": tone}


@register.inclusion_tag("ui/_empty.html")
def empty_state(title: str, text: str = "", url: str = "", action: str = "") -> dict[str, str]:
    """What a list says when there is nothing in it, and what to do next."""
    return {"title": title, "text": text, "url": url, "action": action}


@register.inclusion_tag("ui/_error.html")
def error_state(title: str, text: str = "", mend: str = "") -> dict[str, str]:
    """What went wrong and how to mend it."""
    return {"title": title, "text": text, "mend": mend}


@register.inclusion_tag("ui/_progress.html")
def progress(title: str, rows: int = 0) -> dict[str, Any]:
    """Within a form whose answer may take long: how far it is, of how many rows if that is known, and a way to stop."""
    return {"title": title, "rows": rows}


@register.inclusion_tag("ui/_problem.html")
def problem(found: DomainError | None) -> dict[str, Any]:
    """What a person did wrong: what, where, what was expected, how to mend it; nothing where nothing is wrong."""
    return {"problem": found}


@register.inclusion_tag("ui/_paging.html", takes_context=True)
def paging(context: Context, start: object, onward: object, by: str = "start") -> dict[str, Any]:
    """The ways back to the first page and on to the next; `by` is what the address calls the place where a page begins.

    `start` is where this page begins and `onward` where the next one does, each empty where there is none. Whatever
    else was asked for stays in the address.
    """
    asked = context["request"].GET.copy()
    asked.pop(by, None)
    first = asked.urlencode()
    asked[by] = str(onward)
    return {"first": f"?{first}" if start else "", "next": f"?{asked.urlencode()}" if onward else ""}


@register.inclusion_tag("ui/_field.html")
def field(bound_field: Any) -> dict[str, Any]:
    """One field of a form with its label, help and errors."""
    return {"field": bound_field}


@register.simple_tag
def command_id() -> SafeString:
    """The id of the command that this form sends; a form sent twice is one command."""
    return format_html('<input type="hidden" name="command_id" value="{}">', uuid4())


@register.filter
def when(moment: datetime | None) -> str:
    """Day and time in the bureau's zone, in the same figures in both languages."""
    return "" if moment is None else f"{moment.astimezone(settings.BUREAU_ZONE):%Y-%m-%d %H:%M}"


@register.filter
def clock_time(moment: datetime | None) -> str:
    """Time of day in the bureau's zone."""
    return "" if moment is None else f"{moment.astimezone(settings.BUREAU_ZONE):%H:%M}"


@register.filter
def in_words(span: timedelta | None) -> str:
    """A length of time: 3 hours 20 minutes."""
    return "" if span is None else duration_in_words(span)


@register.filter
def ago(moment: datetime | None) -> str:
    """How long ago, or how long from now."""
    if moment is None:
        return ""
    span = timezone.now() - moment
    words = duration_in_words(abs(span))
    template_text = gettext("%(time)s ago") if span >= timedelta() else gettext("in %(time)s")
    return template_text % {"time": words}


@register.filter
def bilingual(item: object, field_name: str = "name") -> str:
    """The Chinese or English half of a pair such as `name_zh`, `name_en`, by the reader's language."""
    language = "en" if get_language() == "en" else "zh"
    return str(getattr(item, f"{field_name}_{language}", "") or getattr(item, f"{field_name}_en", ""))
