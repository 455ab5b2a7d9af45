"""The second factor: who needs one, and whether he has it."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from muster.kernel.access.actors import actor_behind
from muster.kernel.access.policy import Policy
from muster.kernel.access.roles import NEED_SECOND_FACTOR

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def missing(request: HttpRequest, policy: Policy) -> bool:
    """Must this reader set up a second factor before he may go on?

    Whoever has one was asked for it at login; so it is enough that it exists.
    """
    if not settings.MUSTER_REQUIRE_MFA or policy.second_factor is False:
        return False
    needed = policy.second_factor is True or not NEED_SECOND_FACTOR.isdisjoint(actor_behind(request).roles)
    return needed and not Authenticator.objects.filter(user_id=request.user.pk, type__in=FACTORS).exists()
