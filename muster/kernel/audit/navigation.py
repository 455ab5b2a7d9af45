"""Where the log stands in the navigation, and what waits there."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from muster.kernel.audit.queries import last_check
from muster.kernel.commands import Actor
from muster.kernel.ui.navigation import Entry, Waiting


def altered(_reader: Actor) -> Iterator[Waiting]:
    """Whether the last full check found the log altered."""
    check = last_check()
    if check is not None and not check.ok:
        yield Waiting(gettext("The log has been altered"), reverse("audit:log"), "bad")


ENTRIES = (
    Entry(
        route="audit:log",
        title=_("Audit log"),
        phase="administration",
        order=30,
        note=_("Every command and every reading of personal data, sealed and provable."),
        waiting=altered,
    ),
    Entry(
        route="audit:checkpoints",
        title=_("Checkpoints"),
        phase="administration",
        order=31,
        note=_("The roots that the witness repeats outside the database."),
    ),
)
