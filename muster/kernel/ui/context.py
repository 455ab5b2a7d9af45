"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from muster.kernel.access.roles import NEED_SECOND_FACTOR, ROLES
from muster.kernel.notices.address import events_url

THEMES = {"light", "dark"}


def ui(request: HttpRequest) -> dict[str, Any]:
    """Theme, titles of the reader's roles, where live updates come from, the nonce of inline scripts."""
    theme = request.COOKIES.get("theme", "")
    held: frozenset[str] = getattr(getattr(request, "actor", None), "roles", frozenset())
    return {
        "ui_theme": theme if theme in THEMES else "auto",
        "ui_roles": [role.title for code, role in ROLES.items() if code in held],
        "ui_factor_needed": settings.MUSTER_REQUIRE_MFA and not NEED_SECOND_FACTOR.isdisjoint(held),
        "ui_events_url": events_url(request),
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }
