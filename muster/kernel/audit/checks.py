"""Full checks that nobody asks for: what they found, since when, and an announcement when it changes."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from muster.kernel import clock
from muster.kernel.audit.models import Check
from muster.kernel.audit.verification import Verification, verify
from muster.kernel.commands.actor import SYSTEM, Actor
from muster.kernel.commands.core import announce, command, record

TOPIC = "audit"


def check_now() -> Check:
    """Check the whole log against its witness and keep what was found."""
    found = verify(settings.MUSTER_WITNESS)
    newest = Check.objects.order_by("-pk").first()
    if newest is not None and _same(newest, found):
        return _prolong(newest, found)
    return check_record(by=Actor.system("worker"), **_facts(found), since=clock.now())


def _same(check: Check, found: Verification) -> bool:
    return (check.ok, check.first_bad, check.finding) == (found.ok, found.first_bad, _finding(found))


def _prolong(check: Check, found: Verification) -> Check:
    """Nothing new was found: the row says so for a longer time, and the log does not grow by looking at it."""
    for name, value in _facts(found).items():
        setattr(check, name, value)
    check.save()
    return check


def _facts(found: Verification) -> dict[str, Any]:
    return {
        "at": clock.now(),
        "ok": found.ok,
        "entries": found.entries,
        "root": found.root,
        "first_bad": found.first_bad,
        "finding": _finding(found),
        "seconds": found.seconds,
    }


def _finding(found: Verification) -> str:
    """The kind of the first finding; its words are made for the reader, in his language."""
    return found.findings[0].kind if found.findings else ""


def by_muster(*, by: Actor, **_: Any) -> bool:
    return SYSTEM in by.roles


@command("audit.check_record", policy=by_muster)
def check_record(*, by: Actor, **facts: Any) -> Check:
    """The log was found in another state than before."""
    announce(TOPIC, {"ok": facts["ok"], "first_bad": facts["first_bad"], "finding": facts["finding"]})
    record(ok=facts["ok"], finding=facts["finding"])
    return Check.objects.create(**facts)
