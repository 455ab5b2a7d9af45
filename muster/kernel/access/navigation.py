"""Where access stands in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from muster.kernel.ui.navigation import Entry

ENTRIES = (
    Entry(
        route="access:accounts",
        title=_("Accounts and roles"),
        phase="administration",
        order=10,
        note=_("Open and close accounts, grant and revoke roles, each for a time and with a reason."),
    ),
    Entry(
        route="access:purposes",
        title=_("Personal data: purposes"),
        phase="administration",
        order=40,
        note=_("Which personal data is held, what for, on what legal basis, how long, and who may read it."),
    ),
)
