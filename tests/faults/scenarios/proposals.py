"""Plans, and what two people decide: an operation, its level, its end."""

from __future__ import annotations

from datetime import date
from typing import Any

from muster.preparedness.plans import services as plans
from muster.response.operations import services as operations
from muster.response.operations.models import Proposal
from muster.response.operations.queries.difference import difference_of
from tests.faults.crash import Arguments, scenario
from tests.response.operations import bureau

LATER = bureau.NOON + bureau.HOUR
EVENING = bureau.NOON + 9 * bureau.HOUR


def confirmed(proposal: Proposal) -> Arguments:
    """Another person confirms what would happen in an hour."""
    seen = difference_of(proposal=proposal, at=LATER).mark
    return {"by": bureau.chief(LATER), "proposal": proposal, "reason": "同意", "seen": seen}


def in_operation(**stated: Any) -> Arguments:
    """About a live operation at level III, the duty officer's, an hour after it began."""
    operation = bureau.activated(bureau.build())
    return {"by": bureau.duty(LATER), "operation": operation, **stated}


def proposed(service: Any, **stated: Any) -> Proposal:
    proposal: Proposal = service(**in_operation(reason="形势变化", **stated))
    return proposal


@scenario(plans.version_release)
def a_plan_is_released() -> Arguments:
    return {"by": bureau.muster(), "text": bureau.PLAN.read_text("utf-8"), "name": bureau.PLAN.name}


@scenario(operations.activation_propose)
def an_operation_is_proposed() -> Arguments:
    version = bureau.build()
    return {
        "by": bureau.duty(),
        "plan_version": version,
        "mode": "live",
        "area": bureau.city(),
        "level": 3,
        "matter_zh": "疫情",
        "expected_until": date(2020, 4, 30),
        "measures": "值守",
        "legal_basis": "突发事件应对法第七十二条",
        "reason": "首例病例",
        "government_level": 3,
    }


@scenario(operations.proposal_approve)
def an_operation_is_approved_and_its_tasks_are_raised() -> Arguments:
    return confirmed(bureau.propose(bureau.build()))


@scenario(operations.level_propose)
def a_higher_level_is_proposed() -> Arguments:
    return in_operation(level=2, reason="病例增加", government_level=2)


@scenario(operations.proposal_approve)
def a_higher_level_is_approved() -> Arguments:
    return confirmed(proposed(operations.level_propose, level=2, government_level=2))


@scenario(operations.stand_down_propose)
def the_end_is_proposed() -> Arguments:
    return in_operation(reason="疫情结束", government_level=0)


@scenario(operations.proposal_approve)
def the_operation_is_stood_down() -> Arguments:
    return confirmed(proposed(operations.stand_down_propose, government_level=0))


@scenario(operations.proposal_refuse)
def a_proposal_is_refused() -> Arguments:
    proposal = bureau.propose(bureau.build())
    return {"by": bureau.chief(), "proposal": proposal, "reason": "不同意"}


@scenario(operations.proposal_withdraw)
def a_proposal_is_withdrawn() -> Arguments:
    proposal = bureau.propose(bureau.build())
    return {"by": bureau.duty(LATER), "proposal": proposal}


@scenario(operations.tick)
def the_figures_speak_for_another_level() -> Arguments:
    operation = in_operation()["operation"]
    bureau.watch_from(date(2020, 1, 20))
    bureau.report_cases(date(2020, 1, 20), 14)
    return {"by": bureau.muster(EVENING), "operation": operation}


@scenario(operations.recommendation_take_up)
def a_recommendation_is_taken_up() -> Arguments:
    operations.tick(**the_figures_speak_for_another_level())
    advice = Proposal.objects.get(source="system")
    return {"by": bureau.duty(EVENING), "proposal": advice, "reason": "情况属实", "government_level": 2}


@scenario(operations.decision_record)
def a_decision_beside_the_plan_is_recorded() -> Arguments:
    return in_operation(subject_zh="调整口径", reason="省里要求", ground="突发公共卫生事件应急条例第三十三条")
