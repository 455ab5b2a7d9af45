"""Addresses of a version's life, and who may use them."""

from __future__ import annotations

from typing import Final

from django.urls import path

from muster.kernel.access import roles
from muster.kernel.access.policy import Routes, allow, public
from muster.preparedness.plans.life import views

URLS: Final = [
    path("drafts/", views.drafts, name="drafts"),
    path("drafts/<int:pk>/", views.draft, name="draft"),
    path("drafts/<int:pk>/read/", views.draft_read, name="draft_read"),
    path("drafts/<int:pk>/<slug:step>/", views.draft_step, name="draft_step"),
    path("papers/<int:pk>/", views.paper, name="paper"),
    path("consultations/", views.consultations, name="consultations"),
    path("consultations/<int:pk>/", views.consultation, name="consultation"),
    path("reviews/", views.reviews, name="reviews"),
    path("public/", views.public_plans, name="public_plans"),
    path("public/<slug:code>/", views.public_plan, name="public"),
    path("<slug:code>/<str:number>/life/", views.life, name="life"),
]
_BUREAU: Final = tuple(sorted(roles.BUREAU))
_READ: Final = allow(*_BUREAU)
_PLANS: Final = allow(*_BUREAU, writers=(roles.PLANS_OFFICER,), methods=("GET", "POST"))
_LIAISON: Final = allow(roles.PARTNER_LIAISON, methods=("GET", "POST"))
_ANSWER: Final = allow(roles.PARTNER_LIAISON, methods=("POST",))
_WRITE: Final = allow(roles.PLANS_OFFICER, methods=("POST",))

ROUTES: Final[Routes] = {
    "plans:drafts": _PLANS,
    "plans:draft": _READ,
    "plans:draft_read": _READ,
    "plans:draft_step": allow(*_BUREAU, methods=("POST",)),
    "plans:paper": _READ,
    "plans:consultations": allow(roles.PARTNER_LIAISON),
    "plans:consultation": _LIAISON,
    "plans:reviews": _PLANS,
    "plans:public_plans": public(),
    "plans:public": public(),
    "plans:life": _PLANS,
    "api:plans_drafts": _PLANS,
    "api:plans_draft": _READ,
    "api:plans_save_draft": _WRITE,
    "api:plans_attach": _WRITE,
    "api:plans_attach_books": _WRITE,
    "api:plans_consult": _WRITE,
    "api:plans_move_deadline": _WRITE,
    "api:plans_submit": _WRITE,
    "api:plans_opine": allow(*_BUREAU, methods=("POST",)),
    "api:plans_approve": allow(roles.COMMANDER, methods=("POST",)),
    "api:plans_refuse": allow(roles.COMMANDER, methods=("POST",)),
    "api:plans_take_back": _WRITE,
    "api:plans_withdraw": _WRITE,
    "api:plans_release_draft": _WRITE,
    "api:plans_consultations": allow(roles.PARTNER_LIAISON),
    "api:plans_acknowledge": _ANSWER,
    "api:plans_object": _ANSWER,
    "api:plans_reply": _WRITE,
    "api:plans_reviews": _READ,
    "api:plans_decide_review": _WRITE,
    "api:plans_life": _READ,
    "api:plans_file": _WRITE,
    "api:plans_publish": _WRITE,
}
TOPICS: Final = {
    "plan-drafts": "plans:drafts",
    "plan-consultations": "plans:consultations",
    "plan-reviews": "plans:reviews",
}
