"""A lower plan inherits, adds and narrows, and never contradicts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import perf_counter

import pytest
from django.utils import translation

from muster.engines.plan import PlanInvalid, run, start
from muster.engines.plan.checks import check
from muster.engines.plan.events import Activated
from muster.engines.plan.together import Source, Together
from muster.engines.plan.world import World
from tests.engines.plan.faults import shipped, sufficient
from tests.engines.plan.lower_plans import lower, lower_text, of_shipped, shipped_source, together

CLEAN: set[str] = set()


def ids(plan, world=None) -> list[str]:
    return sorted(finding.id for finding in check(plan, world))


def test_a_lower_plan_inherits_the_head_and_every_clause_and_has_its_own_beside_them() -> None:
    plan = lower()
    higher = shipped()
    assert plan.clauses[: len(higher.clauses)] == higher.clauses
    assert [clause.id for clause in plan.clauses[len(higher.clauses) :]] == ["DH01"]
    for name in ("levels", "authority", "gradings", "standards", "reserve_days", "legal_basis", "fresh_for", "zone"):
        assert getattr(plan, name) == getattr(higher, name)
    assert set(plan.roles) == {*higher.roles, "own_chief"}
    assert (plan.id, plan.unit, [one.id for one in plan.chain]) == ("S-PHE-SB", "SB-ONE", ["S-PHE-SB", "S-PHE-01"])
    assert check(plan) == ()


def test_a_narrowed_clause_differs_in_what_is_written_and_in_nothing_else() -> None:
    plan = lower(["clause: K03, due: 4h, evidence: [order, partner_acknowledgement, patrol_log]"])
    before, after = shipped().clause("K03"), plan.clause("K03")
    assert after == replace(before, due=timedelta(hours=4), evidence=(*before.evidence, "patrol_log"))
    assert plan.extension is not None
    assert plan.extension.narrowed == {"K03": ("due", "evidence")}
    assert [clause.id for clause in plan.own_clauses] == ["K03", "DH01"]
    assert check(plan) == ()


# What is written about a clause of the shipped plan, and the one rule that it breaks.
LOOSER = {
    "P801": "clause: K03, due: 7h",
    "P802": "clause: K03, people: [{qualification: community, count: 2, shifts: 3, from: place}]",
    "P803": "clause: K03, evidence: [order]",
    "P804": "clause: K09, supplies: []",
    "P805": "clause: K03, partners: [subdistricts]",
    "P806": "clause: K03, levels: [I]",
    "P807": "clause: K03, measure: {expires: 20d}",
    "P808": "clause: K03, standard: basic",
    "P809": "clause: K03, actor: traffic_chief",
    "P812": "clause: C05, every: 2d",
    "P813": "clause: Z99, due: 1h",
    "P814": "clause: K03, due: 6h",
}
MORE = {
    "P811": "authority: {declared_by: we, above_needs: nothing, below_needs: nothing}\n",
    "P810": 'levels:\n  I: {name: {zh: 一, en: one}, trigger: "local_cases_7d >= 1", release: "local_cases_7d == 0"}\n',
    "P819": "reserve_days: {kn95: 3}\n",
}


@pytest.mark.parametrize("rule", LOOSER)
def test_each_contradiction_has_a_rule_of_its_own_and_no_effect(rule: str) -> None:
    found = dict(LOOSER)
    if rule == "P804":
        with_supplies = next(clause for clause in shipped().clauses if clause.supplies)
        found[rule] = f"clause: {with_supplies.id}, supplies: []"
    if rule == "P812":
        recurring = next(clause for clause in shipped().clauses if clause.every and clause.every <= timedelta(days=1))
        found[rule] = f"clause: {recurring.id}, every: 2d"
    plan = lower([found[rule]])
    assert ids(plan) == [rule]
    assert plan.clauses[:-1] == shipped().clauses
    (finding,) = check(plan)
    assert finding.line == 1 + next(
        n for n, line in enumerate(lower_text([found[rule]]).splitlines()) if "clause:" in line
    )
    assert finding.file == "" or finding.file == plan.file
    for text in (finding.message, finding.repair):
        assert text.zh
        assert text.en
        assert "{" not in text.zh + text.en


@pytest.mark.parametrize("rule", MORE)
def test_a_lower_plan_has_no_trigger_no_authority_and_no_smaller_reserve_of_its_own(rule: str) -> None:
    plan = lower(more=MORE[rule])
    assert ids(plan) == [rule]
    assert (plan.levels, plan.authority, plan.reserve_days) == (
        shipped().levels,
        shipped().authority,
        shipped().reserve_days,
    )


def test_an_added_clause_cannot_take_the_id_of_a_higher_one() -> None:
    plan = lower(own="K03")
    assert ids(plan) == ["P406", "P815"]  # and the role that was to do it has nothing to do
    assert plan.clauses == shipped().clauses


def test_a_role_of_the_higher_plan_keeps_its_meaning() -> None:
    text = lower_text().replace("own_chief", "community_chief")
    (plan,) = together(text)
    assert ids(plan) == ["P818"]
    assert plan.roles == shipped().roles


def test_a_role_of_the_own_unit_may_take_over_and_a_stronger_standard_may_be_worn() -> None:
    plan = lower(["clause: K03, actor: own_chief, standard: full"])
    assert check(plan) == ()
    assert (plan.clause("K03").actor, plan.clause("K03").standard) == ("own_chief", "full")


def test_people_of_the_own_unit_stand_in_for_those_that_the_higher_plan_names() -> None:
    need = shipped().clause("K03").people[0]
    own = f"qualification: {need.qualification}, count: {need.count}, shifts: {need.shifts}"
    assert check(lower([f'clause: K03, people: [{{{own}, from: "unit:SB-ONE"}}]'])) == ()
    assert ids(lower([f'clause: K03, people: [{{{own}, from: "unit:TRAFFIC"}}]'])) == ["P802"]


def test_a_newer_version_of_the_higher_plan_makes_a_review_due() -> None:
    world = replace(sufficient(), units={**(sufficient().units or {}), "SB-ONE": "sub_bureau"})
    world = replace(world, holders={**(world.holders or {}), "own_chief": {"SB-ONE": 3}})
    plan = lower()
    assert ids(plan, replace(world, newest={"S-PHE-01": "3.0"})) == []
    assert ids(plan, replace(world, newest={"S-PHE-01": "4.0"})) == ["P816"]
    assert ids(plan, replace(world, newest={"S-PHE-01": "3.10"})) == ["P816"]
    assert ids(plan, replace(world, newest={"S-PHE-01": "2.0"})) == []  # a day before 3.0 was released


def test_a_plan_of_a_unit_that_there_is_not_is_told() -> None:
    assert ids(lower(), World(units={"SB-TWO": "sub_bureau"})).count("P710") >= 1
    told = [one.message.en for one in check(lower(), World(units={"SB-TWO": "sub_bureau"})) if one.id == "P710"]
    assert "the plan names the unit SB-ONE, which does not exist" in told


def chain_of(depth: int) -> list[str]:
    """Texts of plans one above the other under the shipped plan, the lowest last."""
    above = [("S-PHE-01", "3.0"), *((f"S-PHE-L{n}", "1.0") for n in range(depth))]
    return [
        lower_text(plan=plan, higher=above[place][0], above=above[place][1], own=f"L{place}X")
        .replace("own_chief", f"chief_{place}")
        .replace("值班长", f"值班长{place}")
        for place, (plan, _version) in enumerate(above[1:])
    ]


def test_three_plans_may_stand_one_above_the_other_and_no_more() -> None:
    two, three = chain_of(2), chain_of(3)
    assert ids(together(*two)[-1]) == []
    assert ids(together(*three)[-1]) == ["P817"]


def test_a_circle_of_plans_is_named_whole() -> None:
    a = lower_text(plan="S-A", higher="S-B", above="1.0", own="A1")
    b = lower_text(plan="S-B", higher="S-C", above="1.0", own="B1")
    c = lower_text(plan="S-C", higher="S-A", above="1.0", own="C99")
    with pytest.raises(PlanInvalid) as refused:
        together(a, b, c)
    (problem,) = refused.value.problems
    assert "S-A 1.0 → S-B 1.0 → S-C 1.0 → S-A 1.0" in problem.what
    assert (problem.file, problem.line) == ("2.yaml", 6)
    assert "互为上级" in problem.in_language("zh-hans").what


def test_a_plan_that_extends_another_version_of_itself_is_a_circle() -> None:
    with pytest.raises(PlanInvalid, match="extend one another"):
        together(lower_text(plan="S-PHE-01", version="4.0"))


def test_a_higher_plan_that_nobody_knows_is_told_with_its_line() -> None:
    with pytest.raises(PlanInvalid) as refused:
        together(lower_text(above="9.9"))
    (problem,) = refused.value.problems
    assert ("S-PHE-01 9.9" in problem.what, problem.line) == (True, 6)


def test_two_files_that_give_one_version_of_the_higher_plan_are_refused() -> None:
    a = lower_text(plan="S-A", own="A1")
    other = a.replace("due: 4h", "due: 5h")
    b = lower_text(plan="S-B", higher="S-A", above="1.0", own="B1").replace("own_chief", "b_chief")
    with pytest.raises(PlanInvalid, match=r"1\.yaml:3: 0\.yaml is S-A 1\.0, too"):
        together(a, other, b)


def test_a_clause_narrowed_twice_is_refused_with_its_line() -> None:
    with pytest.raises(PlanInvalid, match="clause K03 is narrowed twice") as refused:
        lower(["clause: K03, due: 4h", "clause: K03, due: 3h"])
    assert refused.value.problems[0].line == 12
    assert refused.value.problems[0].clause == "K03"


def test_a_narrowing_without_a_word_and_one_with_an_unknown_word_are_refused() -> None:
    with pytest.raises(PlanInvalid, match="does not say what it narrows"):
        lower(["clause: K03"])
    with pytest.raises(PlanInvalid, match="unknown word `ground`; expected one of clause, text, actor"):
        lower(["clause: K03, ground: police_law_15"])


def test_people_at_a_place_need_a_clause_with_a_place() -> None:
    with pytest.raises(PlanInvalid, match="the clause has no place"):
        lower(["clause: C02, people: [{qualification: command_duty, count: 40, shifts: 3, from: place}]"])


def test_an_added_clause_may_renew_an_inherited_measure_and_no_other_clause() -> None:
    renewing = lower_text() + "    renews: K03\n"
    assert together(renewing)[0].clause("DH01").renews == "K03"
    with pytest.raises(PlanInvalid, match="has no measure to renew"):
        together(renewing.replace("renews: K03", "renews: C01"))


def test_the_hash_covers_the_own_content_and_that_of_the_higher_plan() -> None:
    third, second = shipped_source(), shipped_source("S-PHE-01-v2.yaml")
    on_third, on_second = (
        Together([Source(lower_text(above=number), "a.yaml"), source]).plan(0)
        for number, source in (("3.0", third), ("2.0", second))
    )
    assert on_third.hash != on_second.hash
    other_higher = Source(str(third.text).replace("review_months: 36", "review_months: 24"), "b.yaml")
    assert Together([Source(lower_text(), "a.yaml"), other_higher]).plan(0).hash != on_third.hash
    assert lower(["clause: K03, due: 4h"]).hash != on_third.hash
    assert together(lower_text().replace("\n", "  # remark\n", 1))[0].hash == on_third.hash == lower().hash


def test_what_the_higher_plan_has_wrong_is_told_there_and_lines_belong_to_their_file() -> None:
    weak = shipped_source("S-PHE-01-v2.yaml")
    plan, higher = Together([Source(lower_text(above="2.0"), "low.yaml"), weak]).plans()
    assert len(check(higher)) > 5
    assert check(plan) == ()
    text = lower_text(["clause: K03, people: [{qualification: community, count: 3000, shifts: 3, from: place}]"])
    (spread,) = Together([Source(text, "low.yaml")], of_shipped).plans()
    few = replace(sufficient(), people={("CMD", "community"): 1000, **{("CMD", q): 500 for q in ("escort",)}})
    files = {finding.clause: finding.file for finding in check(spread, few) if finding.clause}
    assert set(files.values()) <= {"low.yaml", "S-PHE-01.yaml"}


def test_the_one_transition_works_on_a_lower_plan_and_its_narrowed_times_hold() -> None:
    at = datetime(2020, 1, 23, 2, 0, tzinfo=UTC)
    narrowed, plain = lower(["clause: C01, due: 30m"]), shipped()
    due = {}
    for plan in (narrowed, plain):
        state, _ = run(plan, start(), [Activated(at, 1)])
        due[plan.id] = {key.clause: task.due_at for key, task in state.tasks.items()}
    assert due["S-PHE-SB"]["C01"] == at + timedelta(minutes=30)
    assert due["S-PHE-01"]["C01"] == at + timedelta(hours=1)
    assert "DH01" in due["S-PHE-SB"]
    assert set(due["S-PHE-01"]) <= set(due["S-PHE-SB"])


def test_words_of_findings_stand_in_both_languages() -> None:
    with translation.override("en"):
        (finding,) = check(lower(["clause: K03, due: 7h"]))
    assert finding.message.en == "clause K03 is due later: 7h here, 6h in the higher plan, which stands"
    assert "7h" in finding.message.zh
    assert "6h" in finding.repair.zh


def test_five_thousand_clauses_are_refused_at_once_with_what_to_do() -> None:
    head, _, _clause = lower_text().partition("clauses:\n")
    many = head + "clauses:\n" + "".join(f"  - {{id: X{number:05d}, due: 4h}}\n" for number in range(5000))
    began = perf_counter()
    with pytest.raises(PlanInvalid) as refused:
        together(many)
    assert perf_counter() - began < 1  # seconds; parsing it would take many
    (problem,) = refused.value.problems
    assert problem.what == "the plan has 5000 clauses"
    assert problem.line == head.count("\n") + 2 + 2000
    assert "extends this one" in problem.mend


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("extends: &a [1]\nplan: *a\n", "anchor"),
        ("plan: S-A\nextends: S-PHE-01\n", "extends"),
        ("plan: S-A\nextends: {plan: S-PHE-01, version: 3.0}\nunit: a unit\n", "unit"),
        (lower_text().encode().replace("本地".encode(), "本地".encode("gb18030")), "UTF-8"),
    ],
)
def test_a_lower_plan_that_cannot_be_read_says_what_is_wrong(text: str | bytes, what: str) -> None:
    with pytest.raises(PlanInvalid) as refused:
        Together([Source(text, "a.yaml")], of_shipped).plans()
    assert any(what in problem.what for problem in refused.value.problems)
