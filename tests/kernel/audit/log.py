"""A log with entries in it, as commands leave them."""

from __future__ import annotations

from datetime import UTC, datetime

from muster.kernel.audit.models import Leaf
from muster.kernel.audit.services import leaf_of

MOMENT = datetime(2020, 1, 24, 8, 0, tzinfo=UTC)


def entries(count: int, first: int = 0) -> list[Leaf]:
    """Entries written at once, each different."""
    return Leaf.objects.bulk_create(
        leaf_of(
            kind="command",
            action=f"probe.act_{number % 3}",
            principal=f"account:{number % 5}",
            at=MOMENT,
            content={"number": number},
        )
        for number in range(first, first + count)
    )
