"""Who may change plans: the policy that their commands ask."""

from __future__ import annotations

from typing import Any, Final

from muster.kernel.access.roles import BUREAU, COMMANDER, PARTNER_LIAISON, PLANS_OFFICER
from muster.kernel.commands import Actor
from muster.kernel.commands.actor import SYSTEM
from muster.kernel.organisation.models import PersonQualification
from muster.kernel.organisation.models.named import in_force
from muster.preparedness.plans.models import Consultation

RELEASERS: Final = frozenset({SYSTEM, PLANS_OFFICER})
LEGAL_REVIEW: Final = "legal"  # the qualification


def releases_plans(*, by: Actor, **_: Any) -> bool:
    """Plans are released by the plans officers, and by the installation while it is set up."""
    return not RELEASERS.isdisjoint(by.roles)


def writes_plans(*, by: Actor, **_: Any) -> bool:
    """Drafts are written by the plans officers, and by the installation while it is set up."""
    return not RELEASERS.isdisjoint(by.roles)


def comments_drafts(*, by: Actor, **_: Any) -> bool:
    """Anybody at work in the bureau may say something to a draft."""
    return SYSTEM in by.roles or not BUREAU.isdisjoint(by.roles)


def answers_for_partner(*, by: Actor, consultation: Consultation, **_: Any) -> bool:
    """A partner's clauses are answered by its own liaisons."""
    return PARTNER_LIAISON in by.roles and by.partner_id is not None and by.partner_id == consultation.partner_id


def reviews_law(*, by: Actor, **_: Any) -> bool:
    """The legal review is for a person of the bureau who is qualified for it (法制审核), today."""
    return not BUREAU.isdisjoint(by.roles) and holds_legal_right(by)


def holds_legal_right(by: Actor) -> bool:
    """Does he hold the qualification for legal review now?"""
    if by.person_id is None:
        return False
    held = PersonQualification.objects.filter(person=by.person_id, qualification__code=LEGAL_REVIEW)
    return held.filter(in_force(by.now)).exists()


def approves_plans(*, by: Actor, **_: Any) -> bool:
    """Plans are approved by those who command; the service and the database hold two of them apart."""
    return COMMANDER in by.roles


def calls_reviews(*, by: Actor, **_: Any) -> bool:
    """Anybody at work in the bureau may call for a plan to be looked at again, and so may Muster itself."""
    return SYSTEM in by.roles or not BUREAU.isdisjoint(by.roles)


def looks_for_reviews(*, by: Actor, **_: Any) -> bool:
    """Only Muster itself goes through all plans."""
    return SYSTEM in by.roles


def checks_released(*, by: Actor, **_: Any) -> bool:
    """Muster goes through all released versions every night; a plans officer may ask for it earlier."""
    return not RELEASERS.isdisjoint(by.roles)


def tests_plans(*, by: Actor, **_: Any) -> bool:
    """A plan is put to the test by the plans officers and the commanders, and by the installation."""
    return SYSTEM in by.roles or not {PLANS_OFFICER, COMMANDER}.isdisjoint(by.roles)


def runs_stress_tests(*, by: Actor, **_: Any) -> bool:
    """Only Muster itself simulates."""
    return SYSTEM in by.roles
