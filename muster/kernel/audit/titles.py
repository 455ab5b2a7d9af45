"""What the commands of the log itself are called in the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COMMANDS: Final[Mapping[str, Promise]] = {
    "audit.check_record": _("Log found in another state"),
    "audit.restore_acknowledge": _("Restore acknowledged"),
}
