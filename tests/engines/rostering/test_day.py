"""Nobody is counted twice, what comes first is filled first, and as much is filled as can be."""

from __future__ import annotations

from itertools import product
from random import Random
from time import perf_counter

from hypothesis import given, settings
from hypothesis import strategies as st

from muster.engines.rostering import Assignment, Demand, Pool, assign

UNITS = ("A", "B")
SKILLS = ("patrol", "guard", "escort")

pools = st.lists(
    st.builds(Pool, st.sampled_from(UNITS), st.frozensets(st.sampled_from(SKILLS)), st.integers(0, 2)), max_size=4
)
demands = st.lists(
    st.builds(
        Demand,
        st.sampled_from([("A",), ("B",), ("A", "B"), ()]),
        st.sampled_from(SKILLS),
        st.integers(0, 3),
        st.integers(0, 2),
    ),
    max_size=4,
)


def serves(pool: Pool, demand: Demand) -> bool:
    return demand.qualification in pool.holds and (not demand.units or pool.unit in demand.units)


def every_way(people: list[Pool], wanted: list[Demand]) -> set[tuple[int, ...]]:
    """What can be filled at all, found by putting each single person everywhere he may go."""
    persons = [pool for pool in people for _ in range(pool.people)]
    choices = [[None, *(n for n, each in enumerate(wanted) if serves(pool, each))] for pool in persons]
    ways = set()
    for places in product(*choices):
        filled = tuple(sum(place == n for place in places) for n in range(len(wanted)))
        if all(count <= each.people for count, each in zip(filled, wanted, strict=True)):
            ways.add(filled)
    return ways


def by_rank(filled: tuple[int, ...], wanted: list[Demand]) -> tuple[int, ...]:
    return tuple(sum(n for n, each in zip(filled, wanted, strict=True) if each.rank == rank) for rank in range(3))


@given(pools, demands)
@settings(max_examples=300, deadline=None)
def test_no_way_of_placing_every_person_fills_more(people: list[Pool], wanted: list[Demand]) -> None:
    found = assign(people, wanted)
    ways = every_way(people, wanted)
    assert found.filled in ways
    assert by_rank(found.filled, wanted) == max(by_rank(way, wanted) for way in ways)


@given(pools, demands)
@settings(deadline=None)
def test_nobody_is_counted_twice(people: list[Pool], wanted: list[Demand]) -> None:
    found = assign(people, wanted)
    assert all(0 <= used <= pool.people for used, pool in zip(found.used, people, strict=True))
    assert sum(found.used) == sum(found.filled)


@given(pools, demands)
@settings(deadline=None)
def test_the_same_day_is_filled_the_same_way(people: list[Pool], wanted: list[Demand]) -> None:
    assert assign(people, wanted) == assign(list(people), list(wanted))


def test_a_person_with_two_qualifications_goes_where_nobody_else_can() -> None:
    people = [Pool("A", frozenset({"patrol", "guard"}), 1), Pool("A", frozenset({"patrol"}), 1)]
    wanted = [Demand(("A",), "patrol", 1), Demand(("A",), "guard", 1)]
    assert assign(people, wanted).filled == (1, 1)


def test_the_whole_force_takes_only_what_the_units_leave() -> None:
    people = [Pool("A", frozenset({"patrol"}), 3)]
    wanted = [Demand((), "patrol", 3, rank=1), Demand(("A",), "patrol", 2, rank=0)]
    assert assign(people, wanted).filled == (1, 2)


def test_without_people_or_demands_nothing_is_filled() -> None:
    assert assign([], [Demand((), "patrol", 1)]) == Assignment((0,), ())
    assert assign([Pool("A", frozenset(), 1)], []) == Assignment((), (0,))


def test_a_day_of_a_large_bureau_takes_a_moment() -> None:
    chance = Random(7)
    skills = [f"skill-{number}" for number in range(20)]
    units = [f"unit-{number}" for number in range(140)]
    people = [
        Pool(unit, frozenset(chance.sample(skills, chance.randint(1, 4))), chance.randint(1, 6))
        for unit in units
        for _ in range(25)
    ]
    wanted = [Demand((unit,), skill, chance.randint(0, 4)) for unit in units for skill in skills]
    wanted += [Demand((), skill, 40, rank=1) for skill in skills]
    taken = []
    for _ in range(5):
        begun = perf_counter()
        assign(people, wanted)
        taken.append(perf_counter() - begun)
    assert min(taken) < 0.05
