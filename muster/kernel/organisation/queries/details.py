"""What people are called and how they are reached: the one query that reads personal data, recorded before it reads."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import get_language

from muster.kernel.access.personal import audited_read
from muster.kernel.commands import Actor
from muster.kernel.organisation.models import PersonDetails


@dataclass(frozen=True, slots=True)
class Details:
    """Personal data of one person: show it, do not keep it. `person` is the key that `PersonView.id` has."""

    person: int
    name_zh: str
    name_en: str
    phone: str

    @property
    def name(self) -> str:
        """The name as the reader's language writes it, the Chinese one where no other is known."""
        return self.name_en if get_language() == "en" and self.name_en else self.name_zh


def details_of(*, by: Actor, people: Collection[int], purpose: str) -> dict[int, Details]:
    """Details of these people by key, for a purpose of the register; the reading is in the log before it is done.

    At most 200 people. `purpose` must be the route's own (`allow(..., purpose=...)`). Raises PurposeUnknown,
    TooManySubjects, NotPermitted, RuntimeError inside a transaction.
    """
    wanted = sorted(set(people))
    if not wanted:
        return {}
    with audited_read(by=by, purpose=purpose, subjects=wanted):
        rows = PersonDetails.objects.filter(person_id__in=wanted).order_by()
        return {row.person_id: Details(row.person_id, row.name_zh, row.name_en, row.phone) for row in rows}
