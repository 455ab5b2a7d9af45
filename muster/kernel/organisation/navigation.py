"""Where the organisation stands in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from muster.kernel.ui.navigation import Entry

ENTRIES = (
    Entry(
        route="organisation:units",
        title=_("Organisation"),
        phase="preparedness",
        order=60,
        note=_("Units, people by service number, command roles with deputies, areas and sites."),
    ),
    Entry(
        route="organisation:roles",
        title=_("Command roles"),
        phase="preparedness",
        order=61,
        note=_("Who holds which role, who deputises, and what is vacant."),
    ),
    Entry(
        route="organisation:import",
        title=_("Import"),
        phase="preparedness",
        order=65,
        note=_("Units, people, areas and sites from Excel or CSV: look first, then confirm."),
    ),
)
