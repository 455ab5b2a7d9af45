"""Where the log stands in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from muster.kernel.ui.navigation import Entry

ENTRIES = (
    Entry(
        route="audit:log",
        title=_("Audit log"),
        phase="administration",
        order=30,
        note=_("Every command and every reading of personal data, sealed and provable."),
    ),
    Entry(
        route="audit:checkpoints",
        title=_("Checkpoints"),
        phase="administration",
        order=31,
        note=_("The roots that the witness repeats outside the database."),
    ),
)
