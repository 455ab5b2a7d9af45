"""WGS-84, and the two shifted systems in which Chinese maps publish coordinates: GCJ-02 and BD-09.

Source: the survey authority publishes no formula for GCJ-02; this is the one known from public implementations
(eviltransform, on the Krasovsky 1940 ellipsoid), and the tests hold it to eviltransform's own points. BD-09 is
Baidu's shift of GCJ-02, from the same source. The inverses there are approximate; here both are iterated.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Degrees = NDArray[np.float64]
Pair = tuple[Degrees, Degrees]
Shift = Callable[[Degrees, Degrees], Pair]

DATUMS: Final = ("wgs84", "gcj02", "bd09")
AXIS: Final = 6_378_245.0  # Krasovsky 1940, metres
ECCENTRICITY: Final = 0.00669342162296594323  # squared
WEST, EAST, SOUTH, NORTH = 72.004, 137.8347, 0.8293, 55.8271  # where the shift applies, degrees
BAIDU: Final = np.pi * 3000.0 / 180.0
TOLERANCE: Final = 1e-12  # degrees; a tenth of a micrometre
ITERATIONS: Final = 60


class DatumUnknown(ValueError):
    """A datum that is none of `DATUMS`."""


def to_wgs84(lon: ArrayLike, lat: ArrayLike, datum: str) -> Pair:
    """Longitude and latitude in WGS-84 of points given in `datum`.

    Parameters
    ----------
    lon, lat : arrays of one shape, degrees, -180..180 and -90..90.
    datum : "wgs84", "gcj02" or "bd09".

    Returns
    -------
    Two arrays of that shape. The inverse of the published formula is found by iteration, to 1e-12 degrees; points
    outside China are not shifted.

    Raises
    ------
    DatumUnknown : for another datum.
    ValueError : for coordinates out of range or not finite.
    """
    return _converted(lon, lat, datum, inverse=True)


def from_wgs84(lon: ArrayLike, lat: ArrayLike, datum: str) -> Pair:
    """Longitude and latitude in `datum` of points given in WGS-84; as `to_wgs84`, the other way."""
    return _converted(lon, lat, datum, inverse=False)


def _converted(lon: ArrayLike, lat: ArrayLike, datum: str, *, inverse: bool) -> Pair:
    if datum not in DATUMS:
        raise DatumUnknown(f"{datum!r} is none of {', '.join(DATUMS)}")
    x, y = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    if not (np.all(np.abs(x) <= 180.0) and np.all(np.abs(y) <= 90.0)):  # false for what is not a number, too
        raise ValueError("longitude must be within -180..180 and latitude within -90..90 degrees")
    if datum == "wgs84":
        return x.copy(), y.copy()
    shift = _gcj02 if datum == "gcj02" else _bd09
    inside = (x >= WEST) & (x <= EAST) & (y >= SOUTH) & (y <= NORTH)
    near_x, near_y = np.where(inside, x, 105.0), np.where(inside, y, 35.0)  # the formula is not for elsewhere
    new_x, new_y = _inverse(shift, near_x, near_y) if inverse else shift(near_x, near_y)
    return np.where(inside, new_x, x), np.where(inside, new_y, y)


def _inverse(shift: Shift, x: Degrees, y: Degrees) -> Pair:
    """Where `shift` leads to (x, y): by repeated correction, which gains two figures a step."""
    guess_x, guess_y = x.copy(), y.copy()
    for _ in range(ITERATIONS):
        there_x, there_y = shift(guess_x, guess_y)
        step_x, step_y = x - there_x, y - there_y
        guess_x, guess_y = guess_x + step_x, guess_y + step_y
        if max(np.max(np.abs(step_x), initial=0.0), np.max(np.abs(step_y), initial=0.0)) < TOLERANCE:
            break
    return guess_x, guess_y


def _gcj02(lon: Degrees, lat: Degrees) -> Pair:
    """WGS-84 to GCJ-02, wherever the point lies."""
    x, y = lon - 105.0, lat - 35.0
    phi = np.radians(lat)
    flat = 1.0 - ECCENTRICITY * np.sin(phi) ** 2
    meridian = AXIS * (1.0 - ECCENTRICITY) / (flat * np.sqrt(flat))  # radius of curvature, metres
    parallel = AXIS / np.sqrt(flat) * np.cos(phi)
    return lon + np.degrees(_east(x, y) / parallel), lat + np.degrees(_north(x, y) / meridian)


def _ripple(x: Degrees) -> Degrees:
    return (20.0 * np.sin(6.0 * np.pi * x) + 20.0 * np.sin(2.0 * np.pi * x)) * 2.0 / 3.0


def _north(x: Degrees, y: Degrees) -> Degrees:
    """The shift to the north in metres."""
    base = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    slow = (20.0 * np.sin(np.pi * y) + 40.0 * np.sin(np.pi * y / 3.0)) * 2.0 / 3.0
    slower = (160.0 * np.sin(np.pi * y / 12.0) + 320.0 * np.sin(np.pi * y / 30.0)) * 2.0 / 3.0
    return base + _ripple(x) + slow + slower


def _east(x: Degrees, y: Degrees) -> Degrees:
    """The shift to the east in metres."""
    base = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x))
    slow = (20.0 * np.sin(np.pi * x) + 40.0 * np.sin(np.pi * x / 3.0)) * 2.0 / 3.0
    slower = (150.0 * np.sin(np.pi * x / 12.0) + 300.0 * np.sin(np.pi * x / 30.0)) * 2.0 / 3.0
    return base + _ripple(x) + slow + slower


def _bd09(lon: Degrees, lat: Degrees) -> Pair:
    """WGS-84 to BD-09, wherever the point lies."""
    x, y = _gcj02(lon, lat)
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * BAIDU)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * BAIDU)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006
