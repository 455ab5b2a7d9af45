"""Words that rows of plans are kept with."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DraftState(TextChoices):
    """Where a draft stands on its way to a released version."""

    DRAFT = "draft", _("being written")
    CONSULTATION = "consultation", _("with the partners")
    LEGAL_REVIEW = "legal_review", _("in legal review")
    APPROVAL = "approval", _("awaiting approval")
    RELEASED = "released", _("released")
    WITHDRAWN = "withdrawn", _("withdrawn")


OVER: Final = (DraftState.RELEASED, DraftState.WITHDRAWN)
WRITABLE: Final = (DraftState.DRAFT, DraftState.CONSULTATION)
