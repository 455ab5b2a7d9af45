"""When the engine recommends a level, and when it says that it cannot tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from muster.engines.plan import Plan
from muster.engines.plan.effects import Effect, LevelRecommended, LevelUnknown
from muster.engines.plan.events import Activated, IndicatorsSeen, LevelChanged, StoodDown, Value
from tests.engines.plan.fate import BEGIN, DAY, HOUR, Story, clause, level, plan_of

LEVELS = (
    level(1, "local_cases_7d >= 50 || province_level == 1", "local_cases_14d < 40", held_days=2),
    level(2, "local_cases_7d >= 10", "local_cases_14d < 8", held_days=3),
    level(3, "local_cases_7d >= 1", "local_cases_14d == 0", held_days=2),
)


def plan() -> Plan:
    return plan_of([clause("A")], LEVELS)


def at_level(number: int) -> Story:
    story = Story(plan())
    story.tell(Activated(BEGIN, number))
    return story


def look(story: Story, day: float, **values: Value) -> tuple[Effect, ...]:
    return story.tell(IndicatorsSeen(BEGIN + day * DAY, {"province_level": 4, **values}))


def advised(effects: Sequence[Effect]) -> list[tuple[int, str]]:
    return [(effect.level, effect.rule) for effect in effects if isinstance(effect, LevelRecommended)]


def test_before_activation_the_highest_level_whose_trigger_holds_is_recommended() -> None:
    effects = look(Story(plan()), 0, local_cases_7d=12, local_cases_14d=20)
    assert advised(effects) == [(2, "trigger:II")]
    assert effects[-1] == LevelRecommended(2, "trigger:II", {"local_cases_7d": 12})


def test_a_higher_level_is_recommended_at_every_look_until_it_is_set() -> None:
    story = at_level(3)
    for day in (0, 0.5, 1):
        assert advised(look(story, day, local_cases_7d=60, local_cases_14d=90)) == [(1, "trigger:I")]
    story.tell(LevelChanged(BEGIN + 2 * DAY, 1))
    assert advised(look(story, 2, local_cases_7d=60, local_cases_14d=90)) == []


def test_a_missing_figure_recommends_nothing_and_names_what_is_missing() -> None:
    effects = at_level(3).tell(IndicatorsSeen(BEGIN, {"province_level": 4}))
    assert effects == (LevelUnknown(1, ("local_cases_7d",)), LevelUnknown(2, ("local_cases_7d",)))


def test_a_level_that_is_called_for_is_recommended_though_a_higher_one_is_unknown() -> None:
    effects = at_level(3).tell(IndicatorsSeen(BEGIN, {"local_cases_7d": 12}))
    assert effects[0] == LevelUnknown(1, ("province_level",))
    assert advised(effects) == [(2, "trigger:II")]


def test_a_known_figure_decides_though_another_is_missing() -> None:
    assert advised(at_level(3).tell(IndicatorsSeen(BEGIN, {"province_level": 1}))) == [(1, "trigger:I")]


def test_a_stale_figure_is_unknown() -> None:
    story = at_level(3)
    old, fresh = BEGIN - 37 * HOUR, BEGIN - 36 * HOUR
    seen = {"local_cases_7d": 60, "province_level": 4}
    assert advised(story.tell(IndicatorsSeen(BEGIN, seen, {"local_cases_7d": old}))) == []
    assert advised(story.tell(IndicatorsSeen(BEGIN, seen, {"local_cases_7d": fresh}))) == [(1, "trigger:I")]


def test_a_word_that_is_no_indicator_and_a_figure_that_is_no_number_are_passed_over() -> None:
    effects = at_level(3).tell(IndicatorsSeen(BEGIN, {"local_cases_7d": float("nan"), "mood": 3, "province_level": 4}))
    assert effects == (LevelUnknown(1, ("local_cases_7d",)), LevelUnknown(2, ("local_cases_7d",)))


def test_a_lower_level_is_recommended_when_the_release_has_held_long_enough() -> None:
    story = at_level(2)
    calm = {"local_cases_7d": 2, "local_cases_14d": 5}
    assert [advised(look(story, day, **calm)) for day in (0, 1, 2)] == [[], [], [(3, "release:II")]]
    assert advised(look(story, 3, **calm)) == [(3, "release:II")]


def test_looking_often_on_one_day_is_one_day() -> None:
    story = at_level(2)
    looks = [look(story, hour / 24, local_cases_7d=2, local_cases_14d=5) for hour in range(12)]
    assert [advised(effects) for effects in looks] == [[]] * 12
    assert story.state.held_days == 1


def test_one_bad_look_spoils_its_day_and_the_row_begins_again() -> None:
    story = at_level(2)
    calm = {"local_cases_7d": 2, "local_cases_14d": 5}
    for day, cases in ((0, 5), (1, 5), (1.1, 9), (1.2, 5), (2, 5)):
        assert advised(look(story, day, local_cases_7d=2, local_cases_14d=cases)) == []
    assert advised(look(story, 3, **calm)) == []
    assert advised(look(story, 4, **calm)) == [(3, "release:II")]


def test_an_unknown_day_and_a_day_without_a_look_break_the_row() -> None:
    story = at_level(2)
    calm = {"local_cases_7d": 2, "local_cases_14d": 5}
    for day in (0, 1):
        look(story, day, **calm)
    look(story, 2, local_cases_7d=2)
    assert [advised(look(story, day, **calm)) for day in (3, 4)] == [[], []]
    assert [advised(look(story, day, **calm)) for day in (6, 7)] == [[], []], "day 5 was not looked at"
    assert advised(look(story, 8, **calm)) == [(3, "release:II")]


def test_a_day_does_not_count_while_the_trigger_of_the_present_level_holds() -> None:
    story = at_level(2)
    for day in range(6):
        assert advised(look(story, day, local_cases_7d=11, local_cases_14d=5)) == []


def test_going_up_comes_before_going_down() -> None:
    story = at_level(3)
    for day in range(3):
        effects = look(story, day, local_cases_7d=0, local_cases_14d=0, province_level=1)
        assert advised(effects) == [(1, "trigger:I")]


def test_the_way_down_is_one_level_at_a_time_and_ends_with_the_stand_down() -> None:
    story = at_level(1)
    seen: list[tuple[int, str]] = []
    for day in range(12):
        for number, rule in advised(look(story, day, local_cases_7d=0, local_cases_14d=0)):
            seen.append((day, rule))
            story.tell(LevelChanged(BEGIN + day * DAY, number) if number else StoodDown(BEGIN + day * DAY))
    assert seen == [(1, "release:I"), (4, "release:II"), (6, "release:III")]
    assert advised(look(story, 13, local_cases_7d=99, local_cases_14d=99)) == [], "the operation is over"


Look = tuple[int, int | None, int | None]
LOOKS = st.lists(
    st.tuples(st.integers(0, 2), st.none() | st.integers(0, 12), st.none() | st.integers(0, 12)), max_size=25
)


@given(LOOKS, st.integers(1, 4))
@settings(deadline=None)
def test_the_release_is_recommended_exactly_when_every_look_of_enough_days_in_a_row_held(
    looks: list[Look], held_days: int
) -> None:
    """Against a ledger of days kept beside it: no day missing, none with a look that was false or unknown."""
    levels = (level(1, "false"), level(2, "local_cases_7d >= 10", "local_cases_14d < 8", held_days), level(3))
    story = Story(plan_of([clause("A")], levels))
    story.tell(Activated(BEGIN, 2))
    good: dict[date, bool] = {}
    moment = BEGIN
    for days, cases_7d, cases_14d in looks:
        moment += days * DAY + timedelta(minutes=7)
        day = moment.astimezone(story.plan.zone).date()
        holds = cases_14d is not None and cases_14d < 8 and not (cases_7d is not None and cases_7d >= 10)
        good[day] = good.get(day, True) and holds
        given_values = {"local_cases_7d": cases_7d, "local_cases_14d": cases_14d}
        values = {name: value for name, value in given_values.items() if value is not None}
        wanted = all(good.get(day - back * timedelta(days=1), False) for back in range(held_days))
        assert advised(story.tell(IndicatorsSeen(moment, values))) == ([(3, "release:II")] if wanted else [])


@given(st.dictionaries(st.sampled_from(["local_cases_7d", "province_level"]), st.integers(0, 60)))
@settings(deadline=None)
def test_the_unknown_never_calls_for_a_level(values: dict[str, int]) -> None:
    """Whatever the missing figures were, a recommended level would have been called for."""
    advice = advised(Story(plan()).tell(IndicatorsSeen(BEGIN, values)))
    for cases in (0, 9, 10, 49, 50):
        for province in (1, 2):
            whole = {"local_cases_7d": cases, "province_level": province, **values}
            called = [n for n, _ in advised(Story(plan()).tell(IndicatorsSeen(BEGIN, whole)))]
            assert all(number >= min(called, default=9) for number, _rule in advice)
