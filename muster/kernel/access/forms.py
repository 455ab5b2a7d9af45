"""allauth's forms in Muster's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _

_CODE: Final = {"code": _("Code")}
_KEY: Final = {"name": _("Name of the passkey")}


class Worded:
    """Gives the fields their names; a field needs no second name inside it."""

    words: ClassVar[Mapping[str, Any]] = {}
    digits_only: ClassVar[bool] = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.words.items():
            field = self.fields[name]  # type: ignore[attr-defined]
            field.label = label
            field.widget.attrs.pop("placeholder", None)
            if self.digits_only:
                field.widget.attrs["inputmode"] = "numeric"


class DoorForm(Worded, LoginForm):
    words = {"login": _("Login name"), "password": _("Password")}


class PasswordForm(Worded, ChangePasswordForm):
    words = {
        "oldpassword": _("Password until now"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = ""  # the page says the rule, in our words


class AgainForm(Worded, ReauthenticateForm):
    words = {"password": _("Password")}


class CodeForm(Worded, AuthenticateForm):
    words = _CODE


class CodeAgainForm(Worded, ReauthenticateByCodeForm):
    words = _CODE


class FirstCodeForm(Worded, ActivateTOTPForm):
    words = _CODE
    digits_only = True


class NewPasskeyForm(Worded, AddWebAuthnForm):
    words = {**_KEY, "passwordless": _("Log in with it alone, without the password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].help_text = _("The device then asks for a fingerprint or a PIN each time.")


class PasskeyForm(Worded, EditWebAuthnForm):
    words = _KEY
