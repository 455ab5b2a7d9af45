"""Whoever keeps the stock in these tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from muster.kernel.commands import Actor

NOON = datetime(2020, 1, 20, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def storekeeper(at: datetime = NOON) -> Actor:
    """A logistics officer with a fresh command."""
    return Actor("account:7", frozenset({"logistics_officer"}), now=at)
