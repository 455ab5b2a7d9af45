"""The cells that S City is made of: communities, joined to subdistricts, joined to districts, with borders in common.

Every border between two cells is one line, drawn once: whatever is joined from cells has no gap and no overlap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Voronoi

from muster.sample.outline import COAST, DISTRICTS, Points, inside, to_wgs84

SUBDISTRICTS: Final = 15  # in each district
COMMUNITIES: Final = 8  # in each subdistrict, on average
CELLS: Final = len(DISTRICTS) * SUBDISTRICTS * COMMUNITIES
SEA: Final = -1
ROUGHNESS: Final = 0.11  # how far a border strays, as a share of its length; more than 0.2 makes borders cross

Labels = NDArray[np.int64]
Edge = tuple[int, int]


@dataclass(frozen=True)
class Terrain:
    """`seeds` (cells, 2) in km; `district` and `subdistrict` (cells,) by number; `borders` between corners."""

    seeds: Points
    district: Labels
    subdistrict: Labels
    corners: Points
    edges: Mapping[Edge, Edge]  # two corners -> the two cells beside them, SEA for the water
    lines: Mapping[Edge, Points] = field(repr=False)  # two corners -> the line drawn between them, ends included

    def ring(self, cells: Iterable[int]) -> list[list[float]]:
        """The outer border of joined cells as a closed GeoJSON ring, counter-clockwise, in degrees."""
        longest = max(self._rings(frozenset(cells)), key=lambda ring: abs(signed_area(ring)))
        if signed_area(longest) < 0:
            longest = longest[::-1]
        points: list[list[float]] = to_wgs84(longest).tolist()
        return points

    def pieces(self, cells: Iterable[int]) -> int:
        """In how many pieces (and holes) these cells lie; 1 when they hang together."""
        return len(self._rings(frozenset(cells)))

    def _rings(self, cells: frozenset[int]) -> list[Points]:
        outer = [edge for edge, (a, b) in self.edges.items() if (a in cells) != (b in cells)]
        return [
            np.vstack([self._line(a, b)[:-1] for a, b in walk] + [self._line(*walk[0])[:1]]) for walk in walks(outer)
        ]

    def _line(self, start: int, end: int) -> Points:
        return self.lines[start, end] if (start, end) in self.lines else self.lines[end, start][::-1]


def signed_area(ring: Points) -> float:
    """Area of a closed ring in square kilometres, positive when it runs counter-clockwise."""
    x, y = ring[:, 0], ring[:, 1]
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) / 2)


def walks(edges: list[Edge]) -> list[list[Edge]]:
    """Undirected edges as closed walks, each edge once."""
    beside: dict[int, list[int]] = defaultdict(list)
    for a, b in edges:
        beside[a].append(b)
        beside[b].append(a)
    found = []
    while beside:
        start = here = min(beside)
        walk: list[Edge] = []
        while not walk or here != start:
            there = beside[here].pop(0)
            beside[there].remove(here)
            walk.append((here, there))
            here = there
        found.append(walk)
        beside = defaultdict(list, {corner: rest for corner, rest in beside.items() if rest})
    return found


def make_terrain(seed: int) -> Terrain:
    """The same terrain for the same seed."""
    chance = np.random.default_rng([seed, 1])
    seeds = settle(chance)
    voronoi = Voronoi(np.vstack([seeds, shore(seeds)]))
    edges = borders(voronoi, len(seeds))
    beside = neighbours(edges, len(seeds))
    district = tidy(nearest(seeds, np.array([(d[3], d[4]) for d in DISTRICTS])), beside)
    subdistrict = divide(seeds, district, beside, chance)
    lines = {edge: rough_line(voronoi.vertices[list(edge)], chance) for edge in sorted(edges)}
    return Terrain(seeds, district, subdistrict, voronoi.vertices, edges, lines)


def settle(chance: np.random.Generator) -> Points:
    """Middles of the communities: denser near the heart of the city, spread by a few rounds of Lloyd's method."""
    middle = COAST.mean(axis=0)
    candidates = chance.uniform(COAST.min(axis=0), COAST.max(axis=0), size=(80_000, 2))
    candidates = candidates[inside(candidates, COAST)]
    density = 0.25 + np.exp(-np.sum(((candidates - middle) / (22.0, 14.0)) ** 2, axis=1) / 2)
    land = candidates[chance.random(len(candidates)) < density / density.max()]
    seeds = land[chance.choice(len(land), CELLS, replace=False)]
    for _ in range(6):
        owner = nearest(land, seeds)
        count = np.bincount(owner, minlength=CELLS)
        total = np.stack([np.bincount(owner, land[:, axis], CELLS) for axis in (0, 1)], axis=1)
        seeds = np.where(count[:, None] > 0, total / np.maximum(count, 1)[:, None], seeds)
    settled: Points = seeds
    return settled


