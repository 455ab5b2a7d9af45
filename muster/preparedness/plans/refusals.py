"""What stops a plan on its way from a draft to a version."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from muster.engines.plan.editing import EditRefused
from muster.kernel.errors import DomainError, Text


class DraftIncomplete(DomainError):
    """Something is missing before the draft can go on."""

    def __init__(self, code: str, missing: Iterable[Text]) -> None:
        super().__init__(
            what=_("Something is missing before the draft can go on."),
            where=code,
            expected="; ".join(str(one) for one in missing),
            mend=_("Add what is missing."),
        )


class PlanCodeDiffers(DomainError):
    """The text is the plan of another code than the draft."""

    def __init__(self, code: str, said: str) -> None:
        super().__init__(
            what=_("The text names another plan than the draft."),
            where=said,
            expected=code,
            mend=_("Write the code of the draft behind `plan:`."),
        )


class PartnerNotRegistered(DomainError):
    """A clause names a partner that is not in the register."""

    def __init__(self, code: str, partners: Iterable[str]) -> None:
        super().__init__(
            what=_("A clause names a partner that is not in the register, so nobody can be asked."),
            where=f"{code}: {', '.join(partners)}",
            expected=_("partners of the register"),
            mend=_("Enter the partner, or take it out of the clause."),
        )


class ConsultationOpen(DomainError):
    """Not every partner has acknowledged every clause that names it."""

    def __init__(self, code: str, partners: Iterable[str]) -> None:
        super().__init__(
            what=_("Not every partner has acknowledged the clauses that name it; silence is not consent."),
            where=f"{code}: {', '.join(partners)}",
            expected=_("every clause acknowledged as it reads now"),
            mend=_("Answer objections, ask again, or take the partner out of the clause."),
        )


class DeadlineWrong(DomainError):
    """A partner needs time to answer."""

    def __init__(self, code: str) -> None:
        super().__init__(
            what=_("The deadline leaves no time to answer."),
            where=code,
            expected=_("a moment in the future, within a year"),
            mend=_("Choose a later day."),
        )


class ClauseNotAsked(DomainError):
    """The partner is not asked about this clause, or the clause has changed since he read it."""

    def __init__(self, clause: str) -> None:
        super().__init__(
            what=_("This clause does not name your department, or it has changed since you read it."),
            where=clause[:40],
            expected=_("a clause as it reads now"),
            mend=_("Open the page again, read the clause and answer it."),
        )


class NoObjectionOpen(DomainError):
    """There is no objection to answer here."""

    def __init__(self, clause: str) -> None:
        super().__init__(
            what=_("This objection is answered already, or the partner has spoken again since."),
            where=clause,
            expected=_("an objection that waits"),
            mend=_("Open the draft again and see where the clause stands."),
        )


class TextMoved(DomainError):
    """The text is another than the one that was read."""

    def __init__(self, code: str) -> None:
        super().__init__(
            what=_("The text is not the one that you read; nothing was decided."),
            where=code,
            expected=_("exactly the text that was shown"),
            mend=_("Open the draft again, read it and decide."),
        )


class OwnDraft(DomainError):
    """Nobody judges what he has written himself."""

    def __init__(self, code: str) -> None:
        super().__init__(
            what=_("You have written a part of this draft, so you cannot judge it."),
            where=code,
            expected=_("somebody who wrote none of its texts"),
            mend=_("Leave it to another person."),
        )


class SameApprover(DomainError):
    """Two approvals take two people; two accounts of one person are one person."""

    def __init__(self, code: str) -> None:
        super().__init__(
            what=_("You have spoken already; the second approval takes another person, whatever the account."),
            where=code,
            expected=_("two different people"),
            mend=_("Leave it to another person with authority."),
        )


class NobodyKnown(DomainError):
    """An account without a person cannot answer for anything."""

    def __init__(self, principal: str) -> None:
        super().__init__(
            what=_("This account belongs to no person, so it cannot answer for a plan."),
            where=principal,
            expected=_("an account of a registered person"),
            mend=_("Have the security administrator bind the account to its person."),
        )


class NotApprovedByTwo(DomainError):
    """Two people have not approved this text yet."""

    def __init__(self, code: str, count: int) -> None:
        super().__init__(
            what=_("Two people have to approve exactly this text; %(count)d has.") % {"count": count},
            where=code,
            expected=_("two approvals"),
            mend=_("Wait for the approval of another person with authority."),
        )


class AttachmentWrong(DomainError):
    """This file cannot be kept beside a draft."""


class DoneAlready(DomainError):
    """This was done before and is not done twice."""

    def __init__(self, where: str) -> None:
        super().__init__(
            what=_("This was done before; nothing was changed."),
            where=where,
            expected=_("something that was not done yet"),
            mend=_("Open the page again."),
        )


class NothingPublic(DomainError):
    """No clause of the version is marked public."""

    def __init__(self, where: str) -> None:
        super().__init__(
            what=_("No clause of this version is marked public, so there is nothing to publish."),
            where=where,
            expected=_("clauses with `public: true`"),
            mend=_("Mark the public clauses in the next version."),
        )


class WordMissing(DomainError):
    """Something has to be stated in words."""

    def __init__(self, where: Text) -> None:
        super().__init__(
            what=_("Something has to be said here."),
            where=where,
            expected=_("at least a few words"),
            mend=_("Write down why."),
        )


class RemarkEmpty(DomainError):
    """A comment says something."""

    def __init__(self, code: str) -> None:
        super().__init__(
            what=_("The comment says nothing."),
            where=code,
            expected=_("at least one word"),
            mend=_("Write what you want to say to the clause."),
        )


class FileUnreadable(DomainError):
    """A file is in no encoding, or in two at once."""

    def __init__(self, name: str, line: int) -> None:
        super().__init__(
            what=_("The text of this file cannot be read; part of it is in another encoding."),
            where=f"{name[:120]}:{line}",
            expected=_("a text in UTF-8, in UTF-16 with its mark, or in GB 18030, the same throughout"),
            mend=_("Open it in an editor, save it as UTF-8, and choose it again. Nothing was changed."),
        )


class EditImpossible(DomainError):
    """The text cannot be edited in this way."""

    def __init__(self, where: str, refused: EditRefused) -> None:
        language = get_language() or "zh-hans"
        super().__init__(
            what=refused.what.in_language(language),
            where=where,
            expected=refused.expected.in_language(language),
            mend=refused.mend.in_language(language),
        )


class WordRefused(DomainError):
    """A document is not read; `code` says why."""

    def __init__(self, name: str, code: str) -> None:
        self.code = code
        super().__init__(
            what=_WORD.get(code, _("This is no Word document that can be read, or it was made to do harm.")),
            where=name[:120],
            expected=_("a Word document (.docx) of at most 10 MB with headings or numbered paragraphs"),
            mend=_("Open it in Word, save it again as .docx, and choose it again. Nothing was changed."),
        )


_WORD: Final = {
    "empty": _("This document has neither headings nor numbered paragraphs."),
    "encrypted": _("This document is locked with a password."),
    "old_format": _("This is no document in .docx format."),
    "file_too_large": _("This document is too large."),
}


class TrialInvalid(DomainError):
    """What is told about an exercise cannot be."""

    def __init__(self, where: str, expected: Text) -> None:
        super().__init__(
            what=_("This cannot be noted as an exercise of the plan."),
            where=where,
            expected=expected,
            mend=_("Correct it and note it again."),
        )
