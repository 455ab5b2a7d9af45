"""The invented shape of S City, in kilometres east and north of its middle, and where that middle is said to be.

The place is open water in the East China Sea, some 200 km from any coast: no real district can be mistaken for it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

MIDDLE: Final = (124.60, 29.20)  # longitude, latitude, WGS-84
KM_PER_DEGREE_LAT: Final = 110.9
KM_PER_DEGREE_LON: Final = 97.2

COAST: Final = np.array(
    [
        (-41.4, 9.6), (-39.5, 17.7), (-35.8, 23.6), (-29.2, 26.2), (-20.3, 25.4), (-12.2, 23.5), (-7.0, 24.8),
        (-2.6, 26.9), (3.4, 27.2), (11.1, 25.4), (18.2, 24.8), (23.4, 23.6), (27.8, 19.2), (33.0, 14.7), (42.6, 10.0),
        (42.6, 1.4), (36.7, -6.0), (30.0, -10.5), (21.9, -12.7), (19.4, -17.1), (17.0, -23.8), (14.5, -26.4),
        (7.1, -28.4), (-1.0, -27.9), (-10.7, -26.0), (-15.7, -25.3), (-21.8, -20.8), (-26.2, -16.4), (-32.9, -14.2),
        (-35.5, -10.5), (-32.6, -2.4), (-35.1, 1.4), (-39.8, 5.8),
    ]
)  # fmt: skip

DISTRICTS: Final[tuple[tuple[str, str, str, float, float, int], ...]] = (
    # code, Chinese, English, km east, km north, inhabitants
    ("jiangbei", "江北区", "Jiangbei District", 0.0, -16.9, 1_520_000),
    ("donghu", "东湖区", "Donghu District", -10.8, -1.0, 1_110_000),
    ("xicheng", "西城区", "Xicheng District", 7.0, 1.0, 1_230_000),
    ("nanling", "南岭区", "Nanling District", -24.3, 14.9, 1_020_000),
    ("binhai", "滨海区", "Binhai District", -26.5, -8.4, 1_260_000),
    ("yunshan", "云山区", "Yunshan District", 20.7, 16.9, 740_000),
    ("xinqu", "新区", "Xinqu District", 22.5, -6.0, 1_330_000),
    ("zhongshan", "中山区", "Zhongshan District", -0.7, 21.0, 790_000),
)


def to_wgs84(points: Points) -> Points:
    """(n, 2) kilometres from the middle to (n, 2) longitude and latitude, rounded to 1e-5 degrees (about a metre)."""
    scale = np.array([KM_PER_DEGREE_LON, KM_PER_DEGREE_LAT])
    lonlat: Points = np.round(np.asarray(points, dtype=np.float64) / scale + np.array(MIDDLE), 5)
    return lonlat


def inside(points: Points, ring: Points) -> NDArray[np.bool_]:
    """Which of (n, 2) points lie in a closed ring of (m, 2) points, by counting crossings to the east."""
    x, y = points[:, 0, None], points[:, 1, None]
    x1, y1 = ring[:, 0], ring[:, 1]
    x2, y2 = np.roll(x1, -1), np.roll(y1, -1)
    straddles = (y1 > y) != (y2 > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    odd: NDArray[np.bool_] = (np.count_nonzero(straddles & crossing, axis=1) % 2).astype(bool)
    return odd
