"""Action cards: what one role owes, or what is owed at one kind of place, taken from a plan as it is carried out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from muster.engines.plan.ordering import layers
from muster.engines.plan.types import Clause, Plan
from muster.engines.plan.words import SITE_KINDS


@dataclass(frozen=True, slots=True)
class Card:
    """Clauses of a card, each behind those that it waits for: first what stands at levels, then the winding up."""

    standing: tuple[Clause, ...]
    winding_up: tuple[Clause, ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All of them in the order of the card."""
        return (*self.standing, *self.winding_up)


def role_card(plan: Plan, role: str) -> Card:
    """What a role owes, with the reviews and reports that levels and measures ask of it.

    Raises KeyError for a role that the plan does not have.
    """
    known = plan.roles[role].id
    return _card(plan, (clause for clause in plan.by_id.values() if clause.actor == known))


def site_card(plan: Plan, kind: str) -> Card:
    """What is owed at each open place of a kind, with the reviews of its measures; empty where nothing is."""
    return _card(plan, (clause for clause in plan.by_id.values() if clause.per == kind and clause.scales == "site"))


def site_kinds(plan: Plan) -> tuple[str, ...]:
    """The kinds of place for which a plan has a card, in the order of the plan language."""
    written = {clause.per for clause in plan.clauses if clause.scales == "site"}
    return tuple(kind for kind in SITE_KINDS if kind in written)


def _card(plan: Plan, clauses: Iterable[Clause]) -> Card:
    """Those that wait for one another in a ring keep their place in the plan, behind the rest."""
    depth = {name: row for row, names in enumerate(layers(plan).rows) for name in names}
    last = len(plan.clauses)
    ordered = sorted(clauses, key=lambda clause: (_depth(clause, depth, last), plan.positions[clause.id]))
    return Card(tuple(one for one in ordered if not one.on), tuple(one for one in ordered if one.on))


def _depth(clause: Clause, depth: dict[str, int], last: int) -> int:
    """Reviews and reports come behind the clauses: they are owed while a level or a measure stands."""
    return depth.get(clause.id, last)
