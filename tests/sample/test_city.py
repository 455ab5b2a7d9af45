"""S City hangs together, at any size, and is the same city each time."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.engines.plan.words import ITEMS, PARTNERS, QUALIFICATIONS, SITE_KINDS
from muster.kernel.organisation.choices import SiteKind
from muster.sample.city import City, make_city
from muster.sample.command import APART, DEPUTIES, ROLE_ROWS
from muster.sample.outline import DISTRICTS, inside
from muster.sample.people import PARTNER_ROWS
from muster.sample.shares import shares
from muster.sample.size import Size, SizeInvalid
from muster.sample.skills import OFFICERS_ONLY, QUALIFICATION_ROWS
from muster.sample.stock import ITEM_ROWS

SMALL = Size.of(480, 16)


@pytest.fixture(scope="module")
def city() -> City:
    return make_city(Size())


def ring_of(city: City) -> dict[str, np.ndarray]:
    return {row.code: np.array(row.boundary["coordinates"][0]) for row in city.areas if row.boundary}


def area_km2(ring: np.ndarray) -> float:
    x, y = ring[:, 0] * 97.2, ring[:, 1] * 110.9
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) / 2)


def test_the_same_size_and_seed_make_the_same_city() -> None:
    assert make_city(SMALL) == make_city(SMALL)


def test_another_seed_makes_other_people_in_other_places() -> None:
    one, other = make_city(SMALL), make_city(Size.of(480, 16, seed=7))
    assert [p.name_zh for p in one.people] != [p.name_zh for p in other.people]
    assert [a.boundary for a in one.areas] != [a.boundary for a in other.areas]


def test_the_default_city_has_the_promised_size(city: City) -> None:
    kinds = Counter(person.kind for person in city.people)
    units = Counter(unit.kind for unit in city.units)
    assert (kinds["officer"], kinds["auxiliary"]) == (8_000, 4_000)
    assert (units["sub_bureau"], units["station"]) == (8, 120)
    assert len(city.sites) == 900
    assert Counter(area.kind for area in city.areas) == {
        "city": 1,
        "district": 8,
        "subdistrict": 120,
        "community": 960,
    }


def test_every_code_is_given_once_and_every_reference_leads_somewhere(city: City) -> None:
    for rows in (city.areas, city.units, city.people, city.sites, city.teams):
        assert max(Counter(row.code for row in rows).values()) == 1
    areas = {row.code for row in city.areas}
    units = {row.code for row in city.units}
    assert {row.parent for row in city.areas} - areas == {""}
    assert {row.parent for row in city.units} - units == {""}
    assert {row.area for row in city.units} | {row.area for row in city.sites} <= areas
    assert {row.unit for row in city.people} | {row.unit for row in city.appointments} <= units | {""}
    assert {row.unit for row in city.sites} | {row.unit for row in city.teams} <= units


def test_every_unit_stands_in_an_area_and_each_station_in_its_sub_bureaus_district(city: City) -> None:
    above = {row.code: row.parent for row in city.areas}
    home = {row.code: row.area for row in city.units}
    for unit in city.units:
        assert unit.area
        if unit.kind == "station":
            assert above[above[unit.area]] == home[unit.parent]


def test_inhabitants_of_every_area_are_those_of_its_parts(city: City) -> None:
    parts: dict[str, int] = defaultdict(int)
    people = {row.code: row.population or 0 for row in city.areas}
    for row in city.areas:
        parts[row.parent] += people[row.code]
    del parts[""]
    assert all(people[code] == total for code, total in parts.items())
    assert [people[f"D-{d[0].upper()}"] for d in DISTRICTS] == [d[5] for d in DISTRICTS]


def test_the_communities_of_an_area_cover_it_without_gap_or_overlap(city: City) -> None:
    rings = ring_of(city)
    below: dict[str, list[str]] = defaultdict(list)
    for row in city.areas:
        below[row.parent].append(row.code)
    for code, parts in below.items():
        if code:
            whole = area_km2(rings[code])
            assert whole > 0
            assert abs(whole - sum(area_km2(rings[part]) for part in parts)) < 1e-6 * whole


def test_every_label_lies_inside_its_area(city: City) -> None:
    rings = ring_of(city)
    assert all(inside(np.array([[row.lon, row.lat]]), rings[row.code][:-1])[0] for row in city.areas)


def test_every_site_lies_inside_its_community(city: City) -> None:
    rings = ring_of(city)
    community = {row.code for row in city.areas if row.kind == "community"}
    for site in city.sites:
        assert site.area in community
        assert inside(np.array([[site.lon, site.lat]]), rings[site.area][:-1])[0], site.code


def test_stations_answer_for_sites_of_their_own_district(city: City) -> None:
    above = {row.code: row.parent for row in city.areas}
    home = {row.code: above[above[row.area]] for row in city.units if row.kind == "station"}
    answered = [site for site in city.sites if site.unit in home]
    assert len(answered) > 880
    assert all(home[site.unit] == above[above[site.area]] for site in answered)


def test_the_words_are_those_of_the_plan_language(city: City) -> None:
    assert {row.code for row in QUALIFICATION_ROWS} == set(QUALIFICATIONS)
    assert {row.code for row in PARTNER_ROWS} == set(PARTNERS)
    assert {row.code for row in ITEM_ROWS} == set(ITEMS)
    assert {site.kind for site in city.sites} == set(SITE_KINDS) == set(SiteKind.values)


def test_auxiliaries_hold_nothing_that_only_an_officer_may(city: City) -> None:
    held = {q for person in city.people if person.kind != "officer" for q in person.qualifications}
    assert not held & OFFICERS_ONLY


def test_every_officer_can_do_something_and_the_scarce_skills_are_scarce(city: City) -> None:
    officers = [person for person in city.people if person.kind == "officer"]
    held = Counter(q for person in officers for q in person.qualifications)
    assert all(person.qualifications for person in officers)
    for scarce in ("language", "negotiator", "protection_instructor", "medical"):
        assert 0 < held[scarce] < 0.03 * len(officers)
    assert held["patrol"] > 0.5 * len(officers)


@pytest.mark.parametrize("size", [SMALL, Size()], ids=["small", "default"])
def test_every_command_role_has_a_holder_and_two_deputies_who_hold_no_other(size: Size) -> None:
    city = make_city(size)
    ranks: dict[tuple[str, str], list[int]] = defaultdict(list)
    unit_of = {person.code: person.unit for person in city.people}
    for post in city.appointments:
        ranks[post.role, post.unit].append(post.rank)
        assert unit_of[post.person] == post.unit
    assert all(sorted(held) == list(range(1 + DEPUTIES)) for held in ranks.values())
    assert len(ranks) == 18 + 8 + size.stations
    assert {role for role, _unit in ranks} == {row.code for row in ROLE_ROWS}
    assert max(Counter(post.person for post in city.appointments).values()) == 1


def test_somebody_is_in_two_teams_but_nobody_in_both_closed_ones(city: City) -> None:
    members = {team.code: set(team.members) for team in city.teams}
    counted = Counter(code for team in city.teams for code in team.members)
    assert max(counted.values()) >= 2
    assert not members[APART[0]] & members[APART[1]]
    assert not {post.person for post in city.appointments} & set(counted)


def test_twice_the_stations_and_officers_make_twice_the_bureau() -> None:
    one, two = make_city(SMALL), make_city(Size.of(960, 32))
    for kind in ("officer", "auxiliary"):
        count = [sum(person.kind == kind for person in city.people) for city in (one, two)]
        assert count[1] == 2 * count[0]
    assert len(one.sites) * 1.8 < len(two.sites) < len(one.sites) * 2.2
    assert len(one.areas) == len(two.areas)


@settings(max_examples=5, deadline=None)
@given(stations=st.integers(8, 300), more=st.integers(0, 2_000), seed=st.integers(0, 2**63 - 1))
def test_a_city_of_any_size_can_be_made(stations: int, more: int, seed: int) -> None:
    size = Size.of(max(240, 12 * stations) + more, stations, seed)
    city = make_city(size)
    assert sum(person.kind == "officer" for person in city.people) == size.officers
    assert sum(unit.kind == "station" for unit in city.units) == stations
    assert {site.kind for site in city.sites} == set(SITE_KINDS)
    assert all(row.quantity > 0 for row in city.stock)
    assert max(Counter((site.kind, site.name_en) for site in city.sites).values()) == 1


@pytest.mark.parametrize(
    ("officers", "stations", "seed", "named"),
    [
        (8_000, 7, 1, "7"),
        (8_000, 2_001, 1, "2001"),
        (1_000, 120, 1, "1000"),
        (100_001, 120, 1, "100001"),
        (8_000, 120, -1, "-1"),
    ],
)
def test_a_size_that_cannot_be_is_refused_with_its_bounds(officers: int, stations: int, seed: int, named: str) -> None:
    with pytest.raises(SizeInvalid) as refused:
        Size.of(officers, stations, seed)
    assert named in str(refused.value.where)
    assert "-" in str(refused.value.expected)


def test_no_area_bears_the_name_of_a_real_district_or_province(city: City, shared_data: Path) -> None:
    shapes = json.loads((shared_data / "places" / "city_districts_gcj02.geojson").read_text("utf-8"))
    real = {value for shape in shapes["features"] for value in shape["properties"].values() if isinstance(value, str)}
    with (shared_data / "places" / "provinces.csv").open(encoding="utf-8") as file:
        real |= {row["name"] for row in csv.DictReader(file)}
    assert len(real) > 30
    stems = {name.removesuffix(end) for name in real for end in ("区", "市", "省", "新区")}
    assert not {row.name_zh for row in city.areas} & real
    assert not {row.name_zh.removesuffix("社区").removesuffix("街道") for row in city.areas} & stems


def test_nobody_can_be_rung_up(city: City) -> None:
    phones = [person.phone for person in city.people]
    assert len(set(phones)) == len(phones)
    assert all(phone.startswith("154-0") and len(phone.replace("-", "")) == 11 for phone in phones)


@given(st.integers(0, 10_000), st.lists(st.floats(0.01, 100), min_size=1, max_size=40))
def test_parts_add_up_to_the_whole_and_follow_the_weights(total: int, weights: list[float]) -> None:
    parts = shares(total, weights)
    assert sum(parts) == total
    assert all(abs(part - total * weight / sum(weights)) < 1 for part, weight in zip(parts, weights, strict=True))
