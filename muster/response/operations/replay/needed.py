"""Where the needs of a day fall: on which units' people, on which stores' stock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from muster.engines.plan import PeopleDemand, SupplyDemand
from muster.engines.rostering import Demand

Spot = tuple[str, str]  # a clause and a place
OWN_UNIT, WHOLE_FORCE = 0, 1
EACH, UNIT, PLACE, FORCE = "each:", "unit:", "place", "force"


@dataclass(frozen=True, slots=True)
class Bureau:
    """Units by kind, the unit that answers for each place, the store of each unit; codes."""

    root: str
    by_kind: Mapping[str, Sequence[str]]
    of_place: Mapping[str, str]
    store_of: Mapping[str, str]
    central: str

    def units(self, source: str, place: str) -> Sequence[str]:
        """The units on which a need with this source falls; none for the whole force."""
        if source.startswith(EACH):
            return self.by_kind.get(source.removeprefix(EACH), ())
        if source.startswith(UNIT):
            return (source.removeprefix(UNIT),)
        if source == FORCE:
            return ()
        return (self.of_place.get(place, self.root),)

    def stores(self, source: str, place: str) -> Sequence[str]:
        """The stores that supply it, one for each unit; the central one for the force and for what has no place."""
        units = self.units(source or PLACE, place) if source or place else ()
        return [self.store_of.get(unit, self.central) for unit in units] or [self.central]


@dataclass(frozen=True, slots=True)
class PeopleNeeded:
    """Officer-shifts of a day, joined by the units that give them and the qualification; `spots` share each of them."""

    demands: tuple[Demand, ...]
    spots: Mapping[Spot, tuple[int, ...]]  # numbers of the demands that a clause in a place rests on

    def unit(self, number: int, root: str) -> str:
        """The unit that is short when this demand is not filled; the bureau for the whole force."""
        units = self.demands[number].units
        return units[0] if units else root

    def ratios(self, filled: Sequence[int]) -> dict[Spot, float]:
        """Which share of its people each clause has in each place, of all demands that it rests on the worst.

        A clause that needs people of each station or sub-bureau has the mean over them.
        """
        found: dict[Spot, float] = {}
        for spot, numbers in self.spots.items():
            by_skill: dict[str, list[int]] = defaultdict(list)
            for number in numbers:
                by_skill[self.demands[number].qualification].append(number)
            found[spot] = min(self._share(group, filled) for group in by_skill.values())
        return found

    def _share(self, numbers: Sequence[int], filled: Sequence[int]) -> float:
        needed = sum(self.demands[number].people for number in numbers)
        return sum(filled[number] for number in numbers) / needed if needed else 1.0


def people_needed(needs: Iterable[PeopleDemand], bureau: Bureau) -> PeopleNeeded:
    """The demands of a day, by unit and qualification."""
    sums: dict[tuple[tuple[str, ...], str], int] = defaultdict(int)
    rests: dict[Spot, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for need in needs:
        units = bureau.units(need.source, need.place)
        groups: list[tuple[str, ...]] = [(unit,) for unit in units] or [()]
        for key in [(group, need.qualification) for group in groups]:
            sums[key] += need.officer_shifts
            rests[need.clause, need.place].append(key)
    keys = sorted(sums)
    number = {key: position for position, key in enumerate(keys)}
    demands = tuple(
        Demand(units, skill, sums[units, skill], OWN_UNIT if units else WHOLE_FORCE) for units, skill in keys
    )
    return PeopleNeeded(demands, {spot: tuple(number[key] for key in found) for spot, found in rests.items()})


@dataclass(frozen=True, slots=True)
class SuppliesNeeded:
    """Units of issue of a day by (store, item); `spots` says on which of them a clause in a place rests."""

    quantities: Mapping[tuple[str, str], float]
    spots: Mapping[Spot, frozenset[tuple[str, str]]]


def supplies_needed(needs: Iterable[SupplyDemand], bureau: Bureau) -> SuppliesNeeded:
    """The supplies of a day, by store and item."""
    sums: dict[tuple[str, str], float] = defaultdict(float)
    rests: dict[Spot, set[tuple[str, str]]] = defaultdict(set)
    for need in needs:
        for store in bureau.stores(need.source, need.place):
            sums[store, need.item] += need.quantity
            rests[need.clause, need.place].add((store, need.item))
    return SuppliesNeeded(dict(sums), {spot: frozenset(found) for spot, found in rests.items()})
