"""Action cards: everything that a plan asks of somebody stands on a card, in the order in which it can be done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from muster.engines.plan.cards import role_card, site_card, site_kinds
from tests.engines.plan.faults import shipped


def test_each_duty_of_the_plan_stands_on_exactly_one_card_of_a_role() -> None:
    plan = shipped()
    on_cards = [clause.id for role in plan.roles for clause in role_card(plan, role).clauses]
    assert sorted(on_cards) == sorted(plan.by_id)


def test_the_commander_reads_on_his_card_that_levels_are_to_be_reviewed() -> None:
    plan = shipped()
    card = role_card(plan, plan.levels[0].activated_by)
    assert {f"{level.id}.R" for level in plan.levels if level.activated_by == card.clauses[0].actor} <= {
        clause.id for clause in card.clauses
    }


def test_the_card_of_a_place_has_what_is_done_at_each_such_place_and_nothing_else() -> None:
    plan = shipped()
    for kind in site_kinds(plan):
        expected = {clause.id for clause in plan.by_id.values() if clause.per == kind}
        assert {clause.id for clause in site_card(plan, kind).clauses} == expected
    assert not site_card(plan, "transfer").clauses, "a transfer is no place"


def test_no_step_stands_before_one_that_it_waits_for() -> None:
    plan = shipped()
    first, second = role_card(plan, "station_chief").standing[:2]
    turned = replace(first, after=(second.id,))
    waiting = replace(plan, clauses=tuple(turned if one.id == first.id else one for one in plan.clauses))
    order = [clause.id for clause in role_card(waiting, "station_chief").standing]
    assert order.index(second.id) < order.index(first.id)


def test_steps_that_wait_for_one_another_are_still_on_the_card() -> None:
    plan = shipped()
    first, second = role_card(plan, "station_chief").standing[:2]
    ring = {first.id: replace(first, after=(second.id,)), second.id: replace(second, after=(first.id,))}
    ringed = replace(plan, clauses=tuple(ring.get(one.id, one) for one in plan.clauses))
    assert set(ring) <= {clause.id for clause in role_card(ringed, "station_chief").clauses}


def test_what_is_done_at_the_end_stands_apart() -> None:
    plan = shipped()
    for role in plan.roles:
        card = role_card(plan, role)
        assert not any(clause.on for clause in card.standing)
        assert all(clause.on for clause in card.winding_up)


def test_a_role_that_the_plan_does_not_have_has_no_card() -> None:
    with pytest.raises(KeyError):
        role_card(shipped(), "nobody")
