"""Areas, the units that answer for them, and the sites that plans open and close."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from muster.kernel.organisation.choices import AreaKind, SiteKind, UnitKind
from muster.kernel.organisation.models.named import Named, kind_is_known

ON_EARTH = Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90)


class Area(Named):
    """A place with inhabitants: the city, a district, a subdistrict or a community.

    `boundary` is a GeoJSON Polygon or MultiPolygon in WGS-84, longitude first.
    `lon`, `lat` is a point inside it, for labels.
    """

    called = _("area")

    kind = models.CharField(max_length=16, choices=AreaKind.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    population = models.PositiveIntegerField(null=True, blank=True)
    boundary = models.JSONField(null=True, blank=True)
    lon = models.FloatField()
    lat = models.FloatField()

    class Meta(Named.Meta):
        constraints = [
            kind_is_known(AreaKind, "area_kind_is_known"),
            models.UniqueConstraint(fields=["kind"], condition=Q(parent__isnull=True), name="areas_have_one_root"),
            models.CheckConstraint(
                condition=Q(kind="city", parent__isnull=True) | (~Q(kind="city") & Q(parent__isnull=False)),
                name="only_the_city_has_no_parent_area",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="area_is_not_its_own_parent"),
            models.CheckConstraint(condition=ON_EARTH, name="area_is_on_earth"),
        ]


class Unit(Named):
    """A unit of the bureau; `cohort` is the closed team that it belongs to while duty modes keep teams apart."""

    called = _("unit")

    kind = models.CharField(max_length=16, choices=UnitKind.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="units")
    cohort = models.CharField(max_length=8, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta(Named.Meta):
        constraints = [
            kind_is_known(UnitKind, "unit_kind_is_known"),
            models.UniqueConstraint(fields=["kind"], condition=Q(parent__isnull=True), name="units_have_one_root"),
            models.CheckConstraint(
                condition=Q(kind="bureau", parent__isnull=True) | (~Q(kind="bureau") & Q(parent__isnull=False)),
                name="only_the_bureau_has_no_parent_unit",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="unit_is_not_its_own_parent"),
        ]


class Site(Named):
    """A place at which the bureau may have a post.

    A standing site is open at all times; any other opens on demand, when an operation opens it.
    `capacity` counts residents of a community, beds of a hospital or a quarantine site, places in custody.
    """

    called = _("site")

    kind = models.CharField(max_length=24, choices=SiteKind.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="sites")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="sites")
    lon = models.FloatField()
    lat = models.FloatField()
    is_standing = models.BooleanField(default=False)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta(Named.Meta):
        indexes = [models.Index(fields=["kind", "code"], name="site_by_kind")]
        constraints = [
            kind_is_known(SiteKind, "site_kind_is_known"),
            models.CheckConstraint(condition=ON_EARTH, name="site_is_on_earth"),
        ]
