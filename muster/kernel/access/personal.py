"""Audited reads: the only way to personal data. The entry is committed before the first row is fetched."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from muster.kernel.access.purposes import PURPOSES, TABLES, PersonalTable
from muster.kernel.audit.services import leaf_append
from muster.kernel.commands.actor import SYSTEM, Actor
from muster.kernel.commands.errors import NotPermitted
from muster.kernel.errors import DomainError

MOST_SUBJECTS: Final = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """A read that has been recorded: what for, and about whom (keys of people)."""

    purpose: str
    subjects: frozenset[int]


_reading: ContextVar[Reading | None] = ContextVar("muster_reading", default=None)


class PurposeUnknown(DomainError):
    """A purpose that stands in no register opens nothing."""

    def __init__(self, purpose: str) -> None:
        super().__init__(
            what=_("This purpose is not in the register"),
            where=purpose,
            expected=", ".join(PURPOSES),
            mend=_("Read personal data for a registered purpose only."),
        )


class TooManySubjects(DomainError):
    """Nobody reads a whole bureau at once."""

    def __init__(self, count: int) -> None:
        super().__init__(
            what=_("Too many people for one reading"),
            where=str(count),
            expected=str(MOST_SUBJECTS),
            mend=_("Read fewer people at a time."),
        )


@contextmanager
def audited_read(*, by: Actor, purpose: str, subjects: Collection[int]) -> Iterator[None]:
    """Personal data of `subjects` (keys of people) may be read inside, for `purpose`, and of nobody else.

    The entry is written and committed first, in a transaction of its own; so no transaction may be open, and when the
    log cannot be written nothing is read. Raises PurposeUnknown, TooManySubjects, NotPermitted (the role may not read
    for this purpose, or the route is not for it), RuntimeError inside a transaction.
    """
    _refuse(by, purpose, subjects)
    with transaction.atomic(durable=True):
        _leave_entry(by, purpose, subjects)
    token = _reading.set(Reading(purpose, frozenset(subjects)))
    try:
        yield
    finally:
        _reading.reset(token)


def open_reading(table: PersonalTable) -> Reading | None:
    """The audited read that is open, if the table serves its purpose."""
    reading = _reading.get()
    return reading if reading is not None and reading.purpose in table.purposes else None


def _refuse(by: Actor, purpose: str, subjects: Collection[int]) -> None:
    if purpose not in PURPOSES:
        raise PurposeUnknown(purpose)
    if len(subjects) > MOST_SUBJECTS:
        raise TooManySubjects(len(subjects))
    if purpose != by.purpose or by.roles.isdisjoint(PURPOSES[purpose].readers | {SYSTEM}):
        raise NotPermitted(purpose)


def _leave_entry(by: Actor, purpose: str, subjects: Collection[int]) -> None:
    from muster.kernel.access.subjects import subject_tokens  # models: not before Django is ready

    tables = sorted(name for name, table in TABLES.items() if purpose in table.purposes)
    leaf_append(
        kind="read",
        action=f"read.{purpose}",
        principal=by.principal,
        at=by.now,
        content={
            "roles": sorted(by.roles),
            "purpose": purpose,
            "device": by.device,
            "tables": tables,
            "subjects": sorted(subject_tokens(subjects).values()),
        },
    )
