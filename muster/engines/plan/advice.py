"""What the indicators speak for. The engine recommends; people decide.

Up: the highest level above the present one whose trigger is true. Down, only where nothing speaks for going up: one
level at a time, when the release of the present level has held on `held_days` days in a row. A day counts when every
look on it found the release true and the present level's own trigger not true; an unknown look, or a day without one,
breaks the row.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, timedelta

from muster.engines.plan import words
from muster.engines.plan.conditions import usable
from muster.engines.plan.draft import Draft
from muster.engines.plan.effects import LevelRecommended, LevelUnknown
from muster.engines.plan.events import IndicatorsSeen, Value
from muster.engines.plan.state import ACTIVE, STOOD_DOWN
from muster.engines.plan.types import Level


def look(draft: Draft, event: IndicatorsSeen) -> None:
    """A look at the indicators: before activation any level may be recommended, after the stand-down nothing."""
    if draft.phase == STOOD_DOWN:
        return
    values = known(draft, event)
    called = _look_up(draft, values)
    present = next((level for level in draft.plan.levels if level.number == draft.level), None)
    if draft.phase != ACTIVE or present is None:
        return
    _count_day(draft, present, values)
    if not called and draft.held_days >= max(1, present.held_days):
        rule = f"release:{present.id}"
        draft.effects.append(LevelRecommended(_next_lower(draft), rule, present.release.seen(values)))


def known(draft: Draft, event: IndicatorsSeen) -> dict[str, Value]:
    """The values that can be used: known to the language, numbers, and no older than the plan allows."""
    oldest = draft.moment - draft.plan.fresh_for
    return {
        name: value
        for name, value in event.values.items()
        if name in words.INDICATORS
        and usable(value)
        and event.taken_at.get(name, draft.moment).astimezone(UTC) >= oldest
    }


def _look_up(draft: Draft, values: Mapping[str, Value]) -> bool:
    """Say the highest level called for above the present one, and each still higher for which it cannot be said."""
    for level in draft.plan.levels:
        if draft.level and level.number >= draft.level:
            break
        holds = level.trigger.holds(values)
        if holds:
            rule = f"trigger:{level.id}"
            draft.effects.append(LevelRecommended(level.number, rule, level.trigger.seen(values)))
            return True
        if holds is None:
            draft.effects.append(LevelUnknown(level.number, level.trigger.missing(values)))
    return False


def _count_day(draft: Draft, present: Level, values: Mapping[str, Value]) -> None:
    holds = present.release.holds(values) is True and present.trigger.holds(values) is not True
    day = draft.day()
    if draft.held_on == day:
        draft.held_days = draft.held_days if holds else 0
        return
    in_a_row = draft.held_on == day - timedelta(days=1)
    draft.held_days = (draft.held_days if in_a_row else 0) + 1 if holds else 0
    draft.held_on = day


def _next_lower(draft: Draft) -> int:
    lower = [level.number for level in draft.plan.levels if level.number > draft.level]
    return min(lower, default=words.NO_LEVEL)
