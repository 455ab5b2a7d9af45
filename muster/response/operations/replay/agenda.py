"""What is due to happen next, in order of time."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from datetime import datetime, timedelta

from muster.engines.plan.events import Event


class Agenda:
    """Events by time; those of one moment in the order in which they were put there."""

    def __init__(self) -> None:
        self._heap: list[tuple[datetime, int, Event]] = []
        self._number = 0

    def put(self, events: Iterable[Event]) -> None:
        """Each at its own time."""
        for event in events:
            self._number += 1
            heapq.heappush(self._heap, (event.at, self._number, event))

    def batch(self, until: datetime, span: timedelta) -> list[Event]:
        """The next events within `span` of the first, all before `until`; empty when there is none."""
        if not self._heap:
            return []
        end = min(self._heap[0][0] + span, until)
        found = []
        while self._heap and self._heap[0][0] < end:
            found.append(heapq.heappop(self._heap)[2])
        return found
