"""Processes that are killed with SIGKILL while they write to a real database.

    python -m tests.faults.victim DATABASE_URL FOLDER SEED CAMPAIGN=RUNS ...

Prints one JSON document a line: what was tried and what was found wrong. Campaigns:
`boundaries` kills before every statement, before the commit, and after the commit before the reply;
`random` kills at a random moment in a stream of commands; `crowd` sends the same ids from eight processes at once,
`threads` each id from fifty threads at once.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any
from uuid import UUID

Outcome = dict[str, Any]
TEXTS = ["a", "b"]
CROWD = 8
THREADS = 50


def prepare(url: str, folder: str) -> None:
    os.environ.update(MUSTER_DATABASE=url, MUSTER_VAR=folder, DJANGO_SETTINGS_MODULE="tests.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, run_syncdb=True)


def command_of(command_id: UUID) -> Any:
    """The command that everything here sends: two notes, in two commands inside it."""
    from muster.kernel.commands import Actor
    from tests.faults.probe.services import notes_add

    return notes_add.receive(by=Actor(sender(command_id), command_id=command_id), texts=TEXTS)


def sender(command_id: UUID) -> str:
    """Each command has its own, by whom its entries are found without reading the whole log."""
    return f"account:{command_id.hex}"


def child(work: Callable[[int], None]) -> tuple[int, int]:
    """Starts a process with no connection of its parent's; returns its id and the pipe on which it replies."""
    from django.db import connections

    connections.close_all()
    read, write = os.pipe()
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        os.close(write)
        return pid, read
    os.close(read)
    try:
        work(write)
    finally:
        os._exit(0)


def replies_of(pid: int, pipe: int) -> list[str]:
    """What the process had answered when it ended, one line each."""
    with os.fdopen(pipe) as lines:
        answered = lines.read().splitlines()
    os.waitpid(pid, 0)
    return answered


@contextmanager
def killed_at(boundary: int) -> Iterator[None]:
    """SIGKILL before the statement of this number; the commit and what follows it count as statements too."""
    from django.db import connection
    from django.db.backends.base.base import BaseDatabaseWrapper

    passed = [0]

    def step() -> None:
        if passed[0] == boundary:
            os.kill(os.getpid(), signal.SIGKILL)
        passed[0] += 1

    def wrapper(execute: Any, *arguments: Any) -> Any:
        step()
        return execute(*arguments)

    commit = BaseDatabaseWrapper._commit

    def commit_between(self: Any) -> Any:
        step()
        done = commit(self)
        step()
        return done

    BaseDatabaseWrapper._commit = commit_between
    with connection.execute_wrapper(wrapper):
        yield


def boundaries(runs: int, seed: int) -> Outcome:
    """Every boundary `runs` times; ends with the first boundary that is behind the reply."""
    wrong: list[str] = []
    kills, boundary = 0, 0
    chance = random.Random(seed)
    while True:
        survived = False
        for _ in range(runs):
            command_id = UUID(int=chance.getrandbits(128))
            pid, pipe = child(lambda out, b=boundary, c=command_id: under_the_knife(out, b, c))
            answered = replies_of(pid, pipe)
            survived = bool(answered)
            kills += not survived
            wrong += judged(command_id, answered, f"boundary {boundary}")
        if survived:
            return {"kills": kills, "boundaries": boundary, "wrong": wrong}
        boundary += 1


def under_the_knife(out: int, boundary: int, command_id: UUID) -> None:
    from django.db import connection

    connection.ensure_connection()
    with killed_at(boundary):
        receipt = command_of(command_id)
    os.write(out, f"{command_id} {receipt.body.hex()}\n".encode())


def random_kills(runs: int, seed: int) -> Outcome:
    """A process that writes as fast as it can is killed at a moment nobody has chosen."""
    chance, wrong, commands = random.Random(seed), [], 0
    for run in range(runs):
        stream = random.Random(f"{seed} {run}")
        ids = [UUID(int=stream.getrandbits(128)) for _ in range(200)]
        pid, pipe = child(lambda out, ids=ids: stream_of(out, ids))
        os.read(pipe, 1)  # it has connected
        time.sleep(chance.uniform(0, 0.2))
        os.kill(pid, signal.SIGKILL)
        answered = replies_of(pid, pipe)
        whole = [line for line in answered if line.endswith(".")]
        commands += len(whole)
        for number, command_id in enumerate(ids[: len(whole) + 2]):
            reply = [whole[number].rstrip(".")] if number < len(whole) else []
            wrong += judged(command_id, reply, f"run {run}, command {number}")
    return {"kills": runs, "commands": commands, "wrong": wrong}


