"""What the board calls things."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NUMERALS: Final = {0: "–", 1: "I", 2: "II", 3: "III", 4: "IV"}
MODES: Final[dict[str, Promise]] = {
    "live": _("LIVE OPERATION"),
    "exercise": _("EXERCISE"),
    "replay": _("REPLAY"),
}
RISKS: Final[dict[str, Promise]] = {
    "high": _("High risk"),
    "medium": _("Medium risk"),
    "low": _("Low risk"),
    "unknown": _("Risk unknown"),
}
STATES: Final[dict[str, Promise]] = {
    "late": _("Overdue"),
    "unfinished": _("To do"),
    "open": _("Open"),
    "acknowledged": _("Acknowledged"),
    "in_work": _("In work"),
    "waiting": _("Waiting"),
    "done": _("Done"),
    "withdrawn": _("Withdrawn"),
    "all": _("All"),
}
