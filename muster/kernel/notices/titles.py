"""What the commands of announcements are called in the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COMMANDS: Final[Mapping[str, Promise]] = {
    "notices.clear_outbox": _("Old announcements deleted"),
}
