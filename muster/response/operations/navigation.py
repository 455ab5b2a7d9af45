"""Where operations stand in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from muster.kernel.ui.navigation import Entry

ENTRIES = (
    Entry(
        route="operations:board",
        title=_("Command board"),
        phase="command",
        order=10,
        note=_("Level, epidemic curve, map, overdue tasks, shortfalls and decisions in one look."),
    ),
    Entry(
        route="operations:list",
        title=_("Operations"),
        phase="response",
        order=10,
        note=_("Activate a plan, change its level, follow its tasks and its log."),
    ),
)
