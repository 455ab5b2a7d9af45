"""Boundaries of areas as a drawing: each a path in one picture, north up, undistorted at the middle latitude."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any, Final

from muster.kernel.organisation.queries.areas import District

WIDTH: Final = 800.0
MARGIN: Final = 10.0
MOST_POINTS: Final = 40_000
MOST_LABELS: Final = 40  # more names than that lie on one another; each shape still tells its own
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """One area: its path and the place of its label, in units of the picture, as SVG wants them."""

    code: str
    name: str
    path: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A picture `width` by `height` with the shapes of all areas that have a boundary."""

    width: int
    height: int
    shapes: tuple[Shape, ...]

    @property
    def is_crowded(self) -> bool:
        """Are there more shapes than can be written on?"""
        return len(self.shapes) > MOST_LABELS

    @property
    def labelled(self) -> tuple[Shape, ...]:
        """The shapes that are written on: all, or none."""
        return () if self.is_crowded else self.shapes


@dataclass(frozen=True, slots=True)
class _Frame:
    """How degrees become places in the picture."""

    west: float
    north: float
    across: float
    down: float

    def place(self, point: Sequence[float]) -> Point:
        """Right and down from the upper left corner."""
        return MARGIN + (point[0] - self.west) * self.across, MARGIN + (self.north - point[1]) * self.down


def outline(areas: Sequence[District]) -> Outline | None:
    """The picture of those areas that have a boundary; None where none has, or all together are too many points."""
    drawn = [area for area in areas if area.boundary]
    points = [point for area in drawn for ring in _rings(area.boundary) for point in ring]
    if not points or len(points) > MOST_POINTS:
        return None
    west, east = min(point[0] for point in points), max(point[0] for point in points)
    south, north = min(point[1] for point in points), max(point[1] for point in points)
    narrow = cos(radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / max((east - west) * narrow, 1e-9)
    frame = _Frame(west, north, scale * narrow, scale)
    height = (north - south) * scale + 2 * MARGIN
    return Outline(int(WIDTH), int(height) + 1, tuple(_shape(area, frame) for area in drawn))


def _rings(boundary: dict[str, Any] | None) -> Iterator[Sequence[Sequence[float]]]:
    if boundary is not None:
        polygons = [boundary["coordinates"]] if boundary["type"] == "Polygon" else boundary["coordinates"]
        for rings in polygons:
            yield from rings


def _shape(area: District, frame: _Frame) -> Shape:
    path = "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in map(frame.place, ring[:-1])) + "Z"
        for ring in _rings(area.boundary)
    )
    x, y = frame.place((area.lon, area.lat))
    return Shape(area.code, area.name, path, f"{x:.1f}", f"{y:.1f}")
