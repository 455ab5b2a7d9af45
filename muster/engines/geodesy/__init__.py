"""Coordinates as Chinese maps give them, turned into WGS-84; and whether a boundary is one."""

from muster.engines.geodesy.boundaries import Fault, check_polygons, interior_point, oriented
from muster.engines.geodesy.datums import DATUMS, DatumUnknown, from_wgs84, to_wgs84

__all__ = [
    "DATUMS",
    "DatumUnknown",
    "Fault",
    "check_polygons",
    "from_wgs84",
    "interior_point",
    "oriented",
    "to_wgs84",
]
