"""Addresses of the documents of a version, and who may use them."""

from __future__ import annotations

from typing import Final

from django.urls import path

from muster.kernel.access import roles
from muster.kernel.access.policy import Routes, allow
from muster.preparedness.plans.documents import views

_READ: Final = allow(*sorted(roles.BUREAU))

PATHS: Final = [
    path("<slug:code>/<str:number>/clauses.csv", views.clauses, name="clauses"),
    path("<slug:code>/<str:number>/package.zip", views.package, name="package"),
]
ROUTES: Final[Routes] = {
    "plans:clauses": _READ,
    "plans:package": _READ,
    "api:plans_clauses": _READ,
    "api:plans_package": _READ,
}
