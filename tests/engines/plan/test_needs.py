"""People and supplies of a day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from muster.engines.plan import Needs, Plan, needs
from muster.engines.plan.events import (
    Activated,
    Arose,
    LevelChanged,
    PlaceClosed,
    PlaceOpened,
    StoodDown,
    TaskDone,
    TaskKey,
    TimePassed,
)
from muster.engines.plan.needs import PeopleDemand, SupplyDemand
from tests.engines.plan.fate import BEGIN, DAY, HOUR, Story

TODAY = date(2026, 3, 1)
TOMORROW = TODAY + timedelta(days=1)


def at_level(plan: Plan, level: int = 2) -> Story:
    story = Story(plan)
    story.tell(Activated(BEGIN, level))
    return story


def people(story: Story, clause: str, day: date = TODAY) -> list[PeopleDemand]:
    return [demand for demand in needs(story.plan, story.state, day=day).people if demand.clause == clause]


def supplies(story: Story, clause: str, day: date = TODAY) -> dict[str, float]:
    found: Needs = needs(story.plan, story.state, day=day)
    return {demand.item: demand.quantity for demand in found.supplies if demand.clause == clause}


def test_a_clause_done_once_needs_its_people_in_every_shift(small_plan: Plan) -> None:
    (headquarters,) = people(at_level(small_plan), "C01")
    assert headquarters == PeopleDemand("C01", "", "command_duty", per_shift=12, shifts=3, source="unit:CMD")
    assert headquarters.officer_shifts == 36


def test_people_stay_as_long_as_the_clause_stands_though_its_task_is_done(small_plan: Plan) -> None:
    story = at_level(small_plan)
    story.tell(TaskDone(BEGIN + HOUR, TaskKey("C01")))
    assert people(story, "C01", TOMORROW)
    story.tell(StoodDown(BEGIN + DAY))
    assert people(story, "C01", TOMORROW) == []


def test_each_open_place_needs_its_own_people(small_plan: Plan) -> None:
    story = at_level(small_plan)
    assert people(story, "K02") == []
    story.tell(*(PlaceOpened(BEGIN, "closed_community", place) for place in ("C1", "C2")))
    assert [(demand.place, demand.source) for demand in people(story, "K02")] == [("C1", "place"), ("C2", "place")]
    story.tell(PlaceClosed(BEGIN, "closed_community", "C1"))
    assert [demand.place for demand in people(story, "K02")] == ["C2"]
    story.tell(LevelChanged(BEGIN, 3))
    assert people(story, "K02") == []


def test_a_measure_that_ran_out_needs_nobody(small_plan: Plan) -> None:
    story = at_level(small_plan)
    story.tell(PlaceOpened(BEGIN, "closed_community", "C1"))
    for key in (TaskKey("C01"), TaskKey("C02"), TaskKey("K02", "C1")):
        story.tell(TaskDone(BEGIN, key))
    story.tell(TimePassed(BEGIN + 14 * DAY))
    assert people(story, "K02", TODAY + timedelta(days=14)) == []


def test_one_crew_deals_with_as_many_requests_as_it_can_handle(small_plan: Plan) -> None:
    story = at_level(small_plan)
    assert people(story, "K05") == []
    for count, crews in ((1, 1), (4, 1), (5, 2), (9, 3)):
        story.tell(*(Arose(BEGIN, "transfer", f"T{number}") for number in range(count)))
        (escort,) = people(story, "K05")
        assert escort.per_shift == 2 * crews, "a crew of two handles four transfers a day"


def test_requests_of_one_place_are_that_places_load(small_plan: Plan) -> None:
    story = at_level(small_plan)
    story.tell(*(Arose(BEGIN, "verification_list", f"L{number}", f"ST-{number % 2}") for number in range(5)))
    assert [(demand.place, demand.per_shift) for demand in people(story, "D02")] == [("ST-0", 15), ("ST-1", 10)]


def test_a_day_to_come_is_expected_to_be_like_the_last_one_with_requests(small_plan: Plan) -> None:
    story = at_level(small_plan)
    story.tell(*(Arose(BEGIN, "transfer", f"T{number}") for number in range(9)))
    assert people(story, "K05", TOMORROW)[0].per_shift == 6
    story.tell(TimePassed(BEGIN + DAY))
    assert people(story, "K05", TOMORROW) == [], "the day has come and brought none so far"
    story.tell(Arose(BEGIN + DAY, "transfer", "T9"))
    assert people(story, "K05", TOMORROW + timedelta(days=1))[0].per_shift == 2
    assert people(story, "K05", TODAY)[0].per_shift == 6, "what was is still known"


def test_each_station_needs_its_own_and_the_caller_knows_the_stations(small_plan: Plan) -> None:
    story = at_level(small_plan)
    assert people(story, "K09") == [PeopleDemand("K09", "", "patrol", 6, 3, "each:station")]
    masks = [one for one in needs(small_plan, story.state, day=TODAY).supplies if one.clause == "K09"]
    assert SupplyDemand("K09", "", "surgical_mask", 36.0, "each:station") in masks


def test_supplies_go_by_officer_shift_by_day_and_by_event(small_plan: Plan) -> None:
    story = at_level(small_plan)
    story.tell(PlaceOpened(BEGIN, "closed_community", "C1"), *(Arose(BEGIN, "transfer", f"T{n}") for n in range(5)))
    assert supplies(story, "C01") == {"meal": 36}
    assert supplies(story, "K02") == {"kn95": 24, "coverall": 12, "goggles": 2.4, "disinfectant_ml": 500}
    assert supplies(story, "K05") == {"kn95": 8, "coverall": 4, "goggles": 0.8, "rapid_test": 10}


def test_nothing_is_needed_before_activation(small_plan: Plan) -> None:
    assert needs(small_plan, Story(small_plan).state, day=TODAY) == Needs((), ())


@given(open_places=st.integers(0, 8), requests=st.integers(0, 30), level=st.integers(1, 3))
@settings(deadline=None)
def test_needs_are_the_sum_of_what_stands(small_plan: Plan, open_places: int, requests: int, level: int) -> None:
    story = at_level(small_plan, level)
    story.tell(*(PlaceOpened(BEGIN, "closed_community", f"C{number}") for number in range(open_places)))
    story.tell(*(Arose(BEGIN, "transfer", f"T{number}") for number in range(requests)))
    shifts = sum(demand.officer_shifts for demand in needs(small_plan, story.state, day=TODAY).people)
    assert shifts == 36 + 18 + (open_places * 12 if level <= 2 else 0) + 2 * -(-requests // 4)
