"""The log over HTTP: entries, one entry with its proof, checkpoints, the state."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from muster.kernel.audit import queries

router = Router()


class EntryOut(Schema):
    """An entry; `position` is null until it is sealed."""

    id: int
    position: int | None
    kind: str
    action: str
    principal: str
    at: datetime


class EntriesOut(Schema):
    """The newest first; `older` goes into `before` for the next page."""

    entries: list[EntryOut]
    older: int | None


class InclusionOut(Schema):
    """RFC 9162 inclusion proof: hashes from the leaf to `root` of `size` entries, in hexadecimal figures."""

    position: int
    size: int
    root: str
    at: datetime
    path: list[str]
    holds: bool


class EntryDetailOut(EntryOut):
    """`content` is what `leaf_hash` is over, after a zero byte."""

    content: str
    leaf_hash: str
    inclusion: InclusionOut | None


class CheckpointOut(Schema):
    """`hash` is over at, previous, root and size as JSON with sorted keys and no blanks."""

    size: int
    root: str
    at: datetime
    previous: str
    hash: str


class CheckpointsOut(Schema):
    checkpoints: list[CheckpointOut]
    older: int | None


class StateOut(Schema):
    """How the log stands; `check` is the last full check."""

    entries: int
    sealed: int
    unsealed: int
    workers: int
    checkpoint: CheckpointOut | None
    check: dict[str, Any] | None


@router.get("/entries", response=EntriesOut, url_name="audit_entries")
def entries(
    request: HttpRequest, before: int | None = None, kind: str = "", action: str = "", principal: str = ""
) -> queries.Entries:
    """Entries, the newest first; `action` by its beginning."""
    return queries.entries(before=before, kind=kind, action=action, principal=principal)


@router.get("/entries/{int:key}", response=EntryDetailOut, url_name="audit_entry")
def entry(request: HttpRequest, key: int) -> dict[str, Any]:
    """One entry with its inclusion proof."""
    detail = queries.entry(key)
    if detail is None:
        raise Http404
    whole = asdict(detail)
    return {**whole.pop("entry"), **whole}


@router.get("/checkpoints", response=CheckpointsOut, url_name="audit_checkpoints")
def checkpoints(request: HttpRequest, before: int | None = None) -> dict[str, Any]:
    """Checkpoints, the newest first."""
    rows, older = queries.checkpoints(before=before)
    return {"checkpoints": rows, "older": older}


@router.get("/state", response=StateOut, url_name="audit_state")
def state(request: HttpRequest) -> dict[str, Any]:
    """How the log stands now."""
    now = queries.state()
    check = now.check and {
        "ok": now.check.ok,
        "since": now.check.since,
        "at": now.check.at,
        "entries": now.check.entries,
        "first_bad": now.check.first_bad,
        "finding": now.check.finding,
        "seconds": now.check.seconds,
    }
    return {
        "entries": now.entries,
        "sealed": now.sealed,
        "unsealed": now.unsealed,
        "workers": now.workers,
        "checkpoint": now.checkpoint,
        "check": check,
    }
