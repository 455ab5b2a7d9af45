"""Boundaries as lists of polygons, each a list of rings of (longitude, latitude): checks, order, a point inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ring = NDArray[np.float64]  # (points, 2), first point repeated at the end
Polygon = Sequence[Ring]  # the outer ring, then its holes


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a ring: "open", "short", "range", "flat" or "crossing", and near which point."""

    kind: str
    polygon: int
    ring: int
    point: int = 0


def check_polygons(polygons: Sequence[Polygon]) -> list[Fault]:
    """Every fault of every ring; polygons, rings and points are counted from 0.

    A ring needs at least four points, the last equal to the first, all on earth, with an area, and must not
    cross itself.
    """
    return [
        Fault(kind, number, place, point)
        for number, rings in enumerate(polygons)
        for place, ring in enumerate(rings)
        for kind, point in _faults(ring)
    ]


def _faults(ring: Ring) -> Iterator[tuple[str, int]]:
    if len(ring) < 4:
        yield "short", 0
        return
    outside = ~((np.abs(ring[:, 0]) <= 180.0) & (np.abs(ring[:, 1]) <= 90.0))
    if outside.any():
        yield "range", int(np.argmax(outside))
        return
    if not np.array_equal(ring[0], ring[-1]):
        yield "open", len(ring) - 1
        return
    if abs(signed_area(ring)) < 1e-12:
        yield "flat", 0
    elif (crossing := first_crossing(ring)) is not None:
        yield "crossing", crossing


def signed_area(ring: Ring) -> float:
    """Area in square degrees, positive when the ring runs against the clock (shoelace formula)."""
    x, y = ring[:, 0] - ring[0, 0], ring[:, 1] - ring[0, 1]
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2.0


def first_crossing(ring: Ring) -> int | None:
    """A segment that properly crosses another, or None; touching in a point is no crossing."""
    start, end = ring[:-1], ring[1:]
    west, east = np.minimum(start[:, 0], end[:, 0]), np.maximum(start[:, 0], end[:, 0])
    order = np.argsort(west, kind="stable")
    reach = np.searchsorted(west[order], east[order], side="right")  # only these can meet a segment
    for place, here in enumerate(order):
        others = order[place + 1 : reach[place]]
        a, b, c, d = start[here], end[here], start[others], end[others]
        crosses = (_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)
        if crosses.any():
            return int(min(here, others[np.argmax(crosses)]))
    return None


def _side(a: Ring, b: Ring, point: Ring) -> NDArray[np.float64]:
    """On which side of the line from a to b a point lies: 1 left, -1 right, 0 on it."""
    cross = (b[..., 0] - a[..., 0]) * (point[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (
        point[..., 0] - a[..., 0]
    )
    return np.asarray(np.sign(cross), dtype=np.float64)


def oriented(polygons: Sequence[Polygon]) -> list[list[Ring]]:
    """The same polygons with outer rings against the clock and holes with it, as RFC 7946 asks."""
    return [
        [ring if (signed_area(ring) > 0) == (place == 0) else ring[::-1] for place, ring in enumerate(rings)]
        for rings in polygons
    ]


def interior_point(polygons: Sequence[Polygon]) -> tuple[float, float]:
    """A point inside the largest polygon, for a label: in the middle of its widest stretch at half its height."""
    outer = max((rings for rings in polygons), key=lambda rings: abs(signed_area(rings[0])))
    low, high = outer[0][:, 1].min(), outer[0][:, 1].max()
    level = (low + high) / 2.0 + (high - low) * 1e-7  # not through a corner
    cuts = np.sort(np.concatenate([_cuts(ring, level) for ring in outer]))
    left, right = cuts[0::2], cuts[1::2]
    widest = int(np.argmax(right - left))
    return float((left[widest] + right[widest]) / 2.0), float(level)


def _cuts(ring: Ring, level: float) -> NDArray[np.float64]:
    """Longitudes at which a ring passes the latitude `level`."""
    (x0, y0), (x1, y1) = ring[:-1].T, ring[1:].T
    passes = (y0 > level) != (y1 > level)
    share = (level - y0[passes]) / (y1[passes] - y0[passes])
    return np.asarray(x0[passes] + share * (x1[passes] - x0[passes]), dtype=np.float64)
