"""Where access stands in the navigation, and what waits there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from muster.kernel.access.queries import ENDING_SOON, ending_soon, left_open
from muster.kernel.commands import Actor
from muster.kernel.ui.navigation import Entry, Waiting


def roles_ending(now: datetime) -> Iterator[Waiting]:
    """Roles that end by themselves within days, and are lost unless somebody renews them."""
    if count := ending_soon(now).count():
        words = ngettext("%(count)d role ends within %(days)d days", "%(count)d roles end within %(days)d days", count)
        yield Waiting(
            words % {"count": count, "days": ENDING_SOON.days}, reverse("access:accounts") + "?only=ending", "warn"
        )


def to_be_closed() -> Iterator[Waiting]:
    """Accounts of people who have left: their roles rest, and the account is to be closed."""
    if count := left_open().count():
        words = ngettext(
            "%(count)d account belongs to somebody who has left",
            "%(count)d accounts belong to people who have left",
            count,
        )
        yield Waiting(words % {"count": count}, reverse("access:accounts") + "?only=left", "warn")


def waiting(reader: Actor) -> Iterator[Waiting]:
    """What the security administrator should not miss."""
    yield from roles_ending(reader.now)
    yield from to_be_closed()


ENTRIES = (
    Entry(
        route="access:accounts",
        title=_("Accounts and roles"),
        phase="administration",
        order=10,
        note=_("Open and close accounts, grant and revoke roles, each for a time and with a reason."),
        waiting=waiting,
    ),
    Entry(
        route="access:purposes",
        title=_("Personal data: purposes"),
        phase="administration",
        order=40,
        note=_("Which personal data is held, what for, on what legal basis, how long, and who may read it."),
    ),
)
