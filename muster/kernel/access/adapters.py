"""allauth, closed: no sign-up, no mail, secrets encrypted at rest."""

from __future__ import annotations

import base64
import time
from functools import cache
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from muster.kernel.access.models import Account
from muster.kernel.access.services import password_set
from muster.kernel.commands import Actor

JUST_NOW_SECONDS: Final = 300


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by the security administrator and by nobody else; nothing is mailed."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "username_password_mismatch": _("The login name or the password is wrong."),
        "invalid_login": _("The login name or the password is wrong."),
        "enter_current_password": _("This is not your password."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many wrong attempts. Wait five minutes, then try again."),
        "rate_limited": _("Too many attempts. Wait a minute, then try again."),
        "same_as_current": _("The new password is the old one."),
    }
    ways = {
        "account_reauthenticate": _("Use the password"),
        "mfa_reauthenticate": _("Use a code"),
        "mfa_reauthenticate_webauthn": _("Use a passkey"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """A changed password goes the way of every change."""
        assert isinstance(user, Account)
        changed = password_set(by=Actor(f"account:{user.pk}", account_id=user.pk), account=user, password=password)
        user.password = changed.password

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has logged in within five minutes is not asked again; a screen left alone for longer is."""
        moments = [record["at"] for record in get_authentication_records(self.request, self.request.user)]
        if moments and time.time() - moments[-1] < JUST_NOW_SECONDS:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """The ways to prove again who one is, in our words."""
        methods = super().get_reauthentication_methods(user)
        for method in methods:
            for name, words in self.ways.items():
                if str(method["url"]).startswith(reverse(name)):
                    method["description"] = words
        return methods

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        raise RuntimeError("Muster sends no mail")

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """The audit log is where a changed factor is seen."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors under the login name; the shared secrets are unreadable in the database alone."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is wrong, too old or was used already."),
        "cannot_delete_authenticator": _("This factor cannot be removed."),
        "cannot_generate_recovery_codes": _("Set up a code or a passkey first."),
    }

    def get_totp_issuer(self) -> str:
        return "Muster"

    def _get_site_name(self) -> str:
        return "Muster"

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return str(user.get_username())

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """A first name for a new passkey: they are numbered."""
        known = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey %(number)d") % {"number": known + 1}

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises ValueError when the installation's secret is not the one it was encrypted with."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as wrong:
            raise ValueError("this second factor was stored under another installation's secret") from wrong


@cache
def _cipher() -> Fernet:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"muster second factors")
    return Fernet(base64.urlsafe_b64encode(derive.derive(settings.SECRET_KEY.encode())))
