"""In what items are counted, in the language of the reader."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNITS_OF_ISSUE: Final[dict[str, Promise]] = {
    "piece": _("piece"),
    "pair": _("pair"),
    "set": _("set"),
    "ml": _("ml"),
    "test": _("test"),
    "meal": _("meal"),
    "bed": _("bed"),
}


def unit_title(unit_of_issue: str) -> str:
    """The word for a unit of issue; one that is not known stands for itself."""
    return str(UNITS_OF_ISSUE.get(unit_of_issue, unit_of_issue))