def stream_of(out: int, ids: list[UUID]) -> None:
    from django.db import connection

    connection.ensure_connection()
    os.write(out, b"+")
    for command_id in ids:
        receipt = command_of(command_id)
        os.write(out, f"{command_id} {receipt.body.hex()}.\n".encode())


def judged(command_id: UUID, answered: list[str], where: str) -> list[str]:
    """What is wrong after the process has gone, and after the client has sent the command again."""
    wrong = [f"{where}: {fault}" for fault in faults(command_id, answered)]
    before = len(answered)
    receipt = command_of(command_id)
    again = [*answered, f"{command_id} {receipt.body.hex()}"]
    wrong += [f"{where}, repeated: {fault}" for fault in faults(command_id, again)]
    if before and receipt.status != 200:
        wrong.append(f"{where}: an acknowledged command was done again")
    return wrong


def faults(command_id: UUID, answered: list[str]) -> Iterator[str]:
    """All or nothing; all, if anything was answered; and every answer the same."""
    from muster.kernel.audit.models import Leaf
    from muster.kernel.commands.models import CommandRecord, OutboxRow
    from tests.faults.probe.models import Box, Note

    record = CommandRecord.objects.filter(pk=command_id).first()
    leaves = Leaf.objects.filter(principal=sender(command_id)).count()
    found = (
        Note.objects.filter(command_id=command_id).count(),
        leaves,
        OutboxRow.objects.filter(command_id=command_id).count(),
    )
    if found != ((2, 3, 3) if record else (0, 0, 0)):
        yield f"half applied: notes, entries, messages are {found}"
    if answered and record is None:
        yield "acknowledged and lost"
    if record and any(line.split()[1] != bytes(record.receipt).hex() for line in answered):
        yield "two answers to one command"
    if sum(Box.objects.values_list("notes", flat=True)) != Note.objects.count():
        yield "the box miscounts"


def crowd(runs: int, seed: int) -> Outcome:
    """The same ids from several processes at the same time."""
    chance = random.Random(seed)
    ids = [UUID(int=chance.getrandbits(128)) for _ in range(runs)]
    moment = time.time() + 0.5
    processes = [child(lambda out: rush(out, ids, moment)) for _ in range(CROWD)]
    answers = [replies_of(pid, pipe) for pid, pipe in processes]
    wrong = [f"{len(one)} answers instead of {runs}" for one in answers if len(one) != runs]
    for number, command_id in enumerate(ids):
        replies = [one[number] for one in answers if len(one) > number]
        wrong += [f"id {number}: {fault}" for fault in faults(command_id, [line.rstrip(".") for line in replies])]
    return {"kills": 0, "commands": runs * CROWD, "wrong": wrong}


def rush(out: int, ids: list[UUID], moment: float) -> None:
    from django.db import connection

    connection.ensure_connection()
    time.sleep(max(0.0, moment - time.time()))
    for command_id in ids:
        receipt = command_of(command_id)
        os.write(out, f"{command_id} {receipt.body.hex()}.\n".encode())


def threads(runs: int, seed: int) -> Outcome:
    """Each id from fifty threads of one process at the same moment."""
    chance = random.Random(seed)
    ids = [UUID(int=chance.getrandbits(128)) for _ in range(runs)]
    pid, pipe = child(lambda out: fifty(out, ids))
    answered = replies_of(pid, pipe)
    wrong = []
    for number, command_id in enumerate(ids):
        replies = [line.rstrip(".") for line in answered if line.startswith(str(command_id))]
        wrong += [f"id {number}: {fault}" for fault in faults(command_id, replies)]
        if len(replies) != THREADS:
            wrong.append(f"id {number}: {len(replies)} answers")
    return {"kills": 0, "commands": runs * THREADS, "wrong": wrong}


def fifty(out: int, ids: list[UUID]) -> None:
    together = Barrier(THREADS, timeout=60)  # whoever fails does not keep the others

    def one(_: int) -> None:
        from django.db import connection

        connection.ensure_connection()
        for command_id in ids:
            together.wait()
            receipt = command_of(command_id)
            os.write(out, f"{command_id} {receipt.body.hex()}.\n".encode())
        connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(one, range(THREADS)))


CAMPAIGNS = {"boundaries": boundaries, "random": random_kills, "crowd": crowd, "threads": threads}

if __name__ == "__main__":
    database, place, start, *campaigns = sys.argv[1:]
    prepare(database, place)
    for name, count in (each.split("=") for each in campaigns):
        print(json.dumps({"campaign": name, "seed": int(start), **CAMPAIGNS[name](int(count), int(start))}), flush=True)
