"""Plans that are given together, in any order, some of which extend others of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from muster.engines.plan.above import Chain, Higher, nobody
from muster.engines.plan.errors import PlanInvalid, Problem
from muster.engines.plan.limits import refuse_too_many
from muster.engines.plan.loading import load_document
from muster.engines.plan.reading import Document, read
from muster.engines.plan.text import UNSAID, Text
from muster.engines.plan.types import Plan


@dataclass(frozen=True, slots=True)
class Source:
    """A text and what problems call it."""

    text: str | bytes
    name: str


class Together:
    """Each text is read once; a plan that several others extend is loaded once.

    Raises PlanInvalid, when it is made, for what is no YAML, and where two texts give one version of a plan.
    """

    def __init__(self, sources: Sequence[Source], beyond: Higher = nobody) -> None:
        for source in sources:
            refuse_too_many(source.text, source.name)
        self._names = [source.name for source in sources]
        self._documents = [read(source.text, source.name) for source in sources]
        self._beyond = beyond
        self._loaded: dict[int, Plan] = {}
        self._places: dict[tuple[str, str], list[int]] = {}
        for place, document in enumerate(self._documents):
            self._places.setdefault(key_of(document), []).append(place)

    def plan(self, place: int, below: Chain = ()) -> Plan:
        """The plan at this place of the sources. Raises PlanInvalid."""
        if place not in self._loaded:
            self._loaded[place] = load_document(self._documents[place], self._names[place], self.higher, below)
        return self._loaded[place]

    def plans(self) -> list[Plan]:
        """All of them. Raises PlanInvalid for the first that is none."""
        return [self.plan(place) for place in range(len(self._documents))]

    def higher(self, code: str, number: str, below: Chain) -> Plan | None:
        """One of those given together, else what is known beyond them."""
        places = self._places.get((code, number), [])
        if not places:
            return self._beyond(code, number, below)
        if len({self.plan(place, below).hash for place in places}) > 1:
            raise self._twice(code, number, places)
        return self.plan(places[0], below)

    def _twice(self, code: str, number: str, places: Sequence[int]) -> PlanInvalid:
        first, second = (self._names[place] for place in places[:2])
        what = Text(
            f"{first} 也是 {code} {number}，内容不同", f"{first} is {code} {number}, too, and says something else"
        )
        told = (what, Text("每个版本一个文件", "one file for each version"), UNSAID)
        return PlanInvalid((Problem.told(second, self._documents[places[1]].line(("version",)), "", told),))


def newest(plans: Iterable[Plan]) -> dict[str, str]:
    """The highest version number of each plan, by its id."""
    found: dict[str, str] = {}
    for plan in plans:
        known = found.get(plan.id)
        if known is None or in_order(plan.version) > in_order(known):
            found[plan.id] = plan.version
    return found


def in_order(version: str) -> tuple[int, ...]:
    """A version number as a sort key; what stands behind a `+` counts for nothing."""
    return tuple(int(part) for part in version.partition("+")[0].split("."))


def key_of(document: Document) -> tuple[str, str]:
    """Plan and version as they are written; ("", "") where they are not."""
    root = document.root if isinstance(document.root, dict) else {}
    plan, version = root.get("plan"), root.get("version")
    return (plan.strip(), version.strip()) if isinstance(plan, str) and isinstance(version, str) else ("", "")
