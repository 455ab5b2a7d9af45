"""The scripted duty officer and commander: they decide by one stated rule, through the same services as people."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from muster.engines.plan import Plan, start, step
from muster.engines.plan.effects import LevelRecommended
from muster.engines.plan.events import IndicatorsSeen
from muster.engines.plan.types import Text
from muster.kernel.commands import Actor
from muster.kernel.organisation.models import Area
from muster.preparedness.plans.queries import PlanVersion, plan_of
from muster.response.operations import services
from muster.response.operations.models import Operation, Proposal
from muster.response.operations.queries.difference import difference_of
from muster.response.operations.queries.knowledge import province_level
from muster.response.operations.replay.rules import Command
from muster.response.operations.services.advice import rule_in_words
from muster.response.operations.services.authority import steps_above
from muster.response.operations.services.texts import in_both

PROPOSER: Final = "replay-duty-officer"
DECIDER: Final = "replay-commander"
EXPECTED: Final = timedelta(days=90)


def proposer(now: datetime) -> Actor:
    """The first of the two."""
    return Actor.system(PROPOSER, now)


def decider(now: datetime) -> Actor:
    """The second of the two: another one, as the database demands."""
    return Actor.system(DECIDER, now)


def called_for(plan: Plan, seen: IndicatorsSeen) -> LevelRecommended | None:
    """What the indicators speak for before any operation runs."""
    _state, effects = step(plan, start(), seen)
    return next((effect for effect in effects if isinstance(effect, LevelRecommended)), None)


def propose_activation(
    version: PlanVersion, area: Area, feed: str, wanted: LevelRecommended, now: datetime
) -> Proposal:
    """Everything that an activation states."""
    return services.activation_propose(
        by=proposer(now),
        plan_version=version,
        mode="replay",
        feed=feed,
        area=area,
        level=wanted.level,
        matter_zh="疫情回放",
        matter_en="Replay of a recorded epidemic",
        expected_until=(now + EXPECTED).date(),
        measures="按预案条款执行 / as the plan's clauses say",
        legal_basis=_first_ground(version),
        reason=rule_in_words(plan_of(version), wanted),
        government_level=wanted.level,
    )


def _first_ground(version: PlanVersion) -> str:
    """The law that the plan names first, on which its activation rests."""
    title = plan_of(version).legal_basis[0].title
    return f"{title.zh} / {title.en}"


def approve(proposal: Proposal, now: datetime) -> Proposal:
    """As the second person, having looked at what it changes at this moment."""
    return services.proposal_approve(
        by=decider(now),
        proposal=proposal,
        reason=Text(proposal.reason_zh, proposal.reason_en),
        seen=difference_of(proposal=proposal, at=now).mark,
    )


def take_up(advice: Proposal, now: datetime) -> Proposal:
    """Make a recommendation one's own proposal; the government is taken to declare the same level."""
    province = province_level(advice.seen)
    government = province if steps_above(province, advice.level) > 0 else advice.level
    return services.recommendation_take_up(
        by=proposer(now),
        proposal=advice,
        reason=Text(advice.reason_zh, advice.reason_en),
        ground=advice.operation.legal_basis,
        government_level=government,
    )


def refuse(advice: Proposal, reason: Text, now: datetime) -> Proposal:
    """The recommendation stays without effect."""
    return services.proposal_refuse(by=decider(now), proposal=advice, reason=reason)


def against(operation: Operation, advice: Proposal, rules: Command, now: datetime) -> Text | None:
    """Why the commander does not follow a recommendation; None where he does. Up he always follows."""
    if steps_above(advice.level, operation.level) > 0:
        return None
    if steps_above(advice.level, province_level(advice.seen)) < 0:
        return in_both(_("The province's level is higher."))
    since = operation.level_since
    if since is not None and now - since < timedelta(days=rules.least_days):
        return in_both(_("The level has been in force for less than %(days)s days."), days=rules.least_days)
    return None
