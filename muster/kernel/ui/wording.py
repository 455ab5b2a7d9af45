"""Words that many pages use: response levels, lengths of time."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

LEVELS: Final[dict[int, Promise]] = {
    0: _("No response"),
    1: _("Level I response"),
    2: _("Level II response"),
    3: _("Level III response"),
    4: _("Level IV response"),
}


def level_title(level: int) -> Promise:
    """What a response level is called; raises KeyError outside 0 to 4."""
    return LEVELS[level]


def duration_in_words(span: timedelta) -> str:
    """The two largest units of a length of time, rounded down: 2 days 3 hours, 40 minutes."""
    minutes = int(span.total_seconds()) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return _joined(_days(days), _hours(hours) if hours else "")
    if hours:
        return _joined(_hours(hours), _minutes(minutes) if minutes else "")
    return _minutes(minutes)


def _joined(first: str, second: str) -> str:
    return f"{first} {second}".strip()


def _days(count: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def _hours(count: int) -> str:
    return ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count}


def _minutes(count: int) -> str:
    return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}
