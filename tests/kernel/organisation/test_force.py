"""How many people a unit has, and nobody counted twice."""

from __future__ import annotations

import pytest

from muster.kernel.organisation import queries, services
from muster.kernel.organisation.models import Person, PersonQualification
from muster.kernel.organisation.rows import PersonRow
from tests.kernel.organisation.town import DAY, HOUR, NOON, keeper

pytestmark = pytest.mark.usefixtures("a_town")


def test_a_person_with_two_qualifications_is_in_one_set_only() -> None:
    sets = queries.qualification_sets(NOON)
    assert sets["ST-001"] == {frozenset({"patrol", "checkpoint"}): 1, frozenset({"patrol"}): 1, frozenset(): 1}
    assert sum(sets["ST-001"].values()) == queries.headcount(NOON)["ST-001"]


def test_strength_counts_him_under_each_of_them() -> None:
    strength = queries.strength(NOON)
    assert strength["ST-001", "patrol"] == 2
    assert strength["ST-001", "checkpoint"] == 1
    assert ("ST-001", "command_duty") not in strength


def test_a_qualification_counts_only_while_it_is_in_force() -> None:
    held = PersonQualification.objects.filter(person__code="P0001", qualification__code="checkpoint")
    held.update(ends_at=NOON + DAY)
    assert queries.strength(NOON + DAY - HOUR)["ST-001", "checkpoint"] == 1
    assert ("ST-001", "checkpoint") not in queries.strength(NOON + DAY)
    assert ("ST-001", "checkpoint") not in queries.strength(NOON - HOUR)


def test_somebody_who_has_left_is_not_counted() -> None:
    Person.objects.filter(code="P0002").update(active=False)
    assert queries.headcount(NOON)["ST-001"] == 2


def test_volunteers_are_not_the_force() -> None:
    services.people_add(by=keeper(), rows=[PersonRow("V1", "volunteer", "周六", unit="ST-001")])
    assert queries.headcount(NOON)["ST-001"] == 3
    assert queries.headcount_by_kind(NOON)["ST-001", "volunteer"] == 1


def test_more_qualifications_than_bits_in_a_number_are_still_told_apart() -> None:
    from muster.kernel.organisation.rows import QualificationRow

    codes = [f"q{number:03d}" for number in range(130)]
    services.qualifications_add(by=keeper(), rows=[QualificationRow(code, code, code) for code in codes])
    services.people_add(
        by=keeper(), rows=[PersonRow("P9", "officer", "孙九", unit="ST-003", qualifications=(codes[0], codes[129]))]
    )
    assert queries.qualification_sets(NOON)["ST-003"] == {frozenset({codes[0], codes[129]}): 1}
