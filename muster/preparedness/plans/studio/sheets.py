"""A draft's text as the studio shows it, whether or not it is a plan yet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from muster.engines.plan import Plan, PlanInvalid, Problem, load_plan
from muster.engines.plan.checks import check
from muster.engines.plan.editing import EditRefused, clauses_of, head_of
from muster.engines.plan.findings import ERROR, WARNING
from muster.engines.plan.reading import read
from muster.engines.plan.text import Text
from muster.engines.plan.world import World
from muster.kernel import clock
from muster.preparedness.plans import queries
from muster.preparedness.plans.models import Draft
from muster.preparedness.plans.queries.suppressed import answered_today
from muster.preparedness.plans.said import Said, silent, speaking

Values = dict[str, Any]
LONG = 1000  # clauses; a plan has under 100, and one so long takes seconds to check
FRESH = 300  # seconds for which the bureau is not looked at again while somebody writes


@dataclass(frozen=True, slots=True)
class Card:
    """One clause: what it is called by, what it says (raw), and what is wrong with it."""

    key: str
    said: Values
    findings: tuple[Said, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: int = 0
    above: str = ""  # the clause before it and the one behind it
    below: str = ""

    @property
    def title(self) -> Text:
        """Its title, as far as it has one."""
        return text_of(self.said.get("title"))

    @property
    def body(self) -> Text:
        """Its text, as far as it has one."""
        return text_of(self.said.get("text"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text with everything that is known of it.

    `plan` is None while the text is none; `problems` say why. `broken`: not even its words can be told apart, so that
    only the text itself can be worked on.
    """

    text: str
    plan: Plan | None = None
    problems: tuple[Problem, ...] = ()
    findings: tuple[Said, ...] = ()
    cards: tuple[Card, ...] = ()
    head: Values = field(default_factory=dict)
    broken: bool = False
    unchecked: bool = False  # so long that the checks are made when they are asked for

    @property
    def counts(self) -> Counter[str]:
        """How many findings of each severity speak."""
        return speaking(self.findings)

    @property
    def errors(self) -> int:
        """What must be mended: mistakes of the text, or errors of the plan."""
        return len(self.problems) + self.counts[ERROR]

    @property
    def warnings(self) -> int:
        """What probably will not work."""
        return self.counts[WARNING]

    @property
    def speaking(self) -> int:
        """How many findings speak."""
        return self.counts.total()

    @property
    def suppressed(self) -> int:
        """What somebody answers for."""
        return silent(self.findings)

    def card(self, key: str) -> Card | None:
        """The card of one clause."""
        return next((card for card in self.cards if card.key == key), None)


def sheet_of(draft: Draft, text: str | None = None, *, whole: bool = False) -> Sheet:
    """The draft's text, or another one in its place, with comments; a very long one is checked if `whole`."""
    found = sheet(draft.text if text is None else text, draft.code, whole=whole)
    remarks = queries.open_remarks(draft)
    return replace(found, cards=tuple(replace(card, remarks=remarks.get(card.key, 0)) for card in found.cards))


def sheet(text: str, name: str, *, whole: bool = True) -> Sheet:
    """Read and check a text; one of more than LONG clauses is only read unless `whole`."""
    try:
        root = read(text, name).root
    except PlanInvalid as invalid:
        return Sheet(text, problems=invalid.problems, broken=True)
    clauses = root.get("clauses") if isinstance(root, dict) else None
    if not whole and isinstance(clauses, list) and len(clauses) > LONG:
        return Sheet(text, cards=_cards(clauses_of(text), (), ()), head=head_of(text), unchecked=True)
    plan, problems = _loaded(text, name)
    findings = found_in(plan) if plan else ()
    try:
        said, head = clauses_of(text), head_of(text)
    except EditRefused:  # a text that is a list, a word, or nothing at all
        return Sheet(text, plan, problems, findings, broken=True)
    return Sheet(text, plan, problems, findings, _cards(said, findings, problems), head)


def _loaded(text: str, name: str) -> tuple[Plan | None, tuple[Problem, ...]]:
    try:
        return load_plan(text, name=name, higher=queries.released_plan), ()
    except PlanInvalid as invalid:
        return None, invalid.problems


def found_in(plan: Plan) -> tuple[Said, ...]:
    """What the checks say of a plan, held against the bureau as it was a few minutes ago."""
    return answered_today(plan, check(plan, _world(int(clock.now().timestamp()) // FRESH)))


@lru_cache(maxsize=1)
def _world(_minutes: int) -> World:
    return queries.world_at(queries.last_known())


def _cards(said: list[tuple[str, Any]], findings: tuple[Said, ...], problems: tuple[Problem, ...]) -> tuple[Card, ...]:
    told: dict[str, list[Said]] = {}
    wrong: dict[str, list[Problem]] = {}
    for one in findings:
        told.setdefault(one.finding.clause, []).append(one)
    for problem in problems:
        wrong.setdefault(problem.clause, []).append(problem)
    keys = ["", *(key for key, _values in said), ""]
    cards = []
    for at, (key, values) in enumerate(said, start=1):
        values = values if isinstance(values, dict) else {}
        mistakes = [*wrong.get(key, ()), *(wrong.get(f"#{at}", ()) if key != f"#{at}" else ())]
        if key.startswith("#") and values.get("id"):
            mistakes += wrong.get(str(values["id"]), [])
        findings_here = tuple(told.get(str(values.get("id") or key), ()))
        cards.append(Card(key, values, findings_here, tuple(mistakes), 0, keys[at - 1], keys[at + 1]))
    return tuple(cards)


def text_of(value: Any) -> Text:
    """Words in both languages, as far as a raw value has them."""
    if isinstance(value, dict):
        return Text(*(one if isinstance(one := value.get(code), str) else "" for code in ("zh", "en")))
    return Text(value if isinstance(value, str) else "")
