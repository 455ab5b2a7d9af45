"""What would change, shown before it is confirmed."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from muster.engines.plan import Plan, needs, people_in_a_shift, preview, step, supplies_a_day
from muster.engines.plan.events import Activated, LevelChanged, PlaceOpened, StoodDown, TaskKey
from tests.engines.plan.fate import BEGIN, HOUR, Story, raised, withdrawn

TODAY = date(2026, 3, 1)
UNITS = {"station": 120, "sub_bureau": 8}


def at_level(plan: Plan, level: int) -> Story:
    story = Story(plan)
    story.tell(Activated(BEGIN, level), *(PlaceOpened(BEGIN, "closed_community", place) for place in ("C1", "C2")))
    return story


def test_a_raised_level_shows_its_tasks_people_supplies_partners_and_posts(small_plan: Plan) -> None:
    story = at_level(small_plan, 3)
    shown = preview(small_plan, story.state, LevelChanged(BEGIN + HOUR, 2), day=TODAY, units=UNITS)
    assert (shown.level_before, shown.level_after) == (3, 2)
    assert shown.raised == tuple(
        TaskKey(*key)
        for key in (("C02",), ("K02", "C1"), ("K02", "C2"), ("K03", "C1"), ("K03", "C2"), ("II.R",), ("II.S",))
    )
    assert shown.withdrawn == (TaskKey("III.R"), TaskKey("III.S")), "another level is reviewed and reported"
    assert set(shown.kept) == {TaskKey("C01"), TaskKey("C03"), TaskKey("K09")}
    assert shown.people_before == {"command_duty": 12, "patrol": 720}
    assert shown.people_after == {"command_duty": 12, "community": 8, "patrol": 720}
    assert shown.supplies_after["coverall"] - shown.supplies_before.get("coverall", 0) == 24
    assert shown.partners_added == ("property_companies", "subdistricts")
    assert shown.posts_opened == (("K02", "C1"), ("K02", "C2"))


def test_a_lowered_level_shows_what_falls(small_plan: Plan) -> None:
    story = at_level(small_plan, 2)
    shown = preview(small_plan, story.state, LevelChanged(BEGIN + HOUR, 3), day=TODAY)
    assert TaskKey("K02", "C1") in shown.withdrawn
    assert shown.raised == (TaskKey("III.R"), TaskKey("III.S"), TaskKey("E01"))
    assert shown.partners_removed == ("property_companies", "subdistricts")
    assert shown.posts_closed == (("K02", "C1"), ("K02", "C2"))


def test_the_stand_down_frees_everybody(small_plan: Plan) -> None:
    shown = preview(small_plan, at_level(small_plan, 1).state, StoodDown(BEGIN + HOUR), day=TODAY)
    assert (shown.people_after, shown.supplies_after) == ({}, {})


@given(st.integers(1, 3), st.integers(1, 3))
@settings(deadline=None)
def test_a_preview_is_what_then_happens(small_plan: Plan, before: int, after: int) -> None:
    story = at_level(small_plan, before)
    event = LevelChanged(BEGIN + HOUR, after)
    shown = preview(small_plan, story.state, event, day=TODAY, units=UNITS)
    state, effects = step(small_plan, story.state, event)
    assert (list(shown.raised), list(shown.withdrawn)) == (raised(effects), withdrawn(effects))
    assert set(shown.kept) | set(shown.raised) == set(state.tasks)
    needed = needs(small_plan, state, day=TODAY)
    assert shown.people_after == people_in_a_shift(needed, UNITS)
    assert shown.supplies_after == supplies_a_day(needed, UNITS)
