"""What stops a stress test before it begins."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from muster.engines.plan import Text
from muster.engines.stress import StressRefused
from muster.kernel.errors import DomainError

FACTS: Final = ("what", "where", "expected", "mend")


class StressImpossible(DomainError):
    """The simulation is refused; `path` is the figure of the scenario that is to blame, "" if none is."""

    def __init__(self, refused: StressRefused, where: str = "") -> None:
        language = get_language() or "zh-hans"
        said = {fact: getattr(refused, fact).in_language(language) for fact in FACTS}
        self.path = refused.where.en
        super().__init__(**said | {"where": f"{where}{said['where']}"})


class StressTooLarge(DomainError):
    """More replications or variants than one run may have."""

    def __init__(self, what: str, most: int) -> None:
        self.path = what
        super().__init__(
            what=_("This is more than one run may have."),
            where=what,
            expected=_("1 to %(most)d") % {"most": most},
            mend=_("Ask for less, or for several runs."),
        )


class StressIsOver(DomainError):
    """The run is over; nothing changes it any more."""

    def __init__(self, run: str) -> None:
        super().__init__(
            what=_("This run is over; nothing changes it any more."),
            where=run,
            mend=_("Ask for a new run."),
        )


class RepairUnknown(DomainError):
    """A run has no such repair."""

    def __init__(self, run: str) -> None:
        super().__init__(
            what=_("This run has no such repair."),
            where=run,
            mend=_("Choose one from the list of the result."),
        )


def facts_of(refused: StressRefused) -> dict[str, dict[str, str]]:
    """A refusal as plain values in both languages, to be kept with a run that failed."""
    found: dict[str, Any] = {fact: getattr(refused, fact) for fact in FACTS}
    return {fact: {"zh": text.zh, "en": text.en} for fact, text in found.items()}


def in_readers_language(facts: dict[str, dict[str, str]]) -> DomainError | None:
    """Why a run failed, in the language of the reader; None where nothing is kept."""
    if not facts:
        return None
    language = get_language() or "zh-hans"
    return DomainError(**{fact: Text(**text).in_language(language) for fact, text in facts.items()})
