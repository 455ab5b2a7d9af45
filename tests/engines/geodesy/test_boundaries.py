"""Boundaries: closed, on earth, not crossing themselves, with a label inside."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.engines.geodesy import check_polygons, interior_point, oriented, to_wgs84
from muster.engines.geodesy.boundaries import Ring, first_crossing, signed_area

SQUARE = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]])
BOW_TIE = np.array([[0.0, 0.0], [1.0, 1.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
HOLE = SQUARE * 0.2 + 0.4


def kinds(*rings: Ring) -> list[str]:
    return [fault.kind for fault in check_polygons([rings])]


def test_a_square_with_a_hole_has_no_fault() -> None:
    assert kinds(SQUARE, HOLE) == []


def test_each_fault_is_named_with_its_place() -> None:
    assert kinds(SQUARE[:-1]) == ["open"]
    assert kinds(SQUARE[:3]) == ["short"]
    assert kinds(SQUARE + np.array([180.0, 0.0])) == ["range"]
    assert kinds(SQUARE * [1.0, 0.0]) == ["flat"]
    assert kinds(np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [1.0, -1.0], [0.0, 2.0], [0.0, 0.0]])) == ["crossing"]
    fault = check_polygons([[SQUARE], [SQUARE, HOLE[:-1]]])[0]
    assert (fault.polygon, fault.ring) == (1, 1)


def test_a_bow_tie_is_no_boundary() -> None:
    assert kinds(BOW_TIE) in (["crossing"], ["flat"])


def test_outer_rings_run_against_the_clock_and_holes_with_it() -> None:
    ((outer, hole),) = oriented([[SQUARE[::-1], HOLE]])
    assert signed_area(outer) > 0 > signed_area(hole)


@settings(deadline=None)
@given(st.lists(st.floats(0.2, 1.0), min_size=5, max_size=30))
def test_a_star_shape_never_crosses_itself_and_its_label_is_inside(radii: list[float]) -> None:
    angles = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    ring = np.column_stack([radii * np.cos(angles), radii * np.sin(angles)])
    ring = np.vstack([ring, ring[:1]])
    assert kinds(ring) == []
    assert contains(ring, interior_point([[ring]]))


corner = st.tuples(st.integers(0, 6), st.integers(0, 6))


@settings(deadline=None)
@given(st.lists(corner, min_size=4, max_size=9, unique=True))
def test_a_crossing_is_found_wherever_two_sides_properly_cross(corners: list[tuple[int, int]]) -> None:
    ring = np.array([*corners, corners[0]], dtype=float)
    pairs = list(pairwise(ring.tolist()))
    crossing = any(properly_cross(*one, *other) for one in pairs for other in pairs)
    assert (first_crossing(ring) is not None) == crossing


def properly_cross(a: list[float], b: list[float], c: list[float], d: list[float]) -> bool:
    """Each segment has the ends of the other on its two sides; written apart from the code under test."""

    def side(p: list[float], q: list[float], r: list[float]) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def contains(ring: Ring, point: tuple[float, float]) -> bool:
    """Ray casting, written apart from the code under test."""
    inside = False
    for (x0, y0), (x1, y1) in pairwise(ring):
        if (y0 > point[1]) != (y1 > point[1]) and point[0] < (x1 - x0) * (point[1] - y0) / (y1 - y0) + x0:
            inside = not inside
    return inside


def test_the_districts_of_a_real_city_are_boundaries_before_and_after_conversion(shared_data: Path) -> None:
    city = json.loads((shared_data / "places" / "city_districts_gcj02.geojson").read_text("utf-8"))
    for feature in city["features"]:
        given_as = feature["geometry"]["coordinates"]
        rings = [given_as] if feature["geometry"]["type"] == "Polygon" else given_as
        polygons = [[np.array(ring, dtype=float) for ring in polygon] for polygon in rings]
        converted = [[np.column_stack(to_wgs84(*ring.T, "gcj02")) for ring in polygon] for polygon in polygons]
        assert check_polygons(polygons) == check_polygons(converted) == [], feature["properties"]["name"]
        outer = max(converted, key=lambda polygon: abs(signed_area(polygon[0])))[0]
        assert contains(outer, interior_point(converted))
