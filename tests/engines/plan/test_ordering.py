"""The order of clauses, and what one text in the place of another means."""

from __future__ import annotations

from datetime import timedelta

import pytest

from muster.engines.plan import Plan, load_plan
from muster.engines.plan.consequences import Owed, Shift, consequences
from muster.engines.plan.editing import clause_changed, clauses_of
from muster.engines.plan.ordering import layers, timeline

HOUR = timedelta(hours=1)


def edited(text: str, clause: str, **words: object) -> Plan:
    return load_plan(clause_changed(text, clause, dict(clauses_of(text))[clause] | words))


def test_a_clause_stands_below_everything_it_waits_for(small_plan: Plan) -> None:
    found = layers(small_plan)
    depth = {name: number for number, row in enumerate(found.rows) for name in row}
    assert set(depth) == {clause.id for clause in small_plan.clauses}
    for clause in small_plan.clauses:
        assert depth[clause.id] == max((depth[other] + 1 for other in clause.after), default=0)


def test_clauses_that_wait_for_one_another_are_told_and_have_no_layer(example_text: str) -> None:
    text = clause_changed(example_text, "D01", dict(clauses_of(example_text))["D01"] | {"after": ["D02"]})
    found = layers(load_plan(text))
    assert set(found.ringed) == {"D01", "D02"}
    assert not {"D01", "D02"} & {name for row in found.rows for name in row}


def test_a_chain_starts_where_the_clause_before_it_is_due(small_plan: Plan) -> None:
    bars = {bar.clause.id: bar for bar in timeline(small_plan, 1)}
    assert (bars["D01"].start, bars["D01"].due) == (timedelta(), 2 * HOUR)
    assert (bars["D02"].start, bars["D02"].due, bars["D02"].waits) == (2 * HOUR, 26 * HOUR, ("D01",))


def test_the_line_of_a_level_has_its_clauses_and_the_end_has_those_of_the_end(small_plan: Plan) -> None:
    for level in (1, 2, 3):
        shown = {bar.clause.id for bar in timeline(small_plan, level)} & {clause.id for clause in small_plan.clauses}
        assert shown == {clause.id for clause in small_plan.clauses if level in clause.levels}
    assert {bar.clause.id for bar in timeline(small_plan, 0)} == {c.id for c in small_plan.clauses if c.on}


def test_more_people_are_told_by_level_and_so_is_what_they_use(example_text: str, small_plan: Plan) -> None:
    """K02 asks for four in three shifts: 12 officer-shifts; two more a shift are 18, wherever it stands."""
    more = edited(
        example_text, "K02", people=[{"qualification": "community", "count": "6", "shifts": "3", "from": "place"}]
    )
    found = consequences(small_plan, more)
    levels = sorted(small_plan.clause("K02").levels)
    assert [(one.level, one.word, one.after - one.before) for one in found.people] == [
        (level, "community", 6) for level in levels
    ]
    standard = small_plan.standards[small_plan.clause("K02").standard].per_officer_shift
    grown = {(one.level, one.word): one.after - one.before for one in found.supplies}
    assert grown == {(level, item): pytest.approx(6 * each) for level in levels for item, each in standard.items()}


def test_a_partner_acknowledges_anew_only_what_says_something_else(example_text: str, small_plan: Plan) -> None:
    partners = small_plan.clause("K02").partners
    changed = edited(example_text, "K02", due="7h")
    assert consequences(small_plan, changed).partners == tuple(Owed(one, ("K02",), ()) for one in sorted(partners))
    without = edited(example_text, "K02", partners=["media"])
    owed = {one.partner: one for one in consequences(small_plan, without).partners}
    assert owed["media"].anew == ("K02",)
    assert all(owed[one].free == ("K02",) for one in partners)


def test_a_plan_against_itself_means_nothing_for_anybody(small_plan: Plan) -> None:
    assert consequences(small_plan, small_plan).is_empty
    assert Shift(1, "patrol", 0, 1) not in consequences(small_plan, small_plan).people


def test_the_order_of_two_thousand_clauses_is_told(example_text: str) -> None:
    head = example_text[: example_text.index("clauses:")]
    rows = [
        f"  - {{id: A{n}, title: {{zh: 第{n}步}}, levels: [I], actor: commander, action: command, due: 1h"
        + (f", after: [A{n - 1}]" if n % 50 else "")
        + "}"
        for n in range(2000)
    ]
    plan = load_plan(head + "clauses:\n" + "\n".join(rows) + "\n")
    assert len(layers(plan).rows) == 50
    assert len(timeline(plan, 1)) >= 2000
