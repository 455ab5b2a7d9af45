"""Addresses of the nightly checks, and who may use them."""

from __future__ import annotations

from typing import Final

from django.urls import path

from muster.kernel.access import roles
from muster.kernel.access.policy import Routes, allow
from muster.preparedness.plans.checked import views

PATHS: Final = [
    path("checks/", views.overview, name="checks"),
    path("checks/<slug:code>/", views.plan, name="checks_of"),
    path("checks/<slug:code>/suppress/", views.suppress, name="suppress"),
    path("checks/<slug:code>/speak/<int:pk>/", views.lift, name="lift_suppression"),
]
_READ: Final = allow(*sorted(roles.BUREAU))
_WRITE: Final = allow(roles.PLANS_OFFICER, methods=("POST",))
ROUTES: Final[Routes] = {
    "plans:checks": _READ,
    "plans:checks_of": _READ,
    "plans:suppress": allow(roles.PLANS_OFFICER, methods=("GET", "POST")),
    "plans:lift_suppression": _WRITE,
    "api:plans_checks": _READ,
    "api:plans_checks_of": _READ,
    "api:plans_night": _READ,
    "api:plans_suppressions": allow(*sorted(roles.BUREAU), writers=(roles.PLANS_OFFICER,), methods=("GET", "POST")),
    "api:plans_lift_suppression": _WRITE,
}
TOPICS: Final = {"plan-checks": "plans:checks"}