def shore(seeds: Points) -> Points:
    """Points in the water: mirror images of the land near the coast, and a wide ring that closes every cell."""
    step = np.vstack(
        [np.linspace(a, b, 24, endpoint=False) for a, b in zip(COAST, np.roll(COAST, -1, axis=0), strict=True)]
    )
    outward = step * 1.09
    distance = np.min(np.linalg.norm(outward[:, None] - seeds[None], axis=2), axis=1)
    ring = np.array([(150 * np.cos(a), 150 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 24, endpoint=False)])
    return np.vstack([outward[distance > 1.0], ring])


def nearest(points: Points, centres: Points) -> Labels:
    """For each point the number of the nearest centre."""
    from scipy.spatial import cKDTree

    labels: Labels = np.asarray(cKDTree(centres).query(points)[1], dtype=np.int64)
    return labels


def borders(voronoi: Voronoi, land: int) -> dict[Edge, Edge]:
    """Edges that have land on at least one side, with the cells beside them."""
    edges: dict[Edge, Edge] = {}
    for (a, b), corners in zip(voronoi.ridge_points.tolist(), voronoi.ridge_vertices, strict=True):
        if min(a, b) < land and -1 not in corners:
            beside = (a if a < land else SEA, b if b < land else SEA)
            edges[min(corners), max(corners)] = (min(beside), max(beside))
    return edges


def neighbours(edges: Mapping[Edge, Edge], cells: int) -> list[set[int]]:
    """For each cell the cells that it shares a border with."""
    beside: list[set[int]] = [set() for _ in range(cells)]
    for a, b in edges.values():
        if SEA not in (a, b):
            beside[a].add(b)
            beside[b].add(a)
    return beside


def tidy(labels: Labels, beside: list[set[int]]) -> Labels:
    """Labels in which each label hangs together: a stray piece takes the label that most of its neighbours have."""
    labels = labels.copy()
    for label in np.unique(labels):
        pieces = sorted(connected(set(np.flatnonzero(labels == label).tolist()), beside), key=len)
        for piece in pieces[:-1]:
            around = [int(labels[other]) for cell in sorted(piece) for other in sorted(beside[cell] - piece)]
            labels[sorted(piece)] = max(sorted(set(around)), key=around.count)
    return labels


def connected(cells: set[int], beside: list[set[int]]) -> list[set[int]]:
    """The pieces in which these cells hang together."""
    pieces = []
    left = set(cells)
    while left:
        piece, front = set(), {min(left)}
        while front:
            piece |= front
            front = {other for cell in front for other in beside[cell]} & left - piece
        pieces.append(piece)
        left -= piece
    return pieces


def divide(seeds: Points, district: Labels, beside: list[set[int]], chance: np.random.Generator) -> Labels:
    """Subdistrict of each cell, numbered through the city: every district in SUBDISTRICTS parts of like size."""
    subdistrict = np.zeros(len(seeds), dtype=np.int64)
    for number in range(len(DISTRICTS)):
        own = np.flatnonzero(district == number)
        centres = seeds[chance.choice(own, SUBDISTRICTS, replace=False)]
        for _ in range(25):
            part = nearest(seeds[own], centres)
            centres = np.array([seeds[own][part == k].mean(axis=0) for k in range(SUBDISTRICTS)])
        local = {
            int(cell): {int(np.searchsorted(own, o)) for o in beside[cell] if district[o] == number} for cell in own
        }
        subdistrict[own] = number * SUBDISTRICTS + tidy(part, [local[int(cell)] for cell in own])
    return subdistrict


def rough_line(ends: Points, chance: np.random.Generator) -> Points:
    """A line between two corners that strays like a stream: each half's middle is moved sideways, twice over."""
    line = ends
    for _ in range(2):
        step = np.diff(line, axis=0)
        sideways = np.stack([-step[:, 1], step[:, 0]], axis=1) * chance.uniform(-ROUGHNESS, ROUGHNESS, (len(step), 1))
        middles = line[:-1] + step / 2 + sideways
        line = np.insert(line, np.arange(1, len(line)), middles, axis=0)
    return line
