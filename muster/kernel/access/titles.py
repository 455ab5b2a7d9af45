"""What the commands of accounts and roles are called in the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COMMANDS: Final[Mapping[str, Promise]] = {
    "access.close_account": _("Account closed"),
    "access.grant_role": _("Role granted"),
    "access.open_account": _("Account opened"),
    "access.record_factor": _("Second factor changed"),
    "access.record_login": _("Logged in"),
    "access.record_logout": _("Logged out"),
    "access.record_refused_login": _("Login refused"),
    "access.reset_factors": _("Second factors removed"),
    "access.revoke_role": _("Role revoked"),
    "access.set_password": _("Password set"),
}
