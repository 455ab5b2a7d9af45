"""Where the organisation stands in the navigation, and what waits there."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from muster.kernel.commands import Actor
from muster.kernel.organisation.queries.pages import role_lines
from muster.kernel.ui.navigation import Entry, Waiting


def vacant(reader: Actor) -> Iterator[Waiting]:
    """Command roles that nobody holds, or that lack deputies."""
    lines = role_lines(reader.now, incomplete=True)
    url = reverse("organisation:roles") + "?show=incomplete"
    if empty := sum(line.holder is None for line in lines):
        words = ngettext("%(count)d command role is vacant", "%(count)d command roles are vacant", empty)
        yield Waiting(words % {"count": empty}, url, "bad")
    if short := sum(line.deputies_missing for line in lines):
        words = ngettext("%(count)d deputy is missing", "%(count)d deputies are missing", short)
        yield Waiting(words % {"count": short}, url, "warn")


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
        waiting=vacant,
    ),
    Entry(
        route="organisation:import",
        title=_("Import"),
        phase="preparedness",
        order=65,
        note=_("Units, people, areas and sites from Excel or CSV: look first, then confirm."),
    ),
)
