"""What the pages of action cards show, put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from muster.engines.plan import Clause, Plan
from muster.engines.plan.cards import Card, role_card, site_card, site_kinds
from muster.engines.plan.types import Standard
from muster.engines.plan.words import SITE_KINDS
from muster.kernel.organisation import queries as organisation
from muster.preparedness.plans import pages, queries
from muster.preparedness.plans.cards.wording import due, starts
from muster.preparedness.plans.models import PlanVersion
from muster.preparedness.plans.queries.words import in_readers_language, title

Context = dict[str, Any]
# Widths of text, in signs of English, that fit on a sheet of A4 at each size of print.
SMALLER: Final = ((1500, ""), (2600, "pl-card-small"))
STEP: Final = 100  # for the columns beside the text
WIDE: Final = "\u2e80"  # Chinese signs, from here on, are twice as wide
SMALLEST: Final = "pl-card-smallest"


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a card; `levels` says for each level of the plan, from the lowest up, whether it is owed there."""

    clause: Clause
    levels: tuple[bool, ...]
    starts: str
    due: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A card in the list: how many steps it has, 0 for none."""

    code: str
    title: str
    steps: int


def overview(version: PlanVersion) -> Context:
    """Every role and every kind of place with the length of its card."""
    plan = queries.plan_of(version)
    owed = Counter(clause.actor for clause in plan.by_id.values())
    there = Counter(clause.per for clause in plan.by_id.values() if clause.scales == "site")
    roles = [Entry(role.id, in_readers_language(role.title), owed[role.id]) for role in plan.roles.values()]
    sites = [Entry(kind, title(kind), there[kind]) for kind in SITE_KINDS]
    return _frame(version) | {"roles": roles, "sites": sites}


def of_role(version: PlanVersion, name: str) -> Context | None:
    """The card of a role, or None where the plan does not have it."""
    plan = queries.plan_of(version)
    return _frame(version) | _units() | _role(plan, name) if name in plan.roles else None


def of_site(version: PlanVersion, kind: str) -> Context | None:
    """The card of a kind of place, or None where the plan has none for it."""
    plan = queries.plan_of(version)
    return _frame(version) | _units() | _site(plan, kind) if kind in site_kinds(plan) else None


def every(version: PlanVersion) -> Context:
    """Every card that has a step, roles in the order of the plan, then kinds of place."""
    plan = queries.plan_of(version)
    roles = [_role(plan, name) for name in plan.roles if role_card(plan, name).clauses]
    sites = [_site(plan, kind) for kind in SITE_KINDS if kind in site_kinds(plan)]
    return _frame(version) | _units() | {"sheets": [*roles, *sites]}


def _role(plan: Plan, name: str) -> Context:
    heading = in_readers_language(plan.roles[name].title)
    return _shown(plan, role_card(plan, name)) | {"role": plan.roles[name], "heading": heading}


def _site(plan: Plan, kind: str) -> Context:
    return _shown(plan, site_card(plan, kind)) | {"kind": kind, "heading": title(kind)}


def _units() -> Context:
    return {"unit_names": {unit.code: unit.name for unit in organisation.unit_tree()}}


def _frame(version: PlanVersion) -> Context:
    """The head of the pages of a version; `newest` is the version in force where it is another."""
    newest = queries.latest_version(version.plan.code)
    superseded = newest if newest is not None and newest.pk != version.pk else None
    return pages.frame(version) | {"tab": "cards", "newest": superseded}


def _shown(plan: Plan, card: Card) -> Context:
    numbers = sorted((level.number for level in plan.levels), reverse=True)
    return {
        "numbers": numbers,
        "standing": [_step(clause, numbers) for clause in card.standing],
        "winding_up": [_step(clause, numbers) for clause in card.winding_up],
        "standards": _standards(plan, card),
        "before": _before(plan, card),
        "size": _size(card),
    }


def _step(clause: Clause, numbers: Iterable[int]) -> Step:
    return Step(clause, tuple(number in clause.levels for number in numbers), starts(clause), due(clause))


def _standards(plan: Plan, card: Card) -> list[Standard]:
    """The protection standards that the card names, once each."""
    named = dict.fromkeys(clause.standard for clause in card.clauses)
    return [plan.standards[name] for name in named if name in plan.standards]


def _before(plan: Plan, card: Card) -> list[Clause]:
    """Clauses of other cards for which this one waits: whoever holds the card must know what they are."""
    mine = {clause.id for clause in card.clauses}
    others = dict.fromkeys(name for clause in card.clauses for name in clause.after)
    return [plan.clause(name) for name in others if name not in mine and name in plan.by_id]


def _size(card: Card) -> str:
    """How small the card is printed, so that it stays on one sheet."""
    width = sum(STEP + _width(clause) for clause in card.clauses)
    return next((size for most, size in SMALLER if width <= most), SMALLEST)


def _width(clause: Clause) -> int:
    words = (in_readers_language(text) for text in (clause.title, clause.text, clause.ends))
    return sum(2 if sign >= WIDE else 1 for text in words for sign in text)
