"""The replay: one transaction for each recorded day, through the same engine and services as a live operation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from muster.engines.plan import needs
from muster.engines.plan.effects import LevelRecommended
from muster.engines.plan.events import TaskKey
from muster.engines.plan.state import STOOD_DOWN
from muster.kernel import clock
from muster.kernel.commands import Actor, Command, command, record
from muster.kernel.organisation.models import Area
from muster.kernel.organisation.queries import qualification_sets
from muster.preparedness.logistics.queries import LotBalance, lot_balances, supply_terms
from muster.preparedness.plans.queries import PlanVersion, plan_of
from muster.prevention.situation import services as situation
from muster.response.operations.models import Operation, Proposal
from muster.response.operations.permits import is_system
from muster.response.operations.queries.knowledge import seen_in
from muster.response.operations.replay import commander
from muster.response.operations.replay.chance import Chance
from muster.response.operations.replay.city import City, city_now
from muster.response.operations.replay.course import Run
from muster.response.operations.replay.epidemic import BULLETIN, Day, Epidemic, at
from muster.response.operations.replay.force import Force
from muster.response.operations.replay.needed import people_needed, supplies_needed
from muster.response.operations.replay.rules import RULES, Rules
from muster.response.operations.replay.stock import Stock
from muster.response.operations.replay.workload import Wanted, arising
from muster.response.operations.services.advice import is_news
from muster.response.operations.services.figures import DayKept, day_keep

NAME: Final = "replay"
Action = Callable[[date, datetime], None]


class Replay:
    """A plan version and a recorded epidemic in the city that the database holds."""

    def __init__(
        self, version: PlanVersion, area: Area, epidemic: Epidemic, *, feed: str, seed: int, rules: Rules = RULES
    ) -> None:
        self.version, self.area, self.epidemic, self.feed, self.rules = version, area, epidemic, feed, rules
        self.plan = plan_of(version)
        self.chance = Chance(seed)
        first = at(epidemic.days[0].day, timedelta())
        self.city: City = city_now()
        self.wanted = Wanted(self.city.ground, rules.places, self.chance)
        self.force = Force(people_from(first), rules.strength, self.chance)
        self.stock = Stock(
            stock_from(first), supply_terms(), self.city.bureau.central, self.plan.reserve_days, rules.supplies
        )
        self.run: Run | None = None
        self.ending: list[Run] = []
        self.operations: list[Operation] = []
        self.called: LevelRecommended | None = None
        self.proposed: Proposal | None = None
        self.yesterday: Day | None = None
        self.play_day: Command[..., int] = command("operations.replay_day", policy=_only_muster)(self._play_day)

    def play(self) -> Iterator[Day]:
        """Play every day; gives each when it has been kept."""
        for day in self.epidemic.days:
            self.play_day(by=Actor.system(NAME, at(day.day, timedelta())), feed=self.feed, day=day.day)
            yield day

    def _play_day(self, *, by: Actor, feed: str, day: date) -> int:
        """One recorded day, in one transaction; returns how many operations were at work."""
        self.by = by
        self.today = next(each for each in self.epidemic.days if each.day == day)
        self._wake(day)
        for moment, action in sorted(self._timetable(day), key=lambda entry: entry[0]):
            self._play_until(moment)
            action(day, moment)
        self._end(day, at(day, timedelta(days=1)))
        self.yesterday = self.today
        record(day=day, feed=feed, operations=len(self.operations))
        return len(self.operations)

    def _timetable(self, day: date) -> Iterator[tuple[datetime, Action]]:
        rules = self.rules.command
        yield at(day, rules.places_at), self._places
        yield at(day, BULLETIN), self._bulletin
        for look in rules.looks:
            moment = at(day, look)
            yield moment, self._look
            yield moment + rules.taken_up_after, self._take_up
            yield moment + rules.decided_after, self._decide
            yield moment + rules.decided_after + rules.places_after, self._places

    def _runs(self) -> list[Run]:
        return [*self.ending, self.run] if self.run else list(self.ending)

    def _play_until(self, moment: datetime) -> None:
        for run in self._runs():
            run.play(moment)

    def _wake(self, day: date) -> None:
        """Midnight: what is told from outside on this day, and what will arise on it."""
        if self.yesterday is None:
            self._state_start(day)
        if told := self.epidemic.told_on(day):
            situation.inputs_record(by=self.by.at(at(day, timedelta())), rows=told, feed=self.feed)
        for run in self._runs():
            run.begin_day(day)
        if self.run and self.yesterday:
            self.run.agenda.put(
                arising(day, self.yesterday, self.run.opened, self.city.ground, self.rules.workload, self.chance)
            )

    def _state_start(self, day: date) -> None:
        for code in (self.area.code, *sorted(self.today.cases)):
            situation.surveillance_start_state(
                by=self.by.at(at(day, timedelta())),
                area=code,
                none_before=day,
                feed=self.feed,
                source=self.epidemic.source,
            )

    def _bulletin(self, day: date, now: datetime) -> None:
        """The counts of the day come in; estates with a case will be closed."""
        situation.counts_receive(
            by=self.by.at(now), rows=self.today.counts, source=self.epidemic.source, feed=self.feed, reported_at=now
        )
        self.wanted.learn(self.today)

    def _look(self, day: date, now: datetime) -> None:
        """What the indicators speak for; signals for whoever watches the areas."""
        if now > at(day, BULLETIN):
            situation.signals_evaluate(by=self.by.at(now), day=day, feed=self.feed)
        seen = seen_in(feed=self.feed, area=self.area.code, at=now)
        if self.run is None:
            self.called = commander.called_for(self.plan, seen)
            return
        if is_news(self.run.operation, self.run.take([seen]), now):
            self.run.store(now)

    def _take_up(self, day: date, now: datetime) -> None:
        """The duty officer proposes what the indicators speak for."""
        if self.run is None:
            if self.called is not None:
                self.proposed = commander.propose_activation(self.version, self.area, self.feed, self.called, now)
            return
        advice = _advice(self.run.operation)
        if advice and not commander.against(self.run.operation, advice, self.rules.command, now):
            self.run.store(now)
            self.proposed = commander.take_up(advice, now)

    def _decide(self, day: date, now: datetime) -> None:
        """The commander approves what was proposed, or refuses what was recommended."""
        if self.proposed is not None:
            self._approve(self.proposed, day, now)
        elif self.run is not None and (advice := _advice(self.run.operation)):
            reason = commander.against(self.run.operation, advice, self.rules.command, now)
            assert reason is not None, "a recommendation that he follows was taken up an hour ago"
            self.run.store(now)
            commander.refuse(advice, reason, now)

    def _approve(self, proposal: Proposal, day: date, now: datetime) -> None:
        self.proposed = self.called = None
        if self.run is not None:
            self.run.store(now)
        approved = commander.approve(proposal, now)
        at_work: set[TaskKey] = set()
        if self.run is None:
            self.run = Run(approved.operation, self.by.at(now), self.rules, self.chance)
            self.operations.append(self.run.operation)
        else:
            at_work = self.run.resume(now)
        self._look_ahead(self.run, day)
        self.run.adopt(at_work, now)
        if self.run.course.state.phase == STOOD_DOWN:
            self.ending.append(self.run)
            self.run = None

    def _look_ahead(self, run: Run, day: date) -> None:
        """Who is there for what a new level asks for; the day's account comes in the evening."""
        needed = people_needed(needs(self.plan, run.course.state, day=day).people, self.city.bureau)
        root, level = self.city.bureau.root, run.operation.level
        run.pace.people = self.force.staff(needed, level, self._absent(day), root, whole_day=False).ratios

    def _places(self, day: date, now: datetime) -> None:
        if self.run is not None:
            wanted = self.wanted.of(self.run.operation.level, day)
            self.run.open_and_close(wanted, self.city.standing, now)

    def _end(self, day: date, midnight: datetime) -> None:
        """The day's people and stock, and everything that is not kept yet."""
        self._play_until(midnight)
        evening = midnight - timedelta(seconds=1)
        for run in self._runs():
            run.store(evening)
        if self.run is not None:
            self._settle(self.run, day, evening)
        self.ending = [run for run in self.ending if run.course.state.tasks]

    def _settle(self, run: Run, day: date, evening: datetime) -> None:
        """Put the day's people on its posts, take its supplies from the stores, keep the figures."""
        needed = needs(self.plan, run.course.state, day=day)
        bureau = self.city.bureau
        people = people_needed(needed.people, bureau)
        staffed = self.force.staff(people, run.operation.level, self._absent(day), bureau.root)
        books, run.pace.stock = self.stock.day(day, supplies_needed(needed.supplies, bureau))
        run.pace.people = staffed.ratios
        kept = DayKept(
            day=day,
            new_cases=self.today.new,
            tasks_open=len(run.course.state.tasks),
            needed=staffed.needed,
            filled=staffed.filled,
            present=staffed.present,
            absent=staffed.absent,
            counts=dict(run.counts),
            places={kind: len(codes) for kind, codes in run.opened.items()},
            short=staffed.short,
            stores=books,
        )
        day_keep(by=self.by.at(evening), operation=run.operation, kept=kept)
        run.counts.clear()

    def _absent(self, day: date) -> float:
        """The share of the force that is ill or isolated, as it was told; else the usual."""
        told = [row.value for row in self.epidemic.told_on(day) if row.name == "officer_absence_pct"]
        return told[-1] / 100.0 if told else self.rules.strength.absent


def people_from(first: datetime) -> Mapping[str, Mapping[frozenset[str], int]]:
    """Everybody of the bureau on the first day; as of now for an epidemic that is older than the bureau's data."""
    return qualification_sets(first) or qualification_sets(clock.now())


def stock_from(first: datetime) -> list[LotBalance]:
    """What the stores hold usable on the first day; as of now for an epidemic that is older than the stock book."""
    lots = lot_balances(as_of=first) or lot_balances(as_of=clock.now())
    return [lot for lot in lots if not lot.expired]


def _advice(operation: Operation) -> Proposal | None:
    found = Proposal.objects.filter(operation=operation, source="system", outcome="waiting")
    return found.select_related("operation__plan_version", "operation__area").first()


def _only_muster(*, by: Actor, **_: object) -> bool:
    return is_system(by)
