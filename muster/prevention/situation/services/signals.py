"""Signals: looking at the rules once a day, and deciding on what they saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from muster.engines.epidemic import crosses, jumps
from muster.kernel.commands import Actor, announce, command, record
from muster.prevention.situation.errors import ReasonMissing, SignalDecided
from muster.prevention.situation.knowledge import day_end
from muster.prevention.situation.models import LIVE, Comparison, Signal, SignalDecision, SignalRule, SignalState
from muster.prevention.situation.permits import decides_signals, evaluates_signals
from muster.prevention.situation.queries.indicators import Indicators, Knowledge
from muster.prevention.situation.queries.rules import rules_in_force
from muster.prevention.situation.queries.series import History, Place, places
from muster.prevention.situation.services.counts import topic

SAME_RUN: Final = timedelta(days=60)  # a rule that has held since a signal this far back is not raised again
WAITING: Final = frozenset({SignalState.OPEN, SignalState.LOOKED_AT})


@dataclass(frozen=True, slots=True)
class Sight:
    """What a rule saw in an area."""

    rule: SignalRule
    place: Place
    value: float
    expected: float | None = None


@command("situation.signals_evaluate", policy=evaluates_signals)
def signals_evaluate(*, by: Actor, day: date, feed: str = LIVE) -> list[Signal]:
    """Look at every rule that is in force by now for a day, as far as that day is known by now.

    A signal is raised when an indicator crosses its threshold, and not again on the days that it stays there; for a
    jump that looks like a late report, on the day of the jump. Unknown figures cross nothing. At most one signal for a
    rule, an area and a day, however often this is called. Returns the signals of the day.
    """
    rules = [rule for rule in rules_in_force(by.now) if rule.is_active]
    seen = list(_seen(feed, rules, day, by.now))
    there = set(Signal.objects.filter(feed=feed, day=day).values_list("rule_id", "area_id"))
    fresh = [sight for sight in seen if (sight.rule.pk, sight.place.pk) not in there]
    raised = Signal.objects.bulk_create([_signal(sight, day, feed, by.now) for sight in fresh])
    if raised:
        announce(topic(feed), {"signals": len(raised)})
    record(feed=feed, day=day, raised=len(raised))
    return list(Signal.objects.filter(feed=feed, day=day).order_by("pk"))


def _seen(feed: str, rules: Sequence[SignalRule], day: date, as_of: datetime) -> Iterator[Sight]:
    """What the rules see in the areas of their kind."""
    wanted = places(kind__in={rule.area_kind for rule in rules})
    known, runs = Knowledge(feed, wanted, as_of), _runs(feed, day)
    for place in wanted:
        mine = [rule for rule in rules if rule.area_kind == place.kind]
        late = [rule for rule in mine if rule.comparison == Comparison.LATE_REPORT]
        yield from _late(known.histories[place.code], late, day, as_of)
        now = known.indicators_of_day(place.code, day, as_of)
        holding = [rule for rule in mine if rule not in late and _holds(rule, now, day)]
        if any((rule.pk, place.pk) in runs for rule in holding):
            before = known.indicators_of_day(place.code, day - timedelta(days=1), as_of)
            holding = [rule for rule in holding if (rule.pk, place.pk) not in runs or not _holds(rule, before, day)]
        yield from (Sight(rule, place, float(now.values[rule.indicator])) for rule in holding)


def _holds(rule: SignalRule, seen: Indicators, day: date) -> bool:
    """Whether the rule holds; figures of counts that are days old are not of this day."""
    value = seen.values.get(rule.indicator)
    when = seen.taken_at.get(rule.indicator)
    if value is None or when is None or when < day_end(day - timedelta(days=3)):
        return False
    return crosses(float(value), rule.comparison, rule.threshold) is True


def _runs(feed: str, day: date) -> set[tuple[int, int]]:
    """Rules and areas with a signal before the day that may still be running."""
    recent = Signal.objects.filter(feed=feed, day__lt=day, day__gte=day - SAME_RUN)
    return set(recent.values_list("rule_id", "area_id"))


def _late(history: History, rules: Sequence[SignalRule], day: date, as_of: datetime) -> Iterator[Sight]:
    """A jump on the day that looks like a late report."""
    if not rules or history.first is None or history.first > day:
        return
    counts = history.known([as_of], history.first, day).values[0]
    for jump in jumps(counts.tolist()):
        if jump.day == counts.size - 1:
            yield from (Sight(rule, history.place, jump.reported, jump.expected) for rule in rules)


def _signal(sight: Sight, day: date, feed: str, now: datetime) -> Signal:
    figures = {"value": _shown(sight.value), "threshold": _shown(sight.rule.threshold)}
    values: dict[str, Any] = {
        "indicator": sight.rule.indicator,
        "value": sight.value,
        "threshold": sight.rule.threshold,
    }
    if sight.expected is not None:
        figures["expected"], values["expected"] = _shown(round(sight.expected)), round(sight.expected, 1)
    return Signal(
        feed=feed,
        rule=sight.rule,
        area_id=sight.place.pk,
        day=day,
        raised_at=now,
        values=values,
        text_zh=_filled(sight.rule.text_zh, figures),
        text_en=_filled(sight.rule.text_en, figures),
    )


def _shown(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _filled(text: str, figures: dict[str, str]) -> str:
    """The rule's text with its figures; braces of other names stay as they are: texts are the bureau's own."""
    for name, figure in figures.items():
        text = text.replace(f"{{{name}}}", figure)
    return text[:600]


@command("situation.signal_move", policy=decides_signals)
def signal_move(*, by: Actor, signal: Signal, state: str, reason: str = "") -> Signal:
    """Say that a signal was looked at, dismiss it with a reason, or close it.

    Raises SignalDecided if it is dismissed or closed already, ReasonMissing for a dismissal without a reason.
    """
    signal = Signal.objects.select_for_update().get(pk=signal.pk)
    if signal.state not in WAITING or state not in SignalState.values or state == signal.state:
        raise SignalDecided(
            what=_("This signal cannot be moved there."),
            where=f"{signal.rule.code} {signal.day}",
            expected=_("a signal that waits, and a new state"),
            mend=_("Reload the page: somebody may have decided already."),
        )
    if state == SignalState.DISMISSED and not reason.strip():
        raise ReasonMissing(
            what=_("A dismissed signal needs a reason."), mend=_("Say why it means nothing, in one sentence.")
        )
    SignalDecision.objects.create(
        signal=signal,
        before=signal.state,
        after=state,
        reason=reason.strip()[:1000],
        decided_at=by.now,
        decided_by=by.principal,
    )
    signal.state = state
    signal.save(update_fields=["state"])
    record(signal=signal.pk, state=state)
    announce(topic(signal.feed), {"signal": signal.pk})
    return signal
