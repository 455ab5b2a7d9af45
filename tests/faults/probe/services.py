"""Commands that fault tests write through: one row, several rows, a command inside a command, and a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F

from muster.kernel.commands import Actor, announce, command, record
from muster.kernel.errors import DomainError
from tests.faults.probe.models import Box, Line, Note


class NoteRefused(DomainError):
    """The note is refused."""


def everybody_but_strangers(*, by: Actor, **_: Any) -> bool:
    return by.principal != "anonymous"


@command("probe.note_add", policy=everybody_but_strangers)
def note_add(*, by: Actor, text: str, box: str = "in") -> Note:
    """A note, and its box counted up; an empty text is refused after the row was written."""
    kept, _ = Box.objects.get_or_create(name=box)
    note = Note.objects.create(box=kept, text=text, command_id=by.command_id)
    Box.objects.filter(pk=kept.pk).update(notes=F("notes") + 1)
    if not text:
        raise NoteRefused("A note needs a text.")
    announce(f"box:{box}", {"note": note.pk})
    record(length=len(text))
    return note


@command("probe.notes_add", policy=everybody_but_strangers)
def notes_add(*, by: Actor, texts: Sequence[str], box: str = "in") -> list[Note]:
    """Several notes, each by a command inside this one."""
    notes = [note_add(by=by, text=text, box=box) for text in texts]
    announce("boxes", {"count": len(notes)})
    return notes


@command("probe.mark", policy=everybody_but_strangers)
def mark(*, by: Actor, text: str) -> str:
    """The least that a command can be: no row of its own."""
    return text.upper()


@command("probe.line_add", policy=everybody_but_strangers)
def line_add(*, by: Actor, place: str, text: str, quantity: int) -> Line:
    """One row, told to whoever follows its place: what most commands do."""
    line = Line.objects.create(place=place, text=text, at=by.now, quantity=quantity)
    announce(f"place:{place}", {"line": line.pk})
    return line
