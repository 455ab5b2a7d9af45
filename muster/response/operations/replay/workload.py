"""What arises on one day of the replay, and which places are wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from muster.engines.assumptions import Places, Workload
from muster.engines.plan.events import Arose
from muster.response.operations.replay.chance import Chance
from muster.response.operations.replay.epidemic import Day, at

NOWHERE: Final = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """The city as the script sees it: sites by kind with their capacity and district, stations by district; codes."""

    sites: Mapping[str, Sequence[str]]
    capacity: Mapping[str, int]
    district: Mapping[str, str]
    stations: Mapping[str, Sequence[str]]

    def by_district(self, kind: str) -> dict[str, list[str]]:
        """Sites of one kind in each district, by code."""
        found: dict[str, list[str]] = {}
        for code in self.sites.get(kind, ()):
            found.setdefault(self.district[code], []).append(code)
        return found


@dataclass(frozen=True, slots=True)
class Arising:
    """How many of a kind, and in which places, one after another."""

    kind: str
    places: Sequence[str] = field(default=())


def arising(
    day: date, before: Day, opened: Mapping[str, Sequence[str]], ground: Ground, rules: Workload, chance: Chance
) -> list[Arose]:
    """The requests, cases and batches of `day`, in order of time; `before` is the day whose bulletin is known."""
    found = []
    for wave in (*_from_cases(day, before, ground, rules, chance), *_from_places(day, opened, rules, chance)):
        for number, place in enumerate(wave.places, start=1):
            ref = f"{day:%Y%m%d}-{number:05d}"
            hours = rules.hours * chance.share("hour", wave.kind, ref)
            moment = at(day, rules.begins) + timedelta(seconds=round(hours * 3600))
            found.append(Arose(moment, wave.kind, ref, place))
    return sorted(found, key=lambda event: (event.at, event.kind, event.ref))


def _from_cases(day: date, before: Day, ground: Ground, rules: Workload, chance: Chance) -> Iterator[Arising]:
    new = before.new
    lists = min(rules.lists_least + new // rules.cases_per_list, rules.lists_most)
    yield Arising("confirmed_case", [NOWHERE] * new)
    yield Arising("transfer", [NOWHERE] * chance.count(rules.transfers_per_case * new, day, "transfer"))
    yield Arising("isolation_request", _isolations(day, before, ground, rules, chance))
    yield Arising("verification_list", [NOWHERE] * lists)
    yield Arising("objection", [NOWHERE] * chance.count(rules.objections_per_list * lists, day, "objection"))
    yield Arising("crime", [NOWHERE] * chance.count(rules.crimes + rules.crimes_per_case * new, day, "crime"))
    yield Arising("rumour", [NOWHERE] * chance.count(rules.rumours + rules.rumours_per_case * new, day, "rumour"))
    yield Arising("exposure", [NOWHERE] * chance.count(rules.exposures_per_case * new, day, "exposure"))


def _isolations(day: date, before: Day, ground: Ground, rules: Workload, chance: Chance) -> list[str]:
    """Each in the beat of one station of the district."""
    places = []
    for district, cases in sorted(before.cases.items()):
        stations = ground.stations.get(district)
        count = chance.count(rules.isolations_per_case * cases, day, "isolation", district) if stations else 0
        places += [chance.one_of(stations or (), day, "isolation", district, number) for number in range(count)]
    return places


def _from_places(day: date, opened: Mapping[str, Sequence[str]], rules: Workload, chance: Chance) -> Iterator[Arising]:
    communities = opened.get("closed_community", ())
    posts = [*opened.get("checkpoint", ()), *communities]
    groups = chance.count(rules.inbound_groups_per_port * len(opened.get("port_of_entry", ())), day, "inbound")
    yield Arising("inbound_group", [NOWHERE] * groups)
    yield Arising("conflict", _at_some(posts, rules.conflicts_per_post, day, "conflict", chance))
    yield Arising("pass", _at_some(communities, rules.passes_per_community, day, "pass", chance))


def _at_some(places: Sequence[str], mean: float, day: date, kind: str, chance: Chance) -> list[str]:
    return [place for place in places for _ in range(chance.count(mean, day, kind, place))]


class Wanted:
    """Which places the script wants open, from day to day."""

    def __init__(self, ground: Ground, rules: Places, chance: Chance) -> None:
        self.ground, self.rules, self.chance = ground, rules, chance
        self.estates = ground.by_district("closed_community")
        self.closed_since: dict[str, date] = {}
        self.cases: dict[date, int] = {}

    def learn(self, day: Day) -> None:
        """What the bulletin of a day says: each case is in an estate of its district, closed from then on."""
        self.cases[day.day] = day.new
        for district, count in sorted(day.cases.items()):
            estates = self.estates.get(district, [])
            for number in range(min(count, len(estates))):
                estate = self.chance.one_of(estates, "estate", day.day, district, number)
                self.closed_since[estate] = day.day

    def of(self, level: int, day: date) -> set[tuple[str, str]]:
        """Kind and code of every place that is to be open on `day` at `level`, the standing ones aside."""
        wanted = {
            (kind, code)
            for kind, shares in self.rules.shares.items()
            for code in self._part(kind, shares.get(level, 0.0))
        }
        if level in self.rules.closing_levels:
            wanted |= {("closed_community", code) for code in self._closed(day)}
        if level in self.rules.quarantine_levels:
            wanted |= {("quarantine_site", code) for code in self._quarantine(day)}
        if level:
            wanted |= {("temporary_hospital", code) for code in self._temporary(day)}
        return wanted

    def _part(self, kind: str, share: float) -> Sequence[str]:
        sites = self.ground.sites.get(kind, ())
        return sites[: round(share * len(sites))]

    def _closed(self, day: date) -> list[str]:
        first = day - timedelta(days=self.rules.closed_days)
        return [estate for estate, since in self.closed_since.items() if since >= first]

    def _recent(self, day: date, days: int) -> int:
        return sum(count for when, count in self.cases.items() if when >= day - timedelta(days=days))

    def _quarantine(self, day: date) -> list[str]:
        sites = self.ground.sites.get("quarantine_site", ())
        isolated = self.rules.isolated_per_case * self._recent(day, self.rules.isolated_days)
        chosen: list[str] = []
        beds = 0
        for code in sites:
            if len(chosen) >= self.rules.quarantine_least and beds >= isolated:
                break
            chosen.append(code)
            beds += self.ground.capacity.get(code, 0)
        return chosen

    def _temporary(self, day: date) -> Sequence[str]:
        wards = self._recent(day, self.rules.closed_days) // self.rules.cases_per_temporary
        return self.ground.sites.get("temporary_hospital", ())[:wards]
