"""What the plan of an operation calls its clauses, roles and phases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from muster.engines.plan import Plan
from muster.engines.plan.checks.titles import in_words
from muster.preparedness.plans.queries import ground_title, plan_of
from muster.response.operations.words import ARISING

if TYPE_CHECKING:
    from muster.preparedness.plans.models import PlanVersion


class PlanWords:
    """The words of one plan version in the reader's language."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.language = get_language() or "zh-hans"

    def clause(self, clause_id: str) -> str:
        """The title of a clause."""
        known = self.plan.by_id.get(clause_id)
        return known.title.in_language(self.language) if known else clause_id

    def role(self, code: str) -> str:
        """The title of a command role."""
        known = self.plan.roles.get(code)
        return known.title.in_language(self.language) if known else code

    def ground(self, code: str) -> str:
        """A legal ground with its articles."""
        return ground_title(self.plan, code) if code else ""

    def ground_of_clause(self, clause_id: str) -> str:
        """The legal ground of a clause; empty where the plan names none."""
        known = self.plan.by_id.get(clause_id)
        return self.ground(known.ground) if known else ""

    def condition(self, text: str) -> str:
        """A trigger or release condition as people say it."""
        return in_words(text).in_language(self.language)

    def arising(self) -> list[tuple[str, Promise]]:
        """What may come in that a clause deals with, with its title."""
        dealt = {clause.per for clause in self.plan.clauses}
        return [(kind, title) for kind, title in ARISING.items() if kind in dealt]

    def deals_with(self, kind: str) -> str:
        """The first clause that deals with what came in."""
        return next(clause.id for clause in self.plan.clauses if clause.per == kind)

    def phase_of(self, clause_id: str) -> str:
        """The phase in which a clause stands."""
        known = self.plan.by_id.get(clause_id)
        return known.phase if known else ""

    def phases(self) -> list[str]:
        """Phases in the order in which the plan first names them."""
        return list(dict.fromkeys(clause.phase for clause in self.plan.clauses))

    def phase(self, code: str) -> str:
        """What a phase is called."""
        return str(PHASES.get(code, code))

    def clauses(self) -> Iterable[tuple[str, str]]:
        """Every clause that has tasks, with its title."""
        return [(clause.id, clause.title.in_language(self.language)) for clause in self.plan.by_id.values()]


PHASES = {
    "prevention": _("Prevention"),
    "preparedness": _("Preparedness"),
    "response": _("Response"),
    "recovery": _("Recovery"),
}


def words_of(version: PlanVersion) -> PlanWords:
    """The words of a plan version."""
    return PlanWords(plan_of(version))
