"""Where the stock stands in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from muster.kernel.ui.navigation import Entry

ENTRIES = (
    Entry(
        route="logistics:stock",
        title=_("Stock"),
        phase="preparedness",
        order=30,
        note=_("What the stores hold, what expires, and for how many days it lasts; receive, issue, transfer."),
    ),
)
