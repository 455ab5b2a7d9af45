"""The people of the bureau on one day: who is there, and how far they go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from muster.engines.assumptions import Strength
from muster.engines.rostering import Pool, assign
from muster.response.operations.replay.chance import Chance
from muster.response.operations.replay.needed import PeopleNeeded, Spot
from muster.response.operations.services.figures import StaffShort

Sets = Mapping[str, Mapping[frozenset[str], int]]  # people by unit and exact set of qualifications


@dataclass(frozen=True, slots=True)
class Staffed:
    """One day: officer-shifts needed and filled, who was there and who was absent, what is short, shares by spot."""

    needed: int
    filled: int
    present: int
    absent: int
    short: Sequence[StaffShort]
    ratios: Mapping[Spot, float]


class Force:
    """Everybody once, by unit and exact set of qualifications.

    Who is there on a day: of each group, the share that the level puts on posts, less those absent. Fractions are
    carried from day to day, so that over the days each group gives its exact share.
    """

    def __init__(self, sets: Sets, rules: Strength, chance: Chance) -> None:
        groups = [(unit, holds) for unit in sorted(sets) for holds in sorted(sets[unit], key=sorted)]
        self.skills = sorted({skill for _unit, holds in groups for skill in holds})
        self.units = sorted(sets)
        place = {unit: number for number, unit in enumerate(self.units)}
        self.unit: NDArray[np.int64] = np.array([place[unit] for unit, _holds in groups], dtype=np.int64)
        self.holds: NDArray[np.int64] = np.array([self._bits(holds) for _unit, holds in groups], dtype=np.int64)
        self.people: NDArray[np.int64] = np.array([sets[unit][holds] for unit, holds in groups], dtype=np.int64)
        carried = [chance.share("carried", unit, *sorted(holds)) for unit, holds in groups]
        self.carried: NDArray[np.float64] = np.array(carried, dtype=np.float64)
        self.rules = rules

    def staff(self, needed: PeopleNeeded, level: int, absent: float, root: str, *, whole_day: bool = True) -> Staffed:
        """Put the people of one day on what is needed; `absent` is the share of the force that is ill or isolated.

        Without `whole_day` it is a look ahead: nothing is carried on from it.
        """
        there, carried = self._there(level, absent)
        if whole_day:
            self.carried = carried
        pools = self._pools(there, {demand.qualification for demand in needed.demands})
        filled = assign(pools, needed.demands).filled
        return Staffed(
            needed=sum(demand.people for demand in needed.demands),
            filled=sum(filled),
            present=int(there.sum()),
            absent=round(absent * int(self.people.sum())),
            short=_short(needed, filled, root),
            ratios=needed.ratios(filled),
        )

    def _there(self, level: int, absent: float) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        exact = self.people * (self.rules.on_posts.get(level, 0.0) * (1.0 - absent)) + self.carried
        there = np.floor(exact + 1e-9).astype(np.int64)
        return there, np.clip(exact - there, 0.0, 1.0)

    def _pools(self, there: NDArray[np.int64], skills: set[str]) -> list[Pool]:
        """Groups that differ only in what nobody needs today are one."""
        useful = self.holds & self._bits(skills)
        kept = (there > 0) & (useful > 0)
        keys, number = np.unique(self.unit[kept] << len(self.skills) | useful[kept], return_inverse=True)
        counts = np.bincount(number, there[kept], len(keys)).astype(np.int64)
        names: dict[int, frozenset[str]] = {}
        pools = []
        for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
            unit, bits = key >> len(self.skills), key & ((1 << len(self.skills)) - 1)
            if bits not in names:
                names[bits] = frozenset(skill for place, skill in enumerate(self.skills) if bits >> place & 1)
            pools.append(Pool(self.units[unit], names[bits], count))
        return pools

    def _bits(self, skills: Iterable[str]) -> int:
        """A set of qualifications as the bits of one number; what nobody holds has none."""
        held = set(skills)
        return sum(1 << place for place, skill in enumerate(self.skills) if skill in held)


def _short(needed: PeopleNeeded, filled: Sequence[int], root: str) -> list[StaffShort]:
    """By unit and qualification; what the bureau owes itself and what the whole force owes are one line."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for number, demand in enumerate(needed.demands):
        both = sums[needed.unit(number, root), demand.qualification]
        both[0] += demand.people
        both[1] += filled[number]
    return [
        StaffShort(unit, skill, need, there) for (unit, skill), (need, there) in sorted(sums.items()) if there < need
    ]
