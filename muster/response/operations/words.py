"""What operations call what arises in them."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ARISING: Final[dict[str, Promise]] = {
    "transfer": _("Transfer request"),
    "isolation_request": _("Request for isolation"),
    "pass": _("Pass request"),
    "objection": _("Objection"),
    "confirmed_case": _("Confirmed case"),
    "crime": _("Criminal case"),
    "conflict": _("Conflict"),
    "rumour": _("Rumour"),
    "exposure": _("Exposed officer"),
    "verification_list": _("Verification list"),
    "inbound_group": _("Inbound group"),
}
