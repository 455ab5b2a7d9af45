"""Addresses of coverage, and who may use them."""

from __future__ import annotations

from typing import Final

from django.urls import path

from muster.kernel.access import roles
from muster.kernel.access.policy import Routes, allow
from muster.preparedness.plans.coverage import views

READERS: Final = tuple(sorted(roles.BUREAU))

PATHS: Final = [path("<slug:code>/<str:number>/coverage/", views.coverage, name="coverage")]
ROUTES: Final[Routes] = {
    "plans:coverage": allow(*READERS, methods=("GET", "POST"), writers=(roles.PLANS_OFFICER,)),
    "api:plans_coverage": allow(*READERS),
}
TOPICS: Final = {"plan-coverage": "plans:coverage"}
