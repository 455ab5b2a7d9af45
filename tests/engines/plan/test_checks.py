"""Each rule finds its fault when it is planted in a good plan, and nothing else is said."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.engines.plan import Plan, Text
from muster.engines.plan.checks import RULES, check
from muster.engines.plan.checks.copies import copies
from muster.engines.plan.conditions import read_condition
from muster.engines.plan.findings import ERROR, SEVERITIES
from muster.engines.plan.hashing import clause_hash
from muster.engines.plan.words import PARTNERS
from muster.engines.plan.world import Holder, Stressed, World, Yardsticks
from tests.engines.plan.faults import Spoil, clause, clauses, each, level, plan, role, shipped, sufficient

DAY = timedelta(days=1)
TODAY = date(2020, 1, 12)
K15 = "K15"
NOTHING = Text("", "")


def without(name: str):
    return lambda mapping: {key: value for key, value in mapping.items() if key != name}


def words_of(clause_id: str) -> dict[str, Text]:
    found = shipped().clause(clause_id)
    return {"title": found.title, "text": found.text}


def no_measure_expires(measure):
    return replace(measure, expires=None)


def hashes(clause_id: str = "") -> set[str]:
    """Hashes of all clauses of the shipped plan, or of one."""
    return {clause_hash(shipped(), one) for one in shipped().clauses if one.id == clause_id or not clause_id}


PLANTED: dict[str, tuple[Spoil, set[str]]] = {
    "a clause id stands twice": (
        plan(clauses=lambda found: (*found, shipped().clause("P04"))),
        {"P001"},
    ),
    "no law is named": (plan(legal_basis=()), {"P002"}),
    "nobody wrote when it was reviewed": (plan(reviewed_on=None), {"P003"}),
    "it is reviewed every four years": (plan(review_months=48), {"P004"}),
    "it is exercised every four years": (plan(exercise_months=48), {"P004"}),
    "a station copied the annex of another": (clause("N02", **words_of("N01")), {"P005"}),
    "a title has no English": (clause("P04", title=Text("网络巡查")), {"P006"}),
    "a text has no Chinese": (clause("P04", text=Text("", "Watch")), {"P006"}),
    "nothing is done at the end": (
        each(
            plan(clauses=lambda found: tuple(one for one in found if one.on != "stand_down")),
            clauses(data_class="internal"),
        ),
        {"P007"},
    ),
    "nothing is given back at the end": (clause("E07", action="report"), {"P008"}),
    "the duty grades are missing": (plan(gradings=without("duty_grade")), {"P009"}),
    "a clause has no actor": (clause("P04", actor=""), {"P101"}),
    "the actor is no role": (clause("P04", actor="night_chief"), {"P102"}),
    "a clause stands at no level": (clause("P06", levels=frozenset()), {"P103"}),
    "an action that nobody knows": (clause("P04", action="dance"), {"P104"}),
    "a partner that nobody knows": (clause("K10", partners=("circus",)), {"P104"}),
    "a standard that the plan does not have": (clause("K17", standard="space"), {"P104"}),
    "a place of no kind": (clause("K17", per="circus"), {"P104"}),
    "nothing proves that it was done": (clause("P04", evidence=()), {"P105"}),
    "the partner of a transfer confirms nothing": (clause("K10", evidence=("time_points",)), {"P106"}),
    "a clause skips level II": (clause("P06", levels=frozenset({1, 3})), {"P107"}),
    "nobody is sent": (clause("P04", people=lambda found: (replace(found[0], count=0),)), {"P108"}),
    "no time to do it in": (clause("P04", due=timedelta()), {"P108"}),
    "it waits for a clause that is not there": (clause("P04", after=("Z99",)), {"P201"}),
    "two clauses wait for each other": (clause("C02", after=("C10",)), {"P202"}),
    "a clause waits for itself": (clause("C02", after=("C02",)), {"P202"}),
    "it waits for what stands at other levels": (clause("C10", levels=frozenset({3})), {"P203"}),
    "a lowered level waits for the end": (clause("E02", after=("E03",)), {"P203"}),
    "at level I nothing comes before it": (clause("C10", levels=frozenset({2})), {"P204"}),
    "it waits for what never starts": (clause("C10", levels=frozenset()), {"P103"}),
    "the next round begins before the last is due": (clause("L04", due=timedelta(hours=36)), {"P206"}),
    "due at eight, after what is due at ten": (
        each(clause("I04", levels=frozenset({1, 2, 3, 4})), clause("C05", after=("I04",))),
        {"P207"},
    ),
    "sampling waits for closed communities": (clause("K17", after=("K03",)), {"P208"}),
    "there is no level IV": (plan(levels=lambda found: found[:3]), {"P301"}),
    "level IV can never be called": (
        level(4, trigger=read_condition("province_cases_7d >= 20 && province_cases_7d < 5")),
        {"P712"},
    ),
    "level IV is called on any day": (level(4, trigger=read_condition("province_cases_7d >= 0")), {"P713"}),
    "level III begins where level II does": (level(3, trigger=read_condition("local_cases_7d >= 10")), {"P714"}),
    "between level III and level II nothing is called": (
        level(3, trigger=read_condition("local_cases_7d >= 1 && local_cases_7d < 5")),
        {"P715"},
    ),
    "level III is never left": (level(3, release=read_condition("local_cases_14d < 0")), {"P716"}),
    "the renewal stands at another level": (clause("K04", levels=frozenset({3}), after=()), {"P717"}),
    "the round is over before what comes first": (clause("C01", due=timedelta(hours=30)), {"P718"}),
    "nobody is named as chief of data": (role("data_chief", holder=""), {"P711"}),
    "the ground ended before the review": (
        plan(legal_basis=lambda found: (replace(found[0], until=date(2019, 1, 1)), *found[1:])),
        {"P725"},
    ),
    "a hospital is only given up": (clause("K07", levels=frozenset(), on="level_down"), {"P726"}),
    "nothing calls level II": (level(2, trigger=lambda found: replace(found, names=())), {"P302"}),
    "level II is left while it is still called for": (
        level(2, release=read_condition("local_cases_14d < 20 && province_level != 2")),
        {"P303"},
    ),
    "a level is left after a single quiet day": (level(2, held_days=1), {"P304"}),
    "nobody may set level III": (level(3, activated_by="nobody"), {"P305"}),
    "nothing is done at level IV": (clauses(levels=lambda found: found - {4}), {"P306"}),
    "Rt alone calls level II": (
        level(
            2,
            trigger=read_condition("rt_mean > 1.5 || local_cases_7d >= 10"),
            release=read_condition("rt_mean < 1.0 && local_cases_14d < 5"),
        ),
        {"P307"},
    ),
    "one person activates": (plan(authority=lambda found: replace(found, persons=1)), {"P308"}),
    "an activation need not say for how long": (
        plan(authority=lambda found: replace(found, record=("matter", "level", "area", "measures", "legal_basis"))),
        {"P309"},
    ),
    "the commander has no deputy": (role("commander", deputies=()), {"P401"}),
    "the chief of traffic has no deputy": (role("traffic_chief", deputies=()), {"P402"}),
    "somebody is his own deputy": (role("data_chief", deputies=lambda found: (found[0], found[0])), {"P403"}),
    "one person holds two roles": (role("data_chief", holder=shipped().roles["case_chief"].holder), {"P404"}),
    "one role owes two reports at eight": (clause("I04", actor="plans_chief", due=time(8)), {"P405"}),
    "a role has nothing to do": (role("idle_chief"), {"P406"}),
    "a closure is no measure": (clause("K03", measure=None), {"P501"}),
    "a closure never expires": (clause("K03", measure=no_measure_expires), {"P502"}),
    "a lane is reserved without a ground": (clause("K12", ground=""), {"P503"}),
    "a ground that is not listed": (clause("K12", ground="custom"), {"P504"}),
    "nothing ends a checkpoint": (clause("K01", ends=NOTHING), {"P505"}),
    "nobody reconsiders a checkpoint": (
        clause("K01", measure=lambda found: replace(found, review=None)),
        {"P506"},
    ),
    "closures are renewed after they have ended": (clause("K04", every=14 * DAY), {"P507"}),
    "objections are not answered": (clause("I03", per="pass"), {"P508"}),
    "there are no passes for care": (clause("K20", per="objection"), {"P509"}),
    "personal data stay for ever": (clause("E06", action="report"), {"P510"}),
    "health data without a ground": (clause("D02", ground=""), {"P511"}),
    "destruction without a certificate": (clause("E06", evidence=("partner_acknowledgement",)), {"P512"}),
    "no reserve of respirators": (plan(reserve_days=without("kn95")), {"P601"}),
    "respirators for five days": (plan(reserve_days=lambda found: {**found, "kn95": 5}), {"P602"}),
    "a reserve of beds that nobody uses": (plan(reserve_days=lambda found: {**found, "bed": 14}), {"P603"}),
    "a post without protection": (clause("K17", standard=""), {"P604"}),
}


def ids(found: Plan, world: World | None = None) -> list[str]:
    return [finding.id for finding in check(found, world)]


def test_the_shipped_plan_has_no_fault() -> None:
    assert check(shipped()) == ()


def test_the_shipped_plan_lacks_nothing_in_a_sufficient_world() -> None:
    assert check(shipped(), sufficient()) == ()


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found_and_nothing_else(fault: str) -> None:
    spoil, expected = PLANTED[fault]
    assert sorted(ids(spoil(shipped()))) == sorted(expected)


IN_THE_WORLD: dict[str, tuple[Spoil, dict[str, object], set[str]]] = {
    "the review is overdue": (plan(), {"today": date(2022, 11, 26)}, {"P701"}),
    "nobody is chief of data": (plan(), {"holders": {**sufficient().holders, "data_chief": {}}}, {"P702"}),
    "one station has no chief": (
        plan(),
        {"holders": {**sufficient().holders, "station_chief": {"ST-DONGHU-01": 3}}},
        {"P702"},
    ),
    "the chief of data has no deputies": (
        plan(),
        {"holders": {**sufficient().holders, "data_chief": {"INFO": 1}}},
        {"P703"},
    ),
    "nobody speaks a language": (
        plan(),
        {"people": {key: count for key, count in sufficient().people.items() if key[1] != "language"}},
        {"P704"},
    ),
    "too few take calls": (plan(), {"people": {**sufficient().people, ("CMD", "call_taker"): 179}}, {"P705"}),
    "coveralls for a day": (plan(), {"stock": {**sufficient().stock, "coverall": 100}}, {"P706"}),
    "customs are not in the register": (plan(), {"liaisons": without("customs")(sufficient().liaisons)}, {"P707"}),
    "customs have no liaison": (plan(), {"liaisons": {**sufficient().liaisons, "customs": 0}}, {"P708"}),
    "there is no fever clinic": (plan(), {"sites": {**sufficient().sites, "fever_clinic": 0}}, {"P709"}),
    "a chief of data who is no analyst": (
        role("data_chief", qualification="data_analysis"),
        {"role_holders": {("data_chief", "INFO"): (Holder("1", frozenset({"legal"})),)}},
        {"P719"},
    ),
    "the chief of data is on leave": (
        plan(),
        {"role_holders": {("data_chief", "INFO"): (Holder("1", away=((TODAY, None),)), Holder("2"))}},
        {"P720"},
    ),
    "the chief of data and the deputy are on leave": (
        plan(),
        {"role_holders": {("data_chief", "INFO"): (Holder("1", away=((TODAY, TODAY),)),)}},
        {"P721"},
    ),
    "one person is chief of data and of cases": (
        plan(),
        {"role_holders": {("data_chief", "INFO"): (Holder("1"),), ("case_chief", "CRIMINAL"): (Holder("1"),)}},
        {"P722"},
    ),
    "customs never acknowledged a clause": (
        plan(),
        {"acknowledged": {name: hashes() - (hashes(K15) if name == "customs" else set()) for name in PARTNERS}},
        {"P723"},
    ),
    "nobody tried the number of customs": (
        plan(),
        {"contacts_checked": dict.fromkeys(PARTNERS, TODAY) | {"customs": None}},
        {"P724"},
    ),
    "the ground has ended since": (
        plan(legal_basis=lambda found: (replace(found[0], until=TODAY - DAY), *found[1:])),
        {},
        {"P725"},
    ),
    "there are hospitals and no clause for them": (
        plan(clauses=lambda found: tuple(one for one in found if one.per != "hospital")),
        {},
        {"P726"},
    ),
    "a clause that nobody exercised": (
        plan(),
        {"exercised": {"S-PHE-01": {one.id: TODAY for one in shipped().clauses if one.id != "K07"}}},
        {"P727"},
    ),
    "a clause that was exercised two years ago": (
        plan(),
        {"exercised": {"S-PHE-01": {one.id: TODAY for one in shipped().clauses} | {"K07": date(2018, 1, 11)}}},
        {"P728"},
    ),
    "nothing of the plan was ever exercised": (plan(), {"exercised": {}}, {"P730"}),
    "nobody put the plan to a stress test": (plan(), {"stressed": {}}, {"P731"}),
    "the stress test was of another content": (
        plan(),
        {"stressed": {"S-PHE-01": Stressed("0" * 64, TODAY, {}, {})}},
        {"P732"},
    ),
    "boot covers are not in the catalogue": (
        plan(),
        {"items": frozenset(sufficient().stock) - {"boot_cover_pair"}},
        {"P729"},
    ),
    "people come from a unit that is not there": (
        clause("P06", people=lambda found: (replace(found[0], source="unit:NAVY"),)),
        {},
        {"P710"},
    ),
}


@pytest.mark.parametrize("fault", IN_THE_WORLD)
def test_a_lack_in_the_world_is_found_and_nothing_else(fault: str) -> None:
    spoil, lacking, expected = IN_THE_WORLD[fault]
    assert set(ids(spoil(shipped()), replace(sufficient(), **lacking))) == expected


def test_on_the_last_day_the_review_is_not_overdue() -> None:
    assert check(shipped(), World(today=date(2022, 11, 25))) == ()


def test_what_is_not_known_of_the_world_is_not_held_against_the_plan() -> None:
    assert check(shipped(), World()) == ()


def test_every_rule_has_a_planted_fault() -> None:
    planted = set().union(*(expected for _, expected in PLANTED.values()))
    planted |= set().union(*(expected for _, _, expected in IN_THE_WORLD.values()))
    alone = {rule.id for rule in RULES if not rule.id.startswith("P8")}  # those take a higher plan
    assert alone - planted == {"P010"}  # which takes two plans


def test_a_plan_that_was_copied_from_another_is_told_and_two_versions_of_one_are_not() -> None:
    copied = plan(id="T-PHE-01")(shipped())
    found = copies([shipped("S-PHE-01-v2.yaml"), shipped(), copied, shipped()])
    assert {place: finding.id for place, finding in found.items()} == {2: "P010"}


def test_rules_have_ids_of_their_own_and_words_in_both_languages() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.severity in SEVERITIES
        for text in (rule.title, rule.message, rule.repair):
            assert text.zh
            assert text.en


def test_a_finding_says_where_it_is() -> None:
    (found,) = check(clause("K03", measure=no_measure_expires)(shipped()))
    assert found.clause == "K03"
    assert found.line == shipped().clause("K03").line > 0
    assert "K03" in found.message.zh
    assert "K03" in found.message.en


def test_errors_come_first() -> None:
    spoilt = each(clause("P04", evidence=()), clause("K12", ground=""), role("idle_chief"))(shipped())
    assert [finding.id for finding in check(spoilt)] == ["P503", "P105", "P406"]


def test_a_bureau_sets_its_own_yardsticks() -> None:
    found = check(shipped(), measured=Yardsticks(reserve_days=30))
    assert {finding.id for finding in found} == {"P602"}
    assert len(found) == len([item for item in shipped().reserve_days if item != "meal"])


def test_the_earlier_version_has_the_eleven_faults_that_the_third_mends() -> None:
    found = check(shipped("S-PHE-01-v2.yaml"))
    assert len(found) == 11
    assert {"P401", "P602", "P005"} <= {finding.id for finding in found}
    assert any(finding.subject == "role:commander" for finding in found)
    assert any("5" in finding.message.en and finding.subject == "item:kn95" for finding in found)
    assert any(finding.severity == ERROR for finding in found)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(sorted(PLANTED)), min_size=2, max_size=6, unique=True))
def test_however_many_faults_a_plan_has_each_is_told_in_words_and_the_gravest_first(faults: list[str]) -> None:
    spoilt = shipped()
    for fault in faults:
        with suppress(TypeError, IndexError, AttributeError):  # an earlier fault has taken away what this one spoils
            spoilt = PLANTED[fault][0](spoilt)
    found = check(spoilt, sufficient())
    assert [SEVERITIES.index(one.severity) for one in found] == sorted(SEVERITIES.index(one.severity) for one in found)
    assert found == check(spoilt, sufficient())
    for one in found:
        assert "{" not in one.message.zh + one.message.en + one.repair.zh + one.repair.en
