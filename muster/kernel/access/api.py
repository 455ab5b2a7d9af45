"""Accounts and grants over HTTP, for the security administrator; the key of receipts, for everybody."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from muster.kernel.access import services
from muster.kernel.access.actors import actor_behind
from muster.kernel.access.models import Account, RoleGrant
from muster.kernel.access.queries import accounts_page
from muster.kernel.commands.http import receipt_response
from muster.kernel.commands.receipts import public_key

router = Router()


class GrantAsked(Schema):
    """A role to be granted; without `ends_at` it lasts for the role's term."""

    role: str
    reason: str
    ends_at: datetime | None = None


class ReasonGiven(Schema):
    """Why."""

    reason: str


@router.get("/receipt-key", url_name="receipt_key")
def receipt_key(request: HttpRequest) -> dict[str, str]:
    """The public key (Ed25519, base64) with which a client verifies X-Receipt-Signature."""
    return {"algorithm": "Ed25519", "public_key": base64.b64encode(public_key()).decode()}


@router.get("/accounts", url_name="access_accounts")
def accounts(request: HttpRequest, begins: str = "", after: str = "", role: str = "") -> dict[str, Any]:
    """Accounts by login name, 50 at a time; `after` of one answer begins the next."""
    page = accounts_page(actor_behind(request).now, begins=begins, after=after, role=role)
    found = [
        {
            "id": view.id,
            "login": view.login,
            "open": view.is_open,
            "grants": [{"id": grant.id, "role": grant.role, "ends_at": grant.ends_at} for grant in view.in_force],
        }
        for view in page.accounts
    ]
    return {"accounts": found, "after": page.after}


@router.post("/accounts/{int:pk}/grants", url_name="access_grant")
def grant(request: HttpRequest, pk: int, asked: GrantAsked) -> HttpResponse:
    """Grant a role; the answer is the receipt."""
    account = get_object_or_404(Account, pk=pk)
    return receipt_response(services.role_grant.receive(by=actor_behind(request), account=account, **asked.dict()))


@router.post("/grants/{int:pk}/revoke", url_name="access_revoke")
def revoke(request: HttpRequest, pk: int, why: ReasonGiven) -> HttpResponse:
    """Revoke a grant; the answer is the receipt."""
    found = get_object_or_404(RoleGrant, pk=pk)
    return receipt_response(services.role_revoke.receive(by=actor_behind(request), grant=found, reason=why.reason))
