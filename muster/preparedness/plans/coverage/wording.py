"""How trials and what starts clauses are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from muster.preparedness.plans.queries.words import title
from muster.preparedness.plans.wording import MOMENTS

WAYS: Final[Mapping[str, Promise]] = {
    "tabletop": _("tabletop"),
    "functional": _("functional exercise"),
    "full": _("full exercise"),
    "live": _("used live"),
}


def inject(word: str) -> str:
    """What happens in an exercise: a place opens, a request comes in, a level is lowered."""
    return str(MOMENTS[word]) if word in MOMENTS else title(word)
