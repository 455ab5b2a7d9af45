"""Addresses of stress tests, and who may use them."""

from __future__ import annotations

from typing import Final

from django.urls import path

from muster.kernel.access import roles
from muster.kernel.access.policy import Routes, allow
from muster.preparedness.plans.stress import views

_TESTERS: Final = (roles.PLANS_OFFICER, roles.COMMANDER)
_READ: Final = allow(*sorted(roles.BUREAU))
_ASK: Final = allow(*_TESTERS, methods=("GET", "POST"))
_WRITE: Final = allow(*_TESTERS, methods=("POST",))

PATHS: Final = [
    path("stress/", views.runs, name="stress"),
    path("stress/<int:pk>/", views.run, name="stress_run"),
    path("stress/<int:pk>/progress/", views.progress, name="stress_progress"),
    path("stress/<int:pk>/cancel/", views.cancel, name="stress_cancel"),
    path("stress/<int:pk>/repair/", views.repair, name="stress_repair"),
    path("stress/<int:pk>/result.json", views.result, name="stress_result"),
    path("<slug:code>/<str:number>/stress/", views.of_version, name="stress_of"),
    path("<slug:code>/<str:number>/stress/new/", views.build, name="stress_new"),
]
ROUTES: Final[Routes] = {
    "plans:stress": _READ,
    "plans:stress_run": _READ,
    "plans:stress_progress": _READ,
    "plans:stress_cancel": _WRITE,
    "plans:stress_repair": allow(roles.PLANS_OFFICER, methods=("POST",)),
    "plans:stress_result": _READ,
    "plans:stress_of": _READ,
    "plans:stress_new": _ASK,
    "api:plans_stress_runs": _READ,
    "api:plans_stress_request": _WRITE,
    "api:plans_stress_run": _READ,
    "api:plans_stress_cancel": _WRITE,
    "api:plans_stress_result": _READ,
}
TOPICS: Final = {"plan-stress": "plans:stress"}
