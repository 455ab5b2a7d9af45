"""Addresses of official documents, and who may take them."""

from __future__ import annotations

from typing import Final

from django.urls import path

from muster.kernel.access import roles
from muster.kernel.access.policy import Routes, allow
from muster.preparedness.plans.official import views

_READ: Final = allow(*sorted(roles.BUREAU))

PATHS: Final = [
    path("studio/<int:pk>/document.<slug:form>", views.draft, name="draft_document"),  # before what takes any two words
    path("<slug:code>/<str:number>/cards.pdf", views.cards, name="cards_file"),
    path("<slug:code>/<str:number>/document.<slug:form>", views.version, name="document"),
]
ROUTES: Final[Routes] = {
    "plans:document": _READ,
    "plans:draft_document": _READ,
    "plans:cards_file": _READ,
    "api:plans_cards_file": _READ,
    "api:plans_document": _READ,
    "api:plans_draft_document": _READ,
}
