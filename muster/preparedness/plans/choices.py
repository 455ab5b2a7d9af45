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


class AttachmentKind(TextChoices):
    """What stands beside a draft."""

    RISK_ASSESSMENT = "risk_assessment", _("risk assessment")
    RESOURCE_SURVEY = "resource_survey", _("resource survey")
    OTHER = "other", _("other document")


REQUIRED: Final = (AttachmentKind.RISK_ASSESSMENT, AttachmentKind.RESOURCE_SURVEY)


class Stance(TextChoices):
    """What a partner says to a clause that names it."""

    ACKNOWLEDGED = "acknowledged", _("acknowledged")
    OBJECTED = "objected", _("objected")


class Opinion(TextChoices):
    """How the legal review of a text ends."""

    PASSED = "passed", _("passed")
    SENT_BACK = "sent_back", _("sent back")


class Verdict(TextChoices):
    """What somebody with authority says to a text."""

    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")


class ReviewReason(TextChoices):
    """Why a plan is to be looked at again."""

    PERIOD = "period", _("the period of review is over")
    OPERATION = "operation", _("an operation has ended")
    EXERCISE = "exercise", _("a finding of an exercise")
    LAW = "law", _("a change of law")
    ROLE = "role", _("a change of a role")
    STOCK = "stock", _("a change of stock")
    HIGHER_PLAN = "higher_plan", _("a newer higher plan")
    OTHER = "other", _("another reason")


class StressState(TextChoices):
    """How far a stress test is."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("cancelled")
    FAILED = "failed", _("failed")
