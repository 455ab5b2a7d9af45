"""Who can be put where on one day, by numbers: a flow from pools of people to demands.

The rule. Each person fills one officer-shift a day, of one qualification that he holds, for a demand that may draw on
his unit. Demands of a lower `rank` come first: as many officer-shifts of rank 0 as can be filled at all are filled,
then as many of rank 1 as can be without taking any from rank 0, and so on. Within a rank the number that is filled is
the largest possible; which of two demands goes short is settled by the order of their units and qualifications.

Method: a maximum flow per rank in the residual network of the ranks before it (Ford and Fulkerson 1956). An augmenting
path never empties a demand that is filled, so each later rank leaves the earlier ones as full as they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import maximum_flow

Counts = NDArray[np.int32]
ANYWHERE: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pool:
    """`people` in one unit who hold exactly the qualifications `holds` and are there that day."""

    unit: str
    holds: frozenset[str]
    people: int


@dataclass(frozen=True, slots=True)
class Demand:
    """`people` (officer-shifts) of one qualification, to be drawn from `units`, or from everywhere if that is empty."""

    units: tuple[str, ...]
    qualification: str
    people: int
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Assignment:
    """How many officer-shifts of each demand are filled, and how many people of each pool are used; both in order."""

    filled: tuple[int, ...]
    used: tuple[int, ...]


def assign(pools: Sequence[Pool], demands: Sequence[Demand]) -> Assignment:
    """Fill the demands of one day.

    Parameters
    ----------
    pools : people by unit and exact set of qualifications; the same unit and set may come more than once.
    demands : officer-shifts; the same unit and qualification may come more than once.

    Returns
    -------
    Assignment. It is the same for the same arguments, on every machine.
    """
    network = _Network(pools, demands)
    if not len(network.flow):  # nobody can serve anything
        return Assignment((0,) * len(demands), (0,) * len(pools))
    order = sorted(range(len(demands)), key=lambda index: demands[index].rank)
    for _rank, indices in groupby(order, key=lambda index: demands[index].rank):
        network.fill(np.array(sorted(indices), dtype=np.int32))
    return Assignment(tuple(network.filled.tolist()), tuple(network.used.tolist()))


class _Network:
    """Source, pools, demands, sink; the flow so far is in `flow`, one number for each link of pool and demand."""

    def __init__(self, pools: Sequence[Pool], demands: Sequence[Demand]) -> None:
        self.people: Counts = np.array([pool.people for pool in pools], dtype=np.int32)
        self.wanted: Counts = np.array([demand.people for demand in demands], dtype=np.int32)
        self.pool, self.demand = _links(pools, demands)
        self.flow: Counts = np.zeros(len(self.pool), dtype=np.int32)

    @property
    def filled(self) -> Counts:
        return np.bincount(self.demand, self.flow, len(self.wanted)).astype(np.int32)

    @property
    def used(self) -> Counts:
        return np.bincount(self.pool, self.flow, len(self.people)).astype(np.int32)

    def fill(self, now: Counts) -> None:
        """Fill the demands `now` as far as they can be, keeping what is filled."""
        left = np.zeros_like(self.wanted)
        left[now] = (self.wanted - self.filled)[now]
        graph = self._residual(left)
        source, sink = graph.shape[0] - 2, graph.shape[0] - 1
        result = maximum_flow(graph, source, sink).flow
        first = len(self.people)
        net = result[self.pool, first + self.demand]  # antisymmetric: what went back counts against what went there
        self.flow = self.flow + np.asarray(net).ravel().astype(np.int32)

    def _residual(self, left: Counts) -> csr_array:
        pools, demands = len(self.people), len(self.wanted)
        source, sink = pools + demands, pools + demands + 1
        free = self.people - self.used
        ends = pools + np.arange(demands, dtype=np.int32)
        rows = np.concatenate([self.pool, pools + self.demand, np.full(pools, source, np.int32), ends])
        columns = np.concatenate(
            [pools + self.demand, self.pool, np.arange(pools, dtype=np.int32), np.full(demands, sink, np.int32)]
        )
        capacity = np.concatenate([self.people[self.pool], self.flow, free, left])
        matrix = coo_array(
            (capacity, (rows, columns)),
            shape=(sink + 1, sink + 1),
            dtype=np.int32,
        )
        return csr_array(matrix)


def _links(pools: Sequence[Pool], demands: Sequence[Demand]) -> tuple[Counts, Counts]:
    """The pairs of a pool and a demand that it can serve."""
    by_unit: dict[str, dict[str, list[int]]] = {}
    by_skill: dict[str, list[int]] = {}
    for index, pool in enumerate(pools):
        own = by_unit.setdefault(pool.unit, {})
        for skill in pool.holds:
            own.setdefault(skill, []).append(index)
            by_skill.setdefault(skill, []).append(index)
    able: list[list[int]] = []
    for demand in demands:
        if demand.units == ANYWHERE:
            able.append(by_skill.get(demand.qualification, []))
        else:
            units = (by_unit.get(unit, {}) for unit in dict.fromkeys(demand.units))
            able.append([index for own in units for index in own.get(demand.qualification, ())])
    first: Counts = np.array([index for group in able for index in group], dtype=np.int32)
    second: Counts = np.repeat(np.arange(len(able), dtype=np.int32), [len(group) for group in able])
    return first, second
