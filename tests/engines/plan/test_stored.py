"""A state that is stored and read again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from muster.engines.plan import Plan, State, StateInvalid, start
from muster.engines.plan.events import Activated, Arose, IndicatorsSeen, PlaceOpened, TaskBegun, TaskDone, TaskKey
from tests.engines.plan.fate import BEGIN, HOUR, Story


@pytest.fixture
def lived(small_plan: Plan) -> State:
    story = Story(small_plan)
    story.tell(
        Activated(BEGIN, 2),
        PlaceOpened(BEGIN, "closed_community", "C1"),
        Arose(BEGIN, "transfer", "T1", "ST-1"),
        TaskDone(BEGIN + HOUR, TaskKey("C01")),
        TaskBegun(BEGIN + HOUR, TaskKey("C02")),
        IndicatorsSeen(BEGIN + HOUR, {"local_cases_14d": 0, "local_cases_7d": 0}),
    )
    return story.state


def test_a_state_survives_as_json(lived: State) -> None:
    assert lived.held_days == 1
    assert State.from_dict(json.loads(json.dumps(lived.to_dict()))) == lived


def test_nothing_stored_is_the_start() -> None:
    assert State.from_dict({}) == start()
    assert State.from_dict(start().to_dict()) == start()


@pytest.mark.parametrize(
    "change",
    [
        {"form": 99},
        {"phase": "asleep"},
        {"level": 9},
        {"tasks": [["C01"]]},
        {"tasks": [["C01", "", "", "lost", "2026-03-01T00:00:00", None, [], 0]]},
        {"now": "yesterday"},
        {"rounds": "many"},
        {"held": None},
    ],
)
def test_what_this_engine_never_stored_is_refused(lived: State, change: dict[str, Any]) -> None:
    with pytest.raises(StateInvalid):
        State.from_dict({**lived.to_dict(), **change})


def test_a_part_that_is_missing_is_refused(lived: State) -> None:
    for name in lived.to_dict():
        stored = lived.to_dict()
        del stored[name]
        with pytest.raises(StateInvalid):
            State.from_dict(stored)
