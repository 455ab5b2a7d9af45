"""The witness: a file outside the database that repeats every checkpoint, one JSON line each, only ever appended to.

Line kinds: a checkpoint (`size, root, at, previous, hash`), or a restore that a person has acknowledged
(`restored: {from, to}, reason, by, at`), after which the history goes on from `to`.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext

from muster.kernel.audit.errors import WitnessUnreadable
from muster.kernel.audit.models import Checkpoint

TAIL_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Seen:
    """A checkpoint as the witness saw it."""

    size: int
    root: str
    at: str
    previous: str
    hash: str

    def is_whole(self) -> bool:
        """Whether the line's hash is that of what it says."""
        facts = {"at": self.at, "previous": self.previous, "root": self.root, "size": self.size}
        text = json.dumps(facts, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest() == self.hash


@dataclass(slots=True)
class Testimony:
    """Everything a witness file says: the history that stands, and what restores have cut off."""

    seen: list[Seen] = field(default_factory=list)
    restores: list[dict[str, Any]] = field(default_factory=list)

    @property
    def last(self) -> Seen | None:
        """The newest checkpoint of the history that stands."""
        return self.seen[-1] if self.seen else None


def line_of(checkpoint: Checkpoint) -> str:
    """A checkpoint as one line of the witness."""
    facts = {**json.loads(checkpoint.statement()), "hash": checkpoint.hash}
    return json.dumps(facts, sort_keys=True, separators=(",", ":"))


def read(path: Path) -> Testimony:
    """All of it. Raises WitnessUnreadable with the line's number. A missing file has seen nothing."""
    testimony = Testimony()
    lines = path.read_bytes().split(b"\n") if path.exists() else []
    for number, line in _whole(lines):
        _take(testimony, line, f"{path}:{number}")
    return testimony


def newest(path: Path) -> Seen | None:
    """The last checkpoint that stands, from the end of the file: its length does not matter."""
    if not path.exists():
        return None
    testimony = Testimony()
    for _number, line in _whole(_last_lines(path)):
        _take(testimony, line, f"{path}, {gettext('near the end')}")
    return testimony.last


def _last_lines(path: Path) -> list[bytes]:
    with path.open("rb") as file:
        start = max(0, file.seek(0, os.SEEK_END) - TAIL_BYTES)
        file.seek(start)
        lines = file.read().split(b"\n")
    return lines[1:] if start else lines


def _whole(lines: Sequence[bytes]) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers, without those that a dying process cut short: such a one has no end, or the whole of it
    stands below."""
    for number, line in enumerate(lines[:-1], start=1):
        follower = lines[number]
        if line and (follower == line or not follower.startswith(line)):
            yield number, line


def _take(testimony: Testimony, line: bytes, where: str) -> None:
    try:
        facts = json.loads(line)
        if "restored" in facts:
            _restore(testimony, facts)
        else:
            _see(testimony, Seen(**facts))
    except (ValueError, TypeError, KeyError) as problem:
        raise WitnessUnreadable(
            gettext("This line is not one that Muster wrote."),
            where=where,
            expected=gettext("a checkpoint as one JSON object"),
            mend=gettext("Compare the file with another copy of the witness."),
        ) from problem


def _see(testimony: Testimony, seen: Seen) -> None:
    if testimony.last != seen:  # the process died just before the end of the line, and wrote it again
        testimony.seen.append(seen)


def _restore(testimony: Testimony, facts: dict[str, Any]) -> None:
    """The history goes back to the checkpoint that the restored database ends with."""
    target = Seen(**facts["restored"]["to"])
    testimony.restores.append(facts)
    while testimony.seen and testimony.last != target:
        testimony.seen.pop()
    if not testimony.seen:
        testimony.seen.append(target)


def append(path: Path, lines: Iterable[str]) -> None:
    """Write whole lines and wait until the disk has them."""
    text = "".join(f"{line}\n" for line in lines)
    if not text:
        return
    if _ends_torn(path):
        text = "\n" + text
    fresh = not path.exists()
    with path.open("ab") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    if fresh:
        _sync_folder(path.parent)


def _ends_torn(path: Path) -> bool:
    if not path.exists() or path.stat().st_size == 0:
        return False
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def held(path: Path) -> Iterator[None]:
    """One process at a time deals with this witness."""
    with path.with_name(path.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
