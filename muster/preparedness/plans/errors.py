"""What a person can do wrong with plans."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from muster.engines.plan import PlanInvalid, Problem
from muster.kernel.errors import DomainError
from muster.preparedness.plans.choices import DraftState


class PlanTextInvalid(DomainError):
    """The text is no plan. `problems` has everything that is wrong with it, by line."""

    def __init__(self, invalid: PlanInvalid | tuple[Problem, ...]) -> None:
        self.problems = invalid.problems if isinstance(invalid, PlanInvalid) else invalid
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


class UnitUnknown(DomainError):
    """The plan says that it is that of a unit which there is not."""

    def __init__(self, code: str, unit: str) -> None:
        super().__init__(
            what=_("The plan is for a unit that does not exist or is closed."),
            where=f"{code} unit: {unit}",
            expected=_("the code of a unit of the bureau"),
            mend=_("Correct the unit in the text, or leave it out for the bureau's own plan."),
        )


class HigherNotReleased(DomainError):
    """A lower plan is released upon a released version only."""

    def __init__(self, code: str, higher: str) -> None:
        super().__init__(
            what=_("The plan that this one extends has not been released."),
            where=f"{code} extends: {higher}",
            expected=_("a released version of the higher plan"),
            mend=_("Release the higher plan first."),
        )


class DraftExists(DomainError):
    """A plan has one open draft at a time."""

    def __init__(self, code: str) -> None:
        super().__init__(
            what=_("Somebody is writing a draft of this plan already."),
            where=code,
            expected=_("one open draft of a plan at a time"),
            mend=_("Go on with that draft, or withdraw it first."),
        )


class DraftCodeWrong(DomainError):
    """No plan can have this code."""

    def __init__(self, code: str) -> None:
        super().__init__(
            what=_("A plan cannot have this code."),
            where=code[:80],
            expected=_("capitals, figures and hyphens, at most 64, such as S-PHE-01"),
            mend=_("Choose another code."),
        )


class DraftMoved(DomainError):
    """Somebody saved the draft in between. `revision` and `text` are what it is now; nothing was overwritten."""

    def __init__(self, code: str, revision: int, text: str) -> None:
        self.revision, self.text = revision, text
        super().__init__(
            what=_("Somebody else has saved this draft since you opened it; nothing was overwritten."),
            where=code,
            expected=_("a text made from revision %(revision)d") % {"revision": revision},
            mend=_("Compare both texts, bring them together, and save again."),
        )


class DraftAtAnotherStage(DomainError):
    """The draft stands where this cannot be done. `state` is where it stands."""

    def __init__(self, code: str, state: DraftState) -> None:
        self.state = state
        super().__init__(
            what=_("This cannot be done now: the draft is %(state)s.") % {"state": state.label},
            where=code,
            expected=_("a draft at the stage for it"),
            mend=_("Open the draft again and see where it stands."),
        )


class DraftTooLarge(DomainError):
    """No plan is as long as this text."""

    def __init__(self, code: str, size: int, limit: int) -> None:
        super().__init__(
            what=_("This text is too long to be a plan: %(size)d bytes.") % {"size": size},
            where=code,
            expected=_("at most %(limit)d bytes") % {"limit": limit},
            mend=_("Divide it into several plans."),
        )


class DraftUnreadable(DomainError):
    """The text holds what is no text: the zero byte, or half of a sign."""

    def __init__(self, code: str, line: int) -> None:
        super().__init__(
            what=_("This text holds something that is no text."),
            where=f"{code}:{line}",
            expected=_("a text in UTF-8"),
            mend=_("Delete that line and type it again."),
        )


def place_of(problem: Problem) -> str:
    """File, line and clause of a problem, as far as it has them."""
    line = f":{problem.line}" if problem.line else ""
    return f"{problem.file}{line}" + (f" {problem.clause}" if problem.clause else "")
