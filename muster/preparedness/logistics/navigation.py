"""Where the stock stands in the navigation, and what waits there."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from muster.kernel.commands import Actor
from muster.kernel.ui.navigation import Entry, Waiting
from muster.preparedness.logistics.holdings import FEW_DAYS, holdings, is_kept


def running_out(reader: Actor) -> Iterator[Waiting]:
    """Items that have run out or soon will; nothing of a book that is not kept."""
    if not is_kept(reader.now):
        return
    held = holdings(as_of=reader.now)
    gone = sum(not one.usable for one in held)
    few = sum(bool(one.usable) and one.days is not None and one.days < FEW_DAYS for one in held)
    if gone:
        words = ngettext("%(count)d item has run out", "%(count)d items have run out", gone) % {"count": gone}
        yield Waiting(words, reverse("logistics:stock"), "bad")
    if few:
        words = ngettext(
            "%(count)d item lasts less than %(days)d days", "%(count)d items last less than %(days)d days", few
        )
        yield Waiting(words % {"count": few, "days": FEW_DAYS}, reverse("logistics:stock"), "bad")


ENTRIES = (
    Entry(
        route="logistics:stock",
        title=_("Stock"),
        phase="preparedness",
        order=30,
        note=_("What the stores hold, what expires, and for how many days it lasts; receive, issue, transfer."),
        waiting=running_out,
    ),
)
