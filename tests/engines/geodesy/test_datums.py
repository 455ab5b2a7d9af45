"""Coordinates of Chinese maps: there and back again, and never shifted abroad."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.engines.geodesy import DATUMS, DatumUnknown, from_wgs84, to_wgs84

SHIFTED = ("gcj02", "bd09")
inside_china = st.tuples(st.floats(74.0, 134.5), st.floats(3.5, 53.5))
abroad = st.one_of(
    st.tuples(st.floats(-180, 72), st.floats(-90, 90)),
    st.tuples(st.floats(138, 180), st.floats(-90, 90)),
    st.tuples(st.floats(-180, 180), st.floats(-90, 0.8)),
    st.tuples(st.floats(-180, 180), st.floats(56, 90)),
)


@pytest.mark.parametrize("datum", DATUMS)
@settings(deadline=None)
@given(points=st.lists(inside_china, min_size=1, max_size=40))
def test_there_and_back_ends_within_a_billionth_of_a_degree(datum: str, points: list[tuple[float, float]]) -> None:
    lon, lat = np.array(points).T
    back = to_wgs84(*from_wgs84(lon, lat, datum), datum)
    assert np.max(np.abs(np.array(back) - [lon, lat])) < 1e-9
    forth = from_wgs84(*to_wgs84(lon, lat, datum), datum)
    assert np.max(np.abs(np.array(forth) - [lon, lat])) < 1e-9


@pytest.mark.parametrize("datum", SHIFTED)
@settings(deadline=None)
@given(point=abroad)
def test_nothing_is_shifted_outside_china(datum: str, point: tuple[float, float]) -> None:
    assert tuple(map(float, to_wgs84(*point, datum))) == point
    assert tuple(map(float, from_wgs84(*point, datum))) == point


@settings(deadline=None)
@given(point=inside_china)
def test_the_shift_is_a_few_hundred_metres(point: tuple[float, float]) -> None:
    lon, lat = from_wgs84(*point, "gcj02")
    east = (float(lon) - point[0]) * 111_320 * np.cos(np.radians(point[1]))
    north = (float(lat) - point[1]) * 110_574
    assert np.hypot(east, north) < 1_200


GCJ02_POINTS = [  # eviltransform's own tests: latitude and longitude in WGS-84, then in GCJ-02
    (31.1774276, 121.5272106, 31.17530398364597, 121.531541859215),
    (22.543847, 113.912316, 22.540796131694766, 113.9171764808363),
    (39.911954, 116.377817, 39.91334545536069, 116.38404722455657),
]


def test_the_published_points_are_met() -> None:
    lat, lon, gcj_lat, gcj_lon = np.array(GCJ02_POINTS).T
    assert np.allclose(from_wgs84(lon, lat, "gcj02"), [gcj_lon, gcj_lat], rtol=0, atol=1e-6)
    assert np.allclose(to_wgs84(gcj_lon, gcj_lat, "gcj02"), [lon, lat], rtol=0, atol=1e-6)


def test_baidu_lies_north_east_of_gcj02_everywhere_in_the_mainland() -> None:
    lon, lat = np.meshgrid(np.linspace(75, 134, 30), np.linspace(5, 53, 25))
    gcj, baidu = from_wgs84(lon, lat, "gcj02"), from_wgs84(lon, lat, "bd09")
    assert np.all((baidu[0] - gcj[0] > 0.005) & (baidu[0] - gcj[0] < 0.008))
    assert np.all(np.abs(baidu[1] - gcj[1] - 0.006) < 0.0015)


def test_many_points_at_once_give_what_each_gives_alone() -> None:
    lon, lat = np.linspace(100, 120, 50), np.linspace(20, 40, 50)
    many = np.array(to_wgs84(lon, lat, "bd09"))
    alone = np.array([to_wgs84(x, y, "bd09") for x, y in zip(lon, lat, strict=True)]).T
    assert np.allclose(many, alone, atol=1e-12)


def test_points_that_are_not_on_earth_and_unknown_datums_are_refused() -> None:
    with pytest.raises(DatumUnknown, match="wgs84, gcj02, bd09"):
        to_wgs84(114.0, 22.0, "cgcs2000")
    for lon, lat in ((181.0, 0.0), (0.0, 91.0), (float("nan"), 0.0)):
        with pytest.raises(ValueError, match="within"):
            to_wgs84(lon, lat, "gcj02")
