"""People who are appointed, lent, moved and leave; units and teams that close; boundaries that are set."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from muster.kernel import clock
from muster.kernel.commands import NotPermitted
from muster.kernel.organisation import jobs, queries, services
from muster.kernel.organisation.boundaries import BoundaryRow, boundaries_in
from muster.kernel.organisation.errors import (
    AppointmentInvalid,
    BoundaryInvalid,
    SecondmentInvalid,
    TransferRefused,
    UnitInUse,
)
from muster.kernel.organisation.models import Appointment, Area, ImportPreview, Site, Unit
from muster.kernel.organisation.rows import AreaRow, PartnerRow, PersonRow, TeamRow, UnitRow
from muster.kernel.organisation.seals import fresh_key
from tests.kernel.organisation.town import DAY, HOUR, NOON, keeper, stranger

pytestmark = pytest.mark.usefixtures("a_town")


def fill(*people: str, role: str = "R-CHIEF", unit: str = "PSB", at: datetime = NOON) -> int:
    return services.role_fill(by=keeper(at), role=role, unit=unit, people=people)


def held(at: datetime, role: str = "R-CHIEF") -> list[tuple[str, int]]:
    return [(holder.person, holder.rank) for holder in queries.role_holders(role, None, at)]


def test_the_first_holds_a_role_and_the_others_deputise_in_order() -> None:
    fill("P0005", "P0001", "P0004")
    assert held(NOON) == [("P0005", 0), ("P0001", 1), ("P0004", 2)]


def test_a_new_order_changes_only_what_differs_and_the_old_one_is_still_told() -> None:
    fill("P0005", "P0001", "P0004")
    assert fill("P0005", "P0004", at=NOON + DAY) == 1
    assert held(NOON + DAY) == [("P0005", 0), ("P0004", 1)]
    assert held(NOON + HOUR) == [("P0005", 0), ("P0001", 1), ("P0004", 2)]
    fill(at=NOON + 2 * DAY)
    assert held(NOON + 2 * DAY) == []


def test_an_appointment_ends_and_the_ranks_of_the_others_stay() -> None:
    fill("P0005", "P0001", "P0004")
    row = Appointment.objects.get(person__code="P0001")
    assert services.appointments_end(by=keeper(NOON + DAY), appointments=[row]) == 1
    assert held(NOON + DAY) == [("P0005", 0), ("P0004", 2)]


@pytest.mark.parametrize(
    ("people", "role", "unit"),
    [
        (("P0001", "P0001"), "R-CHIEF", "PSB"),
        (("P0001",), "R-CHIEF", "ST-001"),
        (("P0001",), "R-STATION", "SB-NORTH"),
    ],
)
def test_a_role_is_held_once_by_each_and_where_it_stands(people: tuple[str, ...], role: str, unit: str) -> None:
    with pytest.raises(AppointmentInvalid):
        fill(*people, role=role, unit=unit)


def test_who_has_left_holds_nothing() -> None:
    fill("P0005", "P0001")
    assert services.people_leave(by=keeper(NOON + HOUR), people=["P0005"]) == {"roles_ended": 1, "loans_ended": 0}
    assert held(NOON + HOUR) == [("P0001", 1)]
    with pytest.raises(AppointmentInvalid, match="P0005"):
        fill("P0005", at=NOON + DAY)


def test_one_person_may_be_in_several_teams_and_lent_to_one_unit() -> None:
    for code in ("T-1", "T-2"):
        services.teams_add(by=keeper(), rows=[TeamRow(code, "专班", "Team", "PSB")])
        assert services.secondments_start(by=keeper(), people=["P0001"], team=code) == 1
    services.secondments_start(by=keeper(), people=["P0001"], unit="ST-002")
    services.secondments_start(by=keeper(NOON + HOUR), people=["P0001"], unit="ST-003")
    person = queries.person("P0001", NOON + HOUR)
    assert person is not None
    assert set(person.lent_to) == {"T-1", "T-2", "ST-003"}
    assert queries.headcount(NOON + HOUR)["ST-003"] == 1
    assert services.secondments_start(by=keeper(NOON + HOUR), people=["P0001"], unit="ST-003") == 0
    assert services.secondments_end(by=keeper(NOON + DAY), people=["P0001"], unit="ST-003") == 1
    assert services.team_close(by=keeper(NOON + DAY), team="T-1") == 1
    assert [team.team.code for team in queries.teams(NOON + DAY)] == ["T-2"]


def test_nobody_is_lent_to_nowhere_to_two_places_or_to_his_own_unit() -> None:
    for place in ({}, {"team": "T", "unit": "ST-002"}, {"unit": "ST-001"}):
        with pytest.raises(SecondmentInvalid):
            services.secondments_start(by=keeper(), people=["P0001"], **place)


def test_a_transfer_ends_the_loan_to_the_new_unit_and_the_role_at_the_old_one() -> None:
    fill("P0001", role="R-STATION", unit="ST-001")
    services.secondments_start(by=keeper(), people=["P0001"], unit="ST-002")
    ended = services.person_transfer(by=keeper(NOON + HOUR), person="P0001", unit="ST-002")
    assert ended == {"roles_ended": 1, "loans_ended": 1}
    assert queries.headcount(NOON + HOUR)["ST-002"] == 2


def test_a_liaison_belongs_to_his_partner_and_is_not_transferred() -> None:
    services.partners_add(by=keeper(), rows=[PartnerRow("HEALTH", "department", "卫健委", "Health Commission")])
    services.people_add(by=keeper(), rows=[PersonRow("L1", "liaison", "周", partner="HEALTH")])
    with pytest.raises(TransferRefused):
        services.person_transfer(by=keeper(), person="L1", unit="ST-001")


def test_a_unit_closes_only_when_nothing_is_left_in_it() -> None:
    with pytest.raises(UnitInUse, match=r"ST-001.*3"):
        services.unit_close(by=keeper(), unit="ST-001")
    services.units_add(by=keeper(), rows=[UnitRow("ST-009", "station", "九所", "Station 9", parent="SB-NORTH")])
    services.unit_close(by=keeper(), unit="ST-009")
    assert not Unit.objects.get(code="ST-009").is_active
    with pytest.raises(UnitInUse):
        services.person_transfer(by=keeper(), person="P0001", unit="ST-009")


def test_facts_of_a_site_are_changed_one_by_one() -> None:
    services.site_set(by=keeper(), site="CP-01", is_standing=True)
    services.site_set(by=keeper(), site="CP-01", capacity=40)
    site = Site.objects.get(code="CP-01")
    assert (site.is_standing, site.capacity, site.is_active) == (True, 40, True)


def test_a_stranger_changes_nothing() -> None:
    with pytest.raises(NotPermitted):
        services.role_fill(by=stranger(), role="R-CHIEF", unit="PSB", people=["P0001"])
    with pytest.raises(NotPermitted):
        services.people_leave(by=stranger(), people=["P0001"])


SQUARE = {
    "type": "Polygon",
    "coordinates": [[[120.0, 30.0], [120.0, 30.2], [120.2, 30.2], [120.2, 30.0], [120.0, 30.0]]],
}


def test_a_boundary_is_stored_against_the_clock_with_its_label_inside() -> None:
    assert services.area_boundaries_set(by=keeper(), rows=[BoundaryRow("D-NORTH", SQUARE)]) == 1
    area = Area.objects.get(code="D-NORTH")
    ring = area.boundary["coordinates"][0]
    assert ring[1] == [120.2, 30.0]
    assert 120.0 < area.lon < 120.2
    assert 30.0 < area.lat < 30.2


@pytest.mark.parametrize(
    ("geometry", "told"),
    [
        ({"type": "Point", "coordinates": [120, 30]}, "Polygon"),
        ({}, "Polygon"),
        ({"type": "Polygon", "coordinates": [[[120, 30], [121, 30], [121, 31], [120, 31]]]}, r"1\.1\.4"),
        ({"type": "Polygon", "coordinates": [[[30, 120], [31, 120], [31, 121], [30, 120]]]}, r"1\.1\.1"),
        ({"type": "Polygon", "coordinates": [[["x", 30], [121, 30], [121, 31], ["x", 30]]]}, "D-NORTH"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 2], [1, -1], [0, 2], [0, 0]]]}, r"1\.1\."),
    ],
)
def test_what_is_no_boundary_is_refused_and_no_other_is_set(geometry: dict[str, object], told: str) -> None:
    rows = [BoundaryRow("D-SOUTH", SQUARE), BoundaryRow("D-NORTH", geometry)]
    with pytest.raises(BoundaryInvalid, match=told):
        services.area_boundaries_set(by=keeper(), rows=rows)
    assert Area.objects.get(code="D-SOUTH").boundary is None


def test_the_districts_of_a_real_city_are_set_from_its_own_map(shared_data: Path) -> None:
    content = (shared_data / "places" / "city_districts_gcj02.geojson").read_bytes()
    features = json.loads(content)["features"]
    services.areas_add(
        by=keeper(),
        rows=[
            AreaRow(f"D-{n}", "district", one["properties"]["name"], f"District {n}", 114.0, 22.5, parent="CITY")
            for n, one in enumerate(features)
        ],
    )
    rows = boundaries_in(content, file_name="city.geojson", datum="gcj02")
    assert services.area_boundaries_set(by=keeper(), rows=rows) == len(features)
    stored = Area.objects.get(code="D-0").boundary["coordinates"]
    given = features[0]["geometry"]["coordinates"]
    first, drawn = sorted(stored[0])[0], sorted(given[0])[0]
    assert 0.003 < drawn[0] - first[0] < 0.007, "some five hundred metres to the west of the drawn place"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"features": 1}', b'{"features": [1]}', b"[" * 100_000])
def test_a_file_that_is_no_geojson_is_refused(content: bytes) -> None:
    with pytest.raises(BoundaryInvalid):
        boundaries_in(content, file_name="a.geojson", datum="wgs84")


def test_a_feature_of_no_area_is_named() -> None:
    content = json.dumps({"features": [{"properties": {"name": "Atlantis"}, "geometry": SQUARE}]}).encode()
    with pytest.raises(BoundaryInvalid, match=r"a\.geojson: 1 \(Atlantis\)"):
        boundaries_in(content, file_name="a.geojson", datum="wgs84")


def test_the_worker_erases_files_that_nobody_confirmed() -> None:
    services.import_prepare(
        by=keeper(), kind="people", content=b"code,unit\nP0001,ST-002\n", file_name="a.csv", key=fresh_key()
    )
    with clock.frozen(NOON + 30 * (HOUR / 60)):
        assert jobs.forget_if_due() == 0
    with clock.frozen(NOON + 2 * HOUR):
        assert jobs.forget_if_due() == 1
        assert jobs.forget_if_due() == 0
    assert ImportPreview.objects.get().sealed is None
