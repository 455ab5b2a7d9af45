"""A finding as it is told: it speaks, or somebody answers for leaving it silent. Needs no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from muster.engines.plan.findings import SEVERITIES, Finding

if TYPE_CHECKING:
    from muster.preparedness.plans.models import Suppression


@dataclass(frozen=True, slots=True)
class Said:
    """A finding, and the suppression under which it is silent; None for one that speaks."""

    finding: Finding
    suppression: Suppression | None = None

    @property
    def key(self) -> str:
        """The finding's name from one day to the next: rule, clause, subject."""
        return ":".join((self.finding.id, self.finding.clause, self.finding.subject))

    @property
    def speaks(self) -> bool:
        """Nobody answers for it."""
        return self.suppression is None


def speaking(said: Iterable[Said]) -> Counter[str]:
    """How many of each severity speak; every severity is named."""
    found = Counter(dict.fromkeys(SEVERITIES, 0))
    found.update(one.finding.severity for one in said if one.speaks)
    return found


def silent(said: Iterable[Said]) -> int:
    """How many are silent because somebody answers for them."""
    return sum(not one.speaks for one in said)
