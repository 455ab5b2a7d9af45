"""What happened, in lines of the log: one for a single thing, a sum for many of a kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from muster.engines.plan.effects import Effect, LevelSet, MeasureExpired, TaskLate
from muster.engines.plan.events import (
    Arose,
    Event,
    PlaceClosed,
    PlaceOpened,
    StoodDown,
    TaskAcknowledged,
    TaskBegun,
    TaskDone,
    TaskKey,
)
from muster.engines.plan.types import Plan, Text
from muster.kernel.organisation.choices import SiteKind
from muster.kernel.ui.wording import level_title
from muster.response.operations.models import LogEntry
from muster.response.operations.services.tasks_kept import TOLD, KeptTasks, Step
from muster.response.operations.services.texts import Log, PlaceNames
from muster.response.operations.words import ARISING

FEW: Final = 3  # as many of a kind are told one by one
KIND = LogEntry.Kind


def tell(log: Log, plan: Plan, steps: Sequence[Step], tasks: KeptTasks) -> None:
    """The lines of some steps of the engine."""
    events = [event for event, _effects in steps]
    effects = [effect for _event, effects in steps for effect in effects]
    named = Named(plan, _mentioned(events, effects))
    _levels(log, events, effects)
    _places(log, named, events)
    _arisings(log, events)
    _work(log, named, events, tasks)
    _late(log, named, [effect for effect in effects if isinstance(effect, TaskLate)])
    _expired(log, named, [effect for effect in effects if isinstance(effect, MeasureExpired)])


class Named:
    """Tasks and places as readers call them; `places` are the codes of all that may be asked for."""

    def __init__(self, plan: Plan, places: Iterable[str]) -> None:
        self.plan, self.place = plan, PlaceNames(places)

    def task(self, key: TaskKey) -> Text:
        """A task in words: clause, title, place."""
        title, place = self.plan.clause(key.clause).title, self.place[key.place]
        zh, en = (f"{key.clause} {title.in_language(language)}" for language in ("zh", "en"))
        return Text(f"{zh}（{place.zh}）", f"{en} ({place.en})") if key.place else Text(zh, en)


def _mentioned(events: Iterable[Event], effects: Iterable[Effect]) -> Iterator[str]:
    for event in events:
        if isinstance(event, PlaceOpened | PlaceClosed):
            yield event.place
        elif isinstance(event, TOLD):
            yield event.key.place
    for effect in effects:
        if isinstance(effect, MeasureExpired):
            yield effect.place
        elif isinstance(effect, TaskLate):
            yield effect.key.place


def _levels(log: Log, events: Iterable[Event], effects: Iterable[Effect]) -> None:
    for effect in effects:
        if isinstance(effect, LevelSet) and effect.level:
            log.add(KIND.LEVEL, _("%(level)s is in force."), effect.at, level=level_title(effect.level))
    for event in events:
        if isinstance(event, StoodDown):
            log.add(KIND.LEVEL, _("The operation is stood down."), event.at)


def _places(log: Log, named: Named, events: Iterable[Event]) -> None:
    moved: dict[tuple[type[Event], str], list[PlaceOpened | PlaceClosed]] = {}
    for event in events:
        if isinstance(event, PlaceOpened | PlaceClosed):
            moved.setdefault((type(event), event.kind), []).append(event)
    for (what, kind), found in moved.items():
        opened = what is PlaceOpened
        if len(found) <= FEW:
            line = _("%(kind)s %(place)s is open.") if opened else _("%(kind)s %(place)s is closed.")
            for event in found:
                log.add(KIND.PLACE, line, event.at, kind=SiteKind(kind).label, place=named.place[event.place])
        else:
            line = _("%(kind)s: %(count)s opened.") if opened else _("%(kind)s: %(count)s closed.")
            log.add(KIND.PLACE, line, found[-1].at, kind=SiteKind(kind).label, count=len(found))


def _arisings(log: Log, events: Iterable[Event]) -> None:
    arose: dict[str, list[Arose]] = {}
    for event in events:
        if isinstance(event, Arose):
            arose.setdefault(event.kind, []).append(event)
    for kind, found in arose.items():
        if len(found) <= FEW:
            for event in found:
                log.add(KIND.ARISING, _("%(kind)s %(ref)s came in."), event.at, kind=ARISING[kind], ref=event.ref)
        else:
            line = _("%(kind)s: %(count)s came in.")
            log.add(KIND.ARISING, line, found[-1].at, kind=ARISING[kind], count=len(found))


def _work(log: Log, named: Named, events: Sequence[Event], tasks: KeptTasks) -> None:
    counts = tasks.counts
    told = [event for event in events if isinstance(event, TOLD)]
    if len(told) <= FEW:
        for event in told:
            log.add(KIND.TASK, WORK[type(event)], event.at, task=named.task(event.key))
    else:
        line = _("Tasks: %(acknowledged)s acknowledged, %(begun)s begun, %(done)s done.")
        at = max(event.at for event in told)
        log.add(KIND.TASK, line, at, **{name: counts[name] for name in ("acknowledged", "begun", "done")})
    if counts["raised"] or counts["withdrawn"]:
        line = _("Tasks: %(raised)s raised, %(withdrawn)s withdrawn.")
        log.add(KIND.TASK, line, _last(events), raised=counts["raised"], withdrawn=counts["withdrawn"])


WORK: Final[dict[type, Any]] = {
    TaskAcknowledged: _("%(task)s: acknowledged."),
    TaskBegun: _("%(task)s: begun."),
    TaskDone: _("%(task)s: done."),
}


def _last(events: Sequence[Event]) -> datetime:
    return max(event.at for event in events)


def _late(log: Log, named: Named, late: Sequence[TaskLate]) -> None:
    clauses = Counter(effect.key.clause for effect in late)
    for clause, count in clauses.items():
        found = [effect for effect in late if effect.key.clause == clause]
        if count <= FEW:
            for effect in found:
                log.add(KIND.LATE, _("%(task)s: overdue."), effect.due_at, task=named.task(effect.key))
        else:
            line = _("%(task)s: %(count)s overdue.")
            log.add(KIND.LATE, line, max(e.due_at for e in found), task=named.task(TaskKey(clause)), count=count)


def _expired(log: Log, named: Named, expired: Sequence[MeasureExpired]) -> None:
    for effect in expired:
        line = _("%(task)s: the measure ran out without renewal and has ended.")
        log.add(KIND.MEASURE, line, effect.at, task=named.task(TaskKey(effect.clause, effect.place)))
