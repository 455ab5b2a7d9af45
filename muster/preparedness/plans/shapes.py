"""What the API of plans takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from ninja import Schema


class ReceiptOut(Schema):
    """What is kept of a command: its id (X-Command-Id), name and moment, the SHA-256 of what was sent, its result."""

    command_id: str
    command: str
    at: datetime
    payload: str
    result: Any


class ProblemOut(Schema):
    """Why nothing was changed: the name of the error, what is wrong, where, what was expected, how to mend it."""

    code: str
    what: str
    where: str
    expected: str
    mend: str


DONE: Final = {201: ReceiptOut, 200: ReceiptOut, 422: ProblemOut}  # 200: the same command again, with its first receipt


class VersionOut(Schema):
    """A released version; `hash` is the SHA-256 of its content, whatever blanks and comments its text has.

    `unit` is whose plan it is, null for the bureau's own; `extends` is the hash of the version above.
    """

    plan: str
    version: str
    title_zh: str
    title_en: str
    hash: str
    released_at: datetime
    unit: str | None
    extends: str | None


class VersionWithText(VersionOut):
    """A released version with its text in YAML and the ids of its clauses.

    Of a lower plan `added` and `narrowed` (with the fields) are its own; all others are inherited.
    """

    text: str
    clauses: list[str]
    added: list[str]
    narrowed: dict[str, list[str]]


class FindingOut(Schema):
    """A fault: its rule, how grave, where (`file` is what the line belongs to, "" the plan), and how to mend it."""

    id: str
    severity: str
    clause: str
    line: int
    file: str
    subject: str
    message: str
    message_zh: str
    repair: str
    repair_zh: str


class SuppressedOut(Schema):
    """Who answers for a finding that is left silent, why, and until which day (inclusive)."""

    id: int
    by: str
    reason: str
    since: date
    until: date


class SaidOut(FindingOut):
    """A finding, and who answers for it; null for one that speaks."""

    suppressed: SuppressedOut | None


class FindingsOut(Schema):
    """What the checks say; `as_of` is the day of the bureau that the plan was held against, null for none."""

    plan: str
    version: str
    hash: str
    as_of: date | None
    findings: list[SaidOut]


class DifferenceOut(Schema):
    """Clause ids; `changed` with the fields that differ, `head` what changed outside the clauses."""

    added: list[str]
    removed: list[str]
    changed: dict[str, list[str]]
    moved: list[str]
    head: list[str]


class ReleaseIn(Schema):
    """A plan's text; the client makes the id of the command and sends it as X-Command-Id."""

    text: str
    name: str = ""
