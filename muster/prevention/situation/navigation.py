"""Where the situation stands in the navigation, and what waits there."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from muster.kernel.commands import Actor
from muster.kernel.ui.navigation import Entry, Waiting
from muster.prevention.situation.queries import signals


def signals_waiting(reader: Actor) -> Iterator[Waiting]:
    """Signals that nobody has looked at yet."""
    if count := len(signals(as_of=reader.now, waiting=True)):
        words = ngettext("%(count)d signal waits for a decision", "%(count)d signals wait for a decision", count)
        yield Waiting(words % {"count": count}, reverse("situation:overview"), "warn")


ENTRIES = (
    Entry(
        route="situation:overview",
        title=_("Epidemic situation"),
        phase="prevention",
        order=10,
        note=_("Curve, indicators with their age, signals that wait, risk of the districts."),
        waiting=signals_waiting,
    ),
    Entry(
        route="situation:reports",
        title=_("Reports of counts"),
        phase="prevention",
        order=20,
        note=_("What came in, from where, and what became of each row; import a file."),
    ),
    Entry(
        route="situation:rules",
        title=_("Rules and serial interval"),
        phase="prevention",
        order=30,
        note=_("When a signal is raised, what Rt rests on, and how the risk of an area is judged."),
    ),
)
