"""The drawing of boundaries: north up, undistorted, labels inside."""

from __future__ import annotations

import re
from typing import Any

import pytest

from muster.kernel.organisation.queries import District
from muster.kernel.organisation.queries.outline import outline


def area(code: str, west: float, south: float, size: float = 0.1, **more: Any) -> District:
    ring = [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]
    boundary = more.get("boundary", {"type": "Polygon", "coordinates": [ring]})
    return District(code, "district", code, code, "", None, boundary, west + size / 2, south + size / 2)


def places(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", path)]


def test_north_is_up_and_east_is_right() -> None:
    drawn = outline([area("SW", 120.0, 30.0), area("NE", 120.2, 30.2)])
    assert drawn is not None
    south_west, north_east = drawn.shapes
    assert float(south_west.x) < float(north_east.x)
    assert float(south_west.y) > float(north_east.y)


def test_a_square_on_the_ground_is_a_square_in_the_picture() -> None:
    """At 60 degrees north a degree of longitude is half as long as one of latitude."""
    ring = [[10.0, 59.9], [10.4, 59.9], [10.4, 60.1], [10.0, 60.1], [10.0, 59.9]]
    drawn = outline([area("A", 10.0, 59.9, boundary={"type": "Polygon", "coordinates": [ring]})])
    assert drawn is not None
    assert drawn.height == pytest.approx(drawn.width, rel=0.01)


def test_everything_lies_in_the_picture_and_a_second_part_is_drawn() -> None:
    rings = [area("x", west, 30.0).boundary["coordinates"] for west in (120.0, 121.0)]  # type: ignore[index]
    drawn = outline([area("A", 120.0, 30.0, boundary={"type": "MultiPolygon", "coordinates": rings})])
    assert drawn is not None
    (shape,) = drawn.shapes
    assert shape.path.count("M") == shape.path.count("Z") == 2
    assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in places(shape.path))


def test_areas_without_a_boundary_are_left_out_and_without_any_there_is_no_picture() -> None:
    bare = area("B", 0.0, 0.0, boundary=None)
    drawn = outline([bare, area("A", 120.0, 30.0)])
    assert drawn is not None
    assert [shape.code for shape in drawn.shapes] == ["A"]
    assert outline([bare]) is None
