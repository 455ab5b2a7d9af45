"""Setting the boundaries of areas."""

from __future__ import annotations

from collections.abc import Sequence

from muster.kernel.commands import Actor, command, record
from muster.kernel.organisation.boundaries import BoundaryRow, boundary_of
from muster.kernel.organisation.codes import keys_of
from muster.kernel.organisation.models import Area
from muster.kernel.organisation.permits import keeps_the_organisation


@command("organisation.area_boundaries_set", policy=keeps_the_organisation)
def area_boundaries_set(*, by: Actor, rows: Sequence[BoundaryRow]) -> int:
    """Give areas their boundaries, in WGS-84, and a point inside them for the label; returns how many.

    Nothing is set when any boundary is invalid. Raises BoundaryInvalid, CodeUnknown.
    """
    keys = keys_of(Area, [row.area for row in rows])
    areas = Area.objects.in_bulk(keys.values())
    for row in rows:
        found = boundary_of(row)
        area = areas[keys[row.area]]
        area.boundary, area.lon, area.lat = found.geometry, found.lon, found.lat
    Area.objects.bulk_update(areas.values(), ["boundary", "lon", "lat"], batch_size=100)
    record(areas=sorted(keys), datums=sorted({row.datum for row in rows}))
    return len(rows)
