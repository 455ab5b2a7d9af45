"""Where plans stand in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from muster.kernel.ui.navigation import Entry
from muster.preparedness.plans.life.waiting import (
    consultations_to_answer,
    consultations_wait,
    drafts_wait,
    findings_wait,
    reviews_wait,
)

ENTRIES = (
    Entry(
        route="plans:list",
        title=_("Contingency plans"),
        phase="preparedness",
        order=10,
        note=_("Versions, what the checks find in them, what changed from one to the next."),
        waiting=findings_wait,
    ),
    Entry(
        route="plans:drafts",
        title=_("Drafts of plans"),
        phase="preparedness",
        order=12,
        note=_("Where each draft stands, and who is waited for."),
        waiting=drafts_wait,
    ),
    Entry(
        route="plans:stress",
        title=_("Stress tests"),
        phase="preparedness",
        order=11,
        note=_("On which day a plan fails, at which clause, and the cheapest repair."),
    ),
    Entry(
        route="plans:reviews",
        title=_("Reviews due"),
        phase="preparedness",
        order=13,
        note=_("Plans that are to be looked at again, and why."),
        waiting=reviews_wait,
    ),
    Entry(
        route="plans:consultations",
        title=_("Consultations"),
        phase="preparedness",
        order=14,
        note=_("Clauses that name your department."),
        waiting=consultations_wait,
        badge=consultations_to_answer,
    ),
)
