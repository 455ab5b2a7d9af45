"""What the pages of the situation share: who asks, which feed, area and moment he asks about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest

from muster.kernel import clock
from muster.kernel.access.policy import WRITES
from muster.kernel.access.table import policy_table
from muster.kernel.commands import Actor
from muster.kernel.organisation.choices import AreaKind
from muster.kernel.organisation.queries import area_names, areas
from muster.kernel.organisation.queries.areas import District
from muster.prevention.situation.knowledge import within_reach
from muster.prevention.situation.models import LIVE
from muster.prevention.situation.queries import feeds
from muster.prevention.situation.queries.records import RowView, last_heard


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader looks at. `now` is the feed's own now: a replay's is when it last heard something."""

    feed: str
    feeds: list[str]
    area: District | None
    areas: list[District]
    at: datetime
    now: datetime

    @property
    def is_past(self) -> bool:
        """True when the page shows what was known earlier than now."""
        return self.at < self.now

    @property
    def is_live(self) -> bool:
        """True for the real epidemic."""
        return self.feed == LIVE


def actor(request: HttpRequest) -> Actor:
    """Who asks; the access middleware put him there."""
    found: Actor = request.actor  # type: ignore[attr-defined]
    return found


def may_write(request: HttpRequest, route: str) -> bool:
    """May this reader change something there? Pages offer only what the policy table permits."""
    policy = policy_table().get(route)
    return policy is not None and any(policy.permits(method, actor(request).roles) for method in WRITES)


def asked(request: HttpRequest) -> Asked:
    """Feed, area and moment of the address; what is not understood is the default."""
    there = feeds() or [LIVE]
    feed = request.GET.get("feed", "")
    feed = feed if feed in there or feed == LIVE else there[0]
    places = [*areas(AreaKind.CITY), *areas(AreaKind.DISTRICT)]
    wanted = request.GET.get("area", "")
    area = next((place for place in places if place.code == wanted), places[0] if places else None)
    now = clock.now() if feed == LIVE else last_heard(feed) or clock.now()
    return Asked(feed, there, area, places, min(_moment(request.GET.get("as_of", "")) or now, now), now)


def named(rows: Iterable[RowView]) -> list[RowView]:
    """Rows with the names of their areas; an area that is not known stays as it was written."""
    names = area_names()
    return [replace(row, area=names.get(row.area, row.area)) for row in rows]


def _moment(text: str) -> datetime | None:
    try:
        return within_reach(datetime.fromisoformat(text))
    except ValueError:
        return None
