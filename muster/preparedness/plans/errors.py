"""What a person can do wrong with plans."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from muster.engines.plan import PlanInvalid, Problem
from muster.kernel.errors import DomainError


class PlanTextInvalid(DomainError):
    """The text is no plan. `problems` has everything that is wrong with it, by line."""

    def __init__(self, invalid: PlanInvalid) -> None:
        self.problems = invalid.problems
        first = self.in_readers_language()[0]
        super().__init__(what=first.what, where=place_of(first), expected=first.expected, mend=first.mend)

    def in_readers_language(self) -> tuple[Problem, ...]:
        """The problems in the language that is in force."""
        language = get_language() or "zh-hans"
        return tuple(problem.in_language(language) for problem in self.problems)


class PlanReleased(DomainError):
    """Exactly this content was released before."""

    def __init__(self, code: str, version: str) -> None:
        super().__init__(
            what=_("This plan was released before, word for word; nothing was changed."),
            where=f"{code} {version}",
            expected=_("a plan that says something new"),
            mend=_("Use the version that exists."),
        )


class VersionTaken(DomainError):
    """Another text has this version number already."""

    def __init__(self, code: str, version: str) -> None:
        super().__init__(
            what=_("Another text was released under this version number; released texts never change."),
            where=f"{code} {version}",
            expected=_("a new version number"),
            mend=_("Raise the version in the text."),
        )


class TitleTooLong(DomainError):
    """The plan's title does not fit on a line."""

    def __init__(self, code: str, limit: int) -> None:
        super().__init__(
            what=_("The title of the plan is too long."),
            where=f"{code} title",
            expected=_("at most %(limit)d characters in each language") % {"limit": limit},
            mend=_("Shorten the title."),
        )


def place_of(problem: Problem) -> str:
    """File, line and clause of a problem, as far as it has them."""
    line = f":{problem.line}" if problem.line else ""
    return f"{problem.file}{line}" + (f" {problem.clause}" if problem.clause else "")
