"""Addresses of action cards, and who may use them."""

from __future__ import annotations

from typing import Final

from django.urls import path

from muster.kernel.access import roles
from muster.kernel.access.policy import Routes, allow
from muster.preparedness.plans.cards import views

_READ: Final = allow(*sorted(roles.BUREAU))

PATHS: Final = [
    path("<slug:code>/<str:number>/cards/", views.cards, name="cards"),
    path("<slug:code>/<str:number>/cards/all/", views.every, name="cards_all"),
    path("<slug:code>/<str:number>/cards/role/<slug:role>/", views.role, name="card_role"),
    path("<slug:code>/<str:number>/cards/site/<slug:kind>/", views.site, name="card_site"),
]
ROUTES: Final[Routes] = {
    "plans:cards": _READ,
    "plans:cards_all": _READ,
    "plans:card_role": _READ,
    "plans:card_site": _READ,
}
