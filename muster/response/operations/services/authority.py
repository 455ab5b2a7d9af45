"""Who may set which level, and which two people it takes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from muster.engines.plan.types import Plan
from muster.engines.plan.words import LEVELS, NO_LEVEL
from muster.kernel.access.roles import COMMANDER
from muster.kernel.commands import Actor
from muster.kernel.organisation.queries import role_holders
from muster.kernel.ui.wording import level_title
from muster.response.operations import errors, permits
from muster.response.operations.models import Operation, Proposal


def steps_above(level: int, government: int) -> int:
    """How many levels the bureau's stands above the government's; below it: negative. No level is one below IV."""
    return _rank(level) - _rank(government)


def _rank(level: int) -> int:
    return 0 if level == NO_LEVEL else len(LEVELS) + 1 - level


def require_authority(plan: Plan, level: int, government: int, written_order: str, government_consent: str) -> None:
    """The bureau mirrors the government's level; one above needs a written order, below needs consent.

    `government` is the level declared, 0 for none. Raises AuthorityMissing.
    """
    above = steps_above(level, government)
    allowed = plan.authority.above_government
    if above > allowed or (above > 0 and not written_order.strip()):
        raise errors.above_the_government(level, government, allowed)
    if above < 0 and not government_consent.strip():
        raise errors.below_the_government(level, government)


def require_level(plan: Plan, level: int) -> None:
    """Raises LevelNotInPlan."""
    if level not in {known.number for known in plan.levels}:
        raise errors.LevelNotInPlan(
            what=_("The plan does not know this level."),
            where=f"{plan.id} {level}",
            expected=", ".join(str(level_title(known.number)) for known in plan.levels),
            mend=_("Choose a level of the plan."),
        )


def require_a_person(by: Actor, operation: Operation | None, mode: str) -> None:
    """Only in a replay does Muster propose and decide; else people do. Raises PersonUnknown, NotForTheSystem."""
    if permits.is_system(by):
        if mode != "replay":
            raise errors.NotForTheSystem(
                what=_("Muster may recommend, never decide."),
                where=operation.code if operation else "",
                mend=_("A named person takes the recommendation up or refuses it."),
            )
        return
    if by.account_id is None or by.person_id is None:
        raise errors.PersonUnknown(
            what=_("This account belongs to no person, so it cannot be one of two people."),
            where=by.principal,
            mend=_("Have the security administrator bind the account to its person."),
        )


def require_another(by: Actor, proposal: Proposal) -> None:
    """Another account and another person than the one who proposed. Raises SamePerson."""
    same_account = by.principal == proposal.proposed_by
    same_person = by.person_id is not None and by.person_id == proposal.proposed_person_id
    if same_account or same_person:
        raise errors.SamePerson(
            what=_("You proposed this yourself; another person decides it."),
            where=str(proposal.operation.code),
            expected=_("two different authorised people"),
            mend=_("Ask another commander or duty officer."),
        )


def require_rank(by: Actor, plan: Plan, level: int) -> None:
    """A level that the plan keeps for the commander is approved by a commander. Raises LevelReserved."""
    if permits.is_system(by) or level == NO_LEVEL or plan.level(level).activated_by != permits.ACTIVATORS:
        return
    if COMMANDER in by.roles or _holds(by, plan.level(level).activated_by):
        return
    raise errors.LevelReserved(
        what=_("Only the commander approves this level."),
        where=str(level_title(level)),
        mend=_("Ask the commander, or a deputy who holds that command role."),
    )


def _holds(by: Actor, role: str) -> bool:
    return permits.service_number(by) in {holder.person for holder in role_holders(role, None, by.now)}
