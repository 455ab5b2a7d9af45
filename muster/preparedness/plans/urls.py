"""Addresses of plans."""

from __future__ import annotations

from django.urls import path

from muster.preparedness.plans import views
from muster.preparedness.plans.cards.routes import PATHS as CARDS
from muster.preparedness.plans.checked.routes import PATHS as CHECKED
from muster.preparedness.plans.coverage.routes import PATHS as COVERAGE
from muster.preparedness.plans.documents.routes import PATHS as DOCUMENTS
from muster.preparedness.plans.life import routes as life
from muster.preparedness.plans.official.routes import PATHS as OFFICIAL
from muster.preparedness.plans.stress.routes import PATHS as STRESS
from muster.preparedness.plans.studio.routes import PATHS as STUDIO

app_name = "plans"
urlpatterns = [
    *life.URLS,
    path("", views.plan_list, name="list"),
    *STUDIO,
    *CHECKED,
    *STRESS,
    *COVERAGE,
    *CARDS,
    *DOCUMENTS,
    *OFFICIAL,
    path("release/", views.release, name="release"),
    path("<slug:code>/differences/", views.difference, name="difference"),
    path("<slug:code>/<str:number>/", views.version, name="version"),
    path("<slug:code>/<str:number>/findings/", views.findings, name="findings"),
    path("<slug:code>/<str:number>/text/", views.text, name="text"),
]
