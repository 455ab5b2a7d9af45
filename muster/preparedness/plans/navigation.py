"""Where plans stand in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from muster.kernel.ui.navigation import Entry

ENTRIES = (
    Entry(
        route="plans:list",
        title=_("Contingency plans"),
        phase="preparedness",
        order=10,
        note=_("Versions, what the checks find in them, what changed from one to the next."),
    ),
)
