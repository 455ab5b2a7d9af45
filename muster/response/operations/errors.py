"""What can be wrong with a request to operations, told so that it can be mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from muster.kernel.errors import DomainError
from muster.kernel.ui.wording import level_title
from muster.preparedness.plans.queries import title


class RecordIncomplete(DomainError):
    """An activation or a decision lacks what the law wants stated."""


class AuthorityMissing(DomainError):
    """The level is above or below the government's, and the paper that allows it is not named."""


class SamePerson(DomainError):
    """Who proposed something cannot decide it, with whichever account."""


class PersonUnknown(DomainError):
    """The account belongs to no person, so it cannot be one of two people."""


class NotForTheSystem(DomainError):
    """The system may recommend, never decide."""


class DecidedAlready(DomainError):
    """The proposal waits no longer."""


class ProposalWaits(DomainError):
    """Another proposal of the operation still waits."""


class DifferenceChanged(DomainError):
    """What would change is no longer what was shown."""


class NotInThePast(DomainError):
    """Something is to be done at a moment that has passed."""


class WrongState(DomainError):
    """The operation is not in the state that this needs."""


class LevelUnchanged(DomainError):
    """The operation is at that level."""


class LevelNotInPlan(DomainError):
    """The plan does not know this level."""


class LevelReserved(DomainError):
    """Only the commander sets this level."""


class LiveOperationRuns(DomainError):
    """The plan is active in this area already."""


class EvidenceMissing(DomainError):
    """A task cannot be closed without what its clause asks for."""


class TaskClosed(DomainError):
    """The task is done or withdrawn."""


class TaskWaits(DomainError):
    """The task waits for others."""


class PlaceAlreadyOpen(DomainError):
    """The place is open."""


class PlaceNotOpen(DomainError):
    """The place is not open."""


class PlaceUnknown(DomainError):
    """No site, area or unit has this code."""


class ArisenAlready(DomainError):
    """Something of this kind with this reference was entered before."""


class KindUnknown(DomainError):
    """No clause deals with this kind."""


STATED: Final[Mapping[str, Promise]] = {
    "matter": _("Matter"),
    "duration": _("Expected until"),
    "measures": _("Measures"),
    "legal_basis": _("Legal basis"),
    "reason": _("Reason"),
    "subject": _("What was decided"),
    "ground": _("Legal ground"),
    "written_order": _("Number of the written order"),
    "government_consent": _("The government's consent"),
    "because": _("Reason"),
    "note": _("Evidence"),
    "file_name": _("File"),
    "ref": _("Reference"),
    "text": _("Text"),
}


def record_incomplete(fields: Sequence[str]) -> RecordIncomplete:
    """`fields` of STATED are those that are empty."""
    return RecordIncomplete(
        what=_("The record is not complete."),
        expected=", ".join(str(STATED[name]) for name in fields),
        mend=_("Fill in what is missing; without it the record has no force."),
    )


def above_the_government(level: int, government: int, allowed: int) -> AuthorityMissing:
    """The bureau may go `allowed` levels above the government's, on a written order."""
    return AuthorityMissing(
        what=_("This level is above the one that the government declared."),
        where=_both_levels(level, government),
        expected=_("at most %(steps)s level above it, with the number of the written order") % {"steps": allowed},
        mend=_("Name the written order, or propose the government's level."),
    )


def below_the_government(level: int, government: int) -> AuthorityMissing:
    """The bureau goes below the government's level only with its consent."""
    return AuthorityMissing(
        what=_("This level is below the one that the government declared."),
        where=_both_levels(level, government),
        expected=_("the document in which the government consents"),
        mend=_("Name the document, or propose the government's level."),
    )


def not_in_the_past(where: str) -> NotInThePast:
    """A page on which something is done was asked for as of a past moment."""
    return NotInThePast(
        what=_("The past can be looked at, not changed."),
        where=where,
        expected=_("this page without as_of"),
        mend=_("Go back to now."),
    )


def _both_levels(level: int, government: int) -> str:
    declared = level_title(government) if government else gettext("None declared")
    return gettext("%(level)s; by the government: %(government)s") % {
        "level": level_title(level),
        "government": declared,
    }


def difference_changed() -> DifferenceChanged:
    """Between the look and the click something happened."""
    return DifferenceChanged(
        what=_("What would change is no longer what you were shown."),
        expected=_("a confirmation of exactly what will happen"),
        mend=_("Look at the new difference and confirm it, or refuse."),
    )


def evidence_missing(where: str, kinds: Sequence[str]) -> EvidenceMissing:
    """`kinds` are those that the clause asks for and nobody gave."""
    return EvidenceMissing(
        what=_("The task cannot be closed without its evidence."),
        where=where,
        expected=", ".join(title(kind, "evidence") for kind in kinds),
        mend=_("Add what is missing."),
    )
