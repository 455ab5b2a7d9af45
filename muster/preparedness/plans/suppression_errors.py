"""What stops a suppression."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from muster.kernel.errors import DomainError


class SuppressionTooLong(DomainError):
    """A finding is left silent for a time, not for ever."""

    def __init__(self, where: str, days: int) -> None:
        super().__init__(
            what=_("A finding can be left silent for a time only."),
            where=where,
            expected=_("a day after today, at most %(days)d days from now") % {"days": days},
            mend=_("Choose an earlier day; it can be done again when that has passed."),
        )


class FindingUnknown(DomainError):
    """There is no such finding to leave silent."""

    def __init__(self, code: str, rule: str) -> None:
        super().__init__(
            what=_("The checks do not say this of the plan (any more)."),
            where=f"{code} {rule}"[:80],
            expected=_("a finding of the plan as it reads now"),
            mend=_("Open the findings again."),
        )
