"""S City's plan covers what a city's police must do, and its numbers fit S City."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import pytest

from muster.engines.plan.checks import check
from muster.engines.plan.checks.full_load import full_load
from muster.engines.plan.words import ARISING, PARTNERS, SITE_KINDS
from muster.engines.plan.world import YARDSTICKS, World
from muster.sample.city import City, make_city
from muster.sample.size import Size
from tests.engines.plan.faults import shipped

FORCE = ("officer", "auxiliary")


@pytest.fixture(scope="module")
def s_city() -> City:
    return make_city(Size())


@pytest.fixture(scope="module")
def world(s_city: City) -> World:
    holders: dict[str, Counter[str]] = defaultdict(Counter)
    stock: Counter[str] = Counter()
    for appointed in s_city.appointments:
        holders[appointed.role][appointed.unit] += 1
    for delivered in s_city.stock:
        stock[delivered.item] += delivered.quantity
    held = ((person.unit, code) for person in s_city.people if person.kind in FORCE for code in person.qualifications)
    return World(
        today=date(2020, 1, 12),
        people=Counter(held),
        units={unit.code: unit.kind for unit in s_city.units},
        holders=holders,
        stock=stock,
        liaisons=Counter(person.partner for person in s_city.people if person.kind == "liaison"),
        sites=Counter(site.kind for site in s_city.sites),
    )


def test_every_kind_of_place_and_of_event_has_a_clause() -> None:
    assert {clause.per for clause in shipped().clauses} == {"", *SITE_KINDS, *ARISING}


def test_all_partners_but_the_schools_have_a_part() -> None:
    assert {partner for clause in shipped().clauses for partner in clause.partners} == set(PARTNERS) - {"education"}


def test_every_clause_has_words_in_both_languages() -> None:
    assert len(shipped().clauses) >= 48
    for clause in shipped().clauses:
        for text in (clause.title, clause.text):
            assert text.zh
            assert text.en
        assert clause.title.zh != clause.title.en


def test_whoever_stands_at_a_post_has_an_end() -> None:
    posts = [clause for clause in shipped().clauses if clause.people and clause.levels and not clause.every]
    assert [clause.id for clause in posts if clause.per not in ARISING and not clause.ends.zh] == []


def test_in_s_city_nothing_but_the_scarce_stock_falls_short(world: World) -> None:
    found = check(shipped(), world)
    assert {finding.subject for finding in found} == {"item:kn95", "item:coverall"}
    respirators = next(finding for finding in found if finding.subject == "item:kn95")
    assert "5 of 14 days" in respirators.message.en


def test_level_i_takes_about_half_of_the_force(world: World, s_city: City) -> None:
    needed = sum(full_load(shipped(), world, YARDSTICKS.open_share).people.values())
    force = sum(person.kind in FORCE for person in s_city.people)
    assert 0.4 < needed / force < 0.7
