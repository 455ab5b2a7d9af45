"""What is assumed of any bureau in an epidemic: what arises from cases, which places open, how people and stores work.

The replay and the stress test assume the same. All of it is assumption, stated here and in docs/replay.md; none of it
is read from a plan, and a plan reads none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta


@dataclass(frozen=True, slots=True)
class Workload:
    """What arises on a day from the cases reported on the evening before, and from what is open. Means per day."""

    transfers_per_case: float = 3.0
    isolations_per_case: float = 0.5
    lists_least: int = 1
    cases_per_list: int = 25
    lists_most: int = 6
    inbound_groups_per_port: float = 0.5
    conflicts_per_post: float = 0.05
    passes_per_community: float = 0.2
    crimes: float = 0.5
    crimes_per_case: float = 0.1
    rumours: float = 2.0
    rumours_per_case: float = 0.2
    exposures_per_case: float = 0.05
    objections_per_list: float = 0.3
    begins: time = time(7, 0)
    hours: float = 15.0


@dataclass(frozen=True, slots=True)
class Places:
    """Which places are open: a share of those that there are, by level, or as many as cases call for.

    An estate with a new case is closed for `closed_days`, at the levels I and II. Quarantine sites open so that their
    capacity covers those isolated in the last `isolated_days` (`isolated_per_case` for each case), at least
    `quarantine_least`. A temporary hospital opens for each `cases_per_temporary` cases of the last `closed_days`.
    """

    shares: Mapping[str, Mapping[int, float]] = field(
        default_factory=lambda: {
            "checkpoint": {1: 1.0, 2: 0.5},
            "fever_clinic": {1: 1.0, 2: 1.0, 3: 1.0},
            "sampling_point": {1: 1.0, 2: 0.5},
            "supply_corridor": {1: 1.0, 2: 0.5},
            "port_of_entry": {1: 1.0, 2: 1.0, 3: 1.0, 4: 1.0},
            "lodging": {1: 0.5},
        }
    )
    closed_days: int = 14
    isolated_days: int = 14
    isolated_per_case: float = 6.0
    quarantine_least: int = 4
    quarantine_levels: frozenset[int] = frozenset({1, 2, 3})
    closing_levels: frozenset[int] = frozenset({1, 2})
    cases_per_temporary: int = 1_000


@dataclass(frozen=True, slots=True)
class Work:
    """How tasks are worked. Read within minutes; done after a share of the time allowed, if people and stock are there.

    Where only a part of the people or the stock that a clause needs in a place is there, it takes as many times longer;
    where less than `hopeless` of it is there nothing is done that day, and it is tried again on the next.
    """

    reads: tuple[timedelta, timedelta] = (timedelta(minutes=5), timedelta(minutes=20))
    begins: timedelta = timedelta(minutes=5)
    shortest: timedelta = timedelta(minutes=25)
    share: tuple[float, float] = (0.35, 0.85)
    hopeless: float = 0.1
    batch: timedelta = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Strength:
    """Which share of the people who are not absent can be put on the plan's posts on one day, by level.

    The rest is off duty, or does the everyday work that no clause asks for (planning assumption: 33, 45, 60, 75%).
    """

    on_posts: Mapping[int, float] = field(default_factory=lambda: {1: 0.75, 2: 0.60, 3: 0.45, 4: 0.33})
    absent: float = 0.035  # where nothing is known of absence: the usual 3 to 4% of a large force


@dataclass(frozen=True, slots=True)
class Supplies:
    """How stores are filled: each is brought to `store_days` of its need, then orders refill the reserve."""

    store_days: int = 3
    mean_of_days: int = 3


@dataclass(frozen=True, slots=True)
class Assumptions:
    """All of them."""

    workload: Workload = field(default_factory=Workload)
    places: Places = field(default_factory=Places)
    work: Work = field(default_factory=Work)
    strength: Strength = field(default_factory=Strength)
    supplies: Supplies = field(default_factory=Supplies)
