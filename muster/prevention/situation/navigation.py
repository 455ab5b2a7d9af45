"""Where the situation stands in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from muster.kernel.ui.navigation import Entry

ENTRIES = (
    Entry(
        route="situation:overview",
        title=_("Epidemic situation"),
        phase="prevention",
        order=10,
        note=_("Curve, indicators with their age, signals that wait, risk of the districts."),
    ),
    Entry(
        route="situation:reports",
        title=_("Reports of counts"),
        phase="prevention",
        order=20,
        note=_("What came in, from where, and what became of each row; import a file."),
    ),
)
