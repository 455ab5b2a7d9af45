"""What Django and allauth do at the door reaches the audit log through commands."""

from __future__ import annotations

from functools import partial
from typing import Any

from allauth.mfa import signals as factors
from django.contrib.auth import signals as door

from muster.kernel.commands import Actor


def connect() -> None:
    """Called once at start-up."""
    door.user_logged_in.connect(_logged_in, dispatch_uid="muster login")
    door.user_logged_out.connect(_logged_out, dispatch_uid="muster logout")
    door.user_login_failed.connect(_refused, dispatch_uid="muster refused login")
    for name in ("added", "removed", "reset"):
        signal = getattr(factors, f"authenticator_{name}")
        signal.connect(partial(_factor, change=name), weak=False, dispatch_uid=f"muster factor {name}")


def _logged_in(user: Any, **_: Any) -> None:
    from muster.kernel.access.services.sessions import login_record

    login_record(by=_own(user), account=user)


def _logged_out(user: Any, **_: Any) -> None:
    from muster.kernel.access.services.sessions import logout_record

    if user is not None and user.pk is not None:
        logout_record(by=_own(user), account=user)


def _refused(credentials: dict[str, Any], **_: Any) -> None:
    from muster.kernel.access.models import Account
    from muster.kernel.access.services.sessions import refused_login_record

    typed = credentials.get("username") or credentials.get("login") or ""
    account = Account.objects.filter(login__iexact=typed).first()
    refused_login_record(by=Actor("anonymous"), account=account)


def _factor(user: Any, authenticator: Any, change: str, **_: Any) -> None:
    from muster.kernel.access.services.sessions import factor_record

    factor_record(by=_own(user), account=user, factor=str(authenticator.type), change=change)


def _own(user: Any) -> Actor:
    return Actor(f"account:{user.pk}", account_id=user.pk)
