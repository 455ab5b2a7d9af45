"""Which roles an account holds."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from muster.kernel.access.models import RoleGrant


def grants_in_force(account_id: int, at: datetime) -> QuerySet[RoleGrant]:
    """What one account was granted and still holds at a moment."""
    return RoleGrant.objects.filter(account_id=account_id, starts_at__lte=at, ends_at__gt=at, revoked_at__isnull=True)


def roles_in_force(account_id: int, at: datetime) -> frozenset[str]:
    """The roles of one account at a moment."""
    return frozenset(grants_in_force(account_id, at).values_list("role", flat=True))
