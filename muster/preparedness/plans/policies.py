"""Who may use the pages and the API of plans."""

from __future__ import annotations

from typing import Final

from muster.kernel.access import roles
from muster.kernel.access.policy import Routes, allow
from muster.preparedness.plans.cards import routes as cards
from muster.preparedness.plans.checked import routes as checked
from muster.preparedness.plans.coverage import routes as coverage
from muster.preparedness.plans.documents import routes as documents
from muster.preparedness.plans.life import routes as life
from muster.preparedness.plans.official import routes as official
from muster.preparedness.plans.stress import routes as stress
from muster.preparedness.plans.studio.routes import ROUTES as STUDIO

READERS: Final = tuple(sorted(roles.BUREAU))

_READ = allow(*READERS)
_RELEASE = allow(roles.PLANS_OFFICER, methods=("GET", "POST"))

ROUTES: Routes = {
    **life.ROUTES,
    **coverage.ROUTES,
    **cards.ROUTES,
    **documents.ROUTES,
    **official.ROUTES,
    **checked.ROUTES,
    **stress.ROUTES,
    "plans:list": _READ,
    "plans:version": _READ,
    "plans:findings": _READ,
    "plans:text": _READ,
    "plans:difference": _READ,
    "plans:release": _RELEASE,
    **STUDIO,
    "api:plans_list": _READ,
    "api:plans_schema": _READ,
    "api:plans_version": _READ,
    "api:plans_findings": _READ,
    "api:plans_difference": _READ,
    "api:plans_release": allow(roles.PLANS_OFFICER, methods=("POST",)),
}
TOPICS: Final = {"plans": "plans:list", **life.TOPICS, **coverage.TOPICS, **checked.TOPICS, **stress.TOPICS}
