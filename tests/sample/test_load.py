"""S City goes through the services into an empty database: all of it or nothing."""

from __future__ import annotations

import json

import pytest
from django.conf import LazySettings

from muster import cli
from muster.kernel.audit.models import Leaf
from muster.kernel.organisation import queries as organisation
from muster.kernel.organisation.models import Area, Person, Unit
from muster.kernel.organisation.queries.pages import role_lines
from muster.preparedness.logistics import queries as logistics
from muster.preparedness.logistics.models import StockEntry
from muster.sample import city as city_module
from muster.sample.city import MADE_AT, city_load
from muster.sample.presence import CityPresent, NotInProduction
from tests.sample.conftest import SMALL, silent

FEBRUARY = MADE_AT.replace(year=2020, month=2)


def test_what_is_counted_is_what_is_there(small_city: dict[str, int]) -> None:
    assert small_city["officers"] == Person.objects.filter(kind="officer").count() == SMALL.officers
    assert small_city["units"] == Unit.objects.count()
    assert small_city["areas"] == Area.objects.count()
    assert small_city["stock_lots"] == StockEntry.objects.count()


def test_every_part_came_through_a_command_and_has_its_leaf(small_city: dict[str, int]) -> None:
    actions = set(Leaf.objects.values_list("action", flat=True))
    assert {"organisation.people_add", "organisation.sites_add", "logistics.stock_receive"} <= actions


def test_its_people_serve_and_its_roles_are_held_when_the_wave_comes(small_city: dict[str, int]) -> None:
    assert sum(organisation.headcount(FEBRUARY).values()) == SMALL.officers + SMALL.auxiliaries
    assert list(role_lines(FEBRUARY, incomplete=True)) == []


def test_each_sub_bureau_has_a_store_with_respirators_but_less_than_the_reserve(small_city: dict[str, int]) -> None:
    held = logistics.usable_balances(as_of=FEBRUARY)
    stores = logistics.stores_of_units()
    for unit in organisation.children_of("PSB"):
        if unit.kind == "sub_bureau":
            assert held[stores[unit.code], "kn95"] > 0
    assert held[logistics.central_store(), "surgical_mask"] > 0


def test_a_second_city_is_refused_and_changes_nothing(small_city: dict[str, int]) -> None:
    leaves = Leaf.objects.count()
    with pytest.raises(CityPresent):
        city_load(size=SMALL, progress=silent)
    assert Leaf.objects.count() == leaves


@pytest.mark.django_db
def test_a_load_that_breaks_half_way_leaves_an_empty_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_city: object) -> dict[str, int]:
        raise RuntimeError("the power fails")

    monkeypatch.setattr(city_module, "_load_stock", breaks)
    with pytest.raises(RuntimeError, match="power"):
        city_load(size=SMALL, progress=silent)
    assert not Person.objects.exists()
    assert not Area.objects.exists()
    assert not Leaf.objects.exists()


@pytest.mark.django_db
def test_invented_people_are_not_for_production(settings: LazySettings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(NotInProduction):
        city_load(size=SMALL, progress=silent)
    assert not Area.objects.exists()


@pytest.mark.django_db
def test_the_command_prints_one_json_document_and_refuses_a_second_load_with_2(
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ["sample", "load", "s-city", "--officers", "480", "--stations", "16", "--json"]
    assert cli.main(arguments) == 0
    shown = capsys.readouterr()
    counts = json.loads(shown.out)
    assert counts["officers"] == 480
    assert "..." in shown.err
    assert cli.main(arguments) == 2
    again = capsys.readouterr()
    assert again.out == ""
    assert "SCITY" in again.err
    assert len(again.err.strip().splitlines()) == 1


@pytest.mark.django_db
def test_a_size_that_cannot_be_is_one_line_and_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sample", "load", "s-city", "--officers", "10"]) == 2
    shown = capsys.readouterr()
    assert len(shown.err.strip().splitlines()) == 1
    assert "10" in shown.err
