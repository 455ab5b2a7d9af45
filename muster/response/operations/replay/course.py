"""One operation of a replay: its places, its tasks and what is due next, driven through the same services."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from muster.engines.plan.effects import Effect, MeasureExpired, TaskReleased
from muster.engines.plan.events import Arose, Event, PlaceClosed, PlaceOpened, TaskKey, TimePassed
from muster.kernel.commands import Actor
from muster.kernel.organisation.models import Site
from muster.response.operations.models import Arising, Operation, PlaceOpening
from muster.response.operations.replay.agenda import Agenda
from muster.response.operations.replay.chance import Chance
from muster.response.operations.replay.epidemic import at
from muster.response.operations.replay.needed import Spot
from muster.response.operations.replay.pace import Pace
from muster.response.operations.replay.rules import Rules
from muster.response.operations.services.follow import Course

HOURS: Final = 24
RENEWED: Final = timedelta(minutes=5)


class Run:
    """An operation while it is played. What it has taken is kept with `store`, before anybody else looks at it."""

    def __init__(self, operation: Operation, by: Actor, rules: Rules, chance: Chance) -> None:
        self.operation, self.by, self.rules = operation, by, rules
        self.agenda = Agenda()
        self.course = Course(operation, by)
        self.pace = Pace(self.course.plan, rules.work, chance)
        self.expired: list[Spot] = []
        self.arisen: list[Arose] = []
        self.counts: Counter[str] = Counter()

    @property
    def opened(self) -> dict[str, list[str]]:
        """Codes of the places that are open, by kind."""
        return {kind: sorted(places) for kind, places in self.course.state.places.items() if places}

    def begin_day(self, day: date) -> None:
        """Time passes hour by hour; what was put off is tried again."""
        self.agenda.put(TimePassed(at(day, timedelta(hours=hour))) for hour in range(HOURS))
        self.agenda.put(self.pace.try_again(at(day, timedelta(minutes=10))))

    def play(self, until: datetime) -> None:
        """Everything that is due before `until`; what follows from it is put on the agenda in turn."""
        while events := self.agenda.batch(until, self.rules.work.batch):
            self.take(events)

    def take(self, events: Sequence[Event]) -> tuple[Effect, ...]:
        """Some events now; what follows from them."""
        effects = self.course.play(events)
        self.agenda.put(self.pace.react(effects))
        self.arisen += [event for event in events if isinstance(event, Arose)]
        self.expired += [(e.clause, e.place) for e in effects if isinstance(e, MeasureExpired) and e.place]
        return effects

    def store(self, now: datetime) -> None:
        """Keep everything up to `now`."""
        self.course.by = self.by.at(now)
        self.counts += self.course.store(self.pace.hindered).counts
        Arising.objects.bulk_create(
            Arising(
                operation=self.operation,
                kind=event.kind,
                ref=event.ref,
                place_code=event.place,
                at=event.at,
                by=self.by.principal,
            )
            for event in self.arisen
        )
        self.arisen = []
        self.operation.clock_at = now
        self.operation.save(update_fields=["clock_at"])

    def resume(self, now: datetime) -> set[TaskKey]:
        """Go on from what others have kept meanwhile: a level that was set. Gives the tasks at work before."""
        self.operation.refresh_from_db()
        before = self.course.state.tasks
        self.course = Course(self.operation, self.by.at(now))
        return {key for key, task in before.items() if task.due_at is not None}

    def adopt(self, at_work: set[TaskKey], now: datetime) -> None:
        """Tasks that a decision raised or released are taken on; those in `at_work` go on."""
        for key, task in sorted(self.course.state.tasks.items()):
            if task.due_at is not None and key not in at_work:
                self.agenda.put(self.pace.react([TaskReleased(key, now, task.due_at)]))

    def open_and_close(self, wanted: set[Spot], standing: frozenset[str], now: datetime) -> None:
        """Bring the open places to what is wanted; those whose measure ran out get a new order a little later."""
        opened = {(kind, code) for kind, codes in self.opened.items() for code in codes}
        renewed = {(kind, code) for kind, code in opened if any(code == place for _clause, place in self.expired)}
        closing = {spot for spot in opened - wanted if spot[1] not in standing}
        closing |= renewed
        opening = (wanted - opened) | {spot for spot in renewed if spot in wanted or spot[1] in standing}
        self.expired = []
        self._close(sorted(closing), now)
        self._open(sorted(opening), now + RENEWED)

    def _close(self, spots: Sequence[Spot], moment: datetime) -> None:
        if spots:
            rows = PlaceOpening.objects.filter(operation=self.operation, closed_at__isnull=True)
            rows.filter(site__code__in=[code for _kind, code in spots]).update(
                closed_at=moment, closed_by=self.by.principal
            )
            self.take([PlaceClosed(moment, kind, code) for kind, code in spots])

    def _open(self, spots: Sequence[Spot], moment: datetime) -> None:
        keys = _keys(code for _kind, code in spots)
        PlaceOpening.objects.bulk_create(
            PlaceOpening(operation=self.operation, site_id=keys[code], opened_at=moment, opened_by=self.by.principal)
            for _kind, code in spots
        )
        self.agenda.put(PlaceOpened(moment, kind, code) for kind, code in spots)


def _keys(codes: Iterable[str]) -> dict[str, int]:
    return dict(Site.objects.filter(code__in=list(codes)).values_list("code", "pk"))
