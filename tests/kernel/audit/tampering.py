"""What a database administrator could do to a sealed log, each at a random place. The guards are down for him."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import F

from muster.engines.proof import Frontier
from muster.kernel.audit.models import KEPT_FROM, Checkpoint, Leaf, Node
from muster.kernel.audit.services import leaf_of

Tampering = Callable[[random.Random], object]
TAMPERINGS: dict[str, Tampering] = {}
FAR = 1_000_000


def tampering(function: Tampering) -> Tampering:
    TAMPERINGS[function.__name__] = function
    return function


@contextmanager
def guards_down() -> Iterator[None]:
    """As a superuser, who can switch triggers off. Inside a transaction that is rolled back afterwards."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_%'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
    yield
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def size() -> int:
    return Checkpoint.objects.order_by("-size")[0].size


def any_leaf(chance: random.Random) -> Leaf:
    return Leaf.objects.get(position=chance.randrange(size()))


def other_content(leaf: Leaf, chance: random.Random) -> Leaf:
    """The same entry with another number in it, honest in itself."""
    facts = json.loads(leaf.content) | {"number": chance.randrange(FAR, 2 * FAR)}
    for name in ("kind", "action", "principal", "at"):
        facts.pop(name)
    made = leaf_of(kind=leaf.kind, action=leaf.action, principal=leaf.principal, at=leaf.at, content=facts)
    made.pk, made.position = leaf.pk, leaf.position
    return made


def renumber(first: int, by: int) -> None:
    """Move positions from `first` on by `by`, past the uniqueness."""
    Leaf.objects.filter(position__gte=first).update(position=F("position") + FAR)
    Leaf.objects.filter(position__gte=FAR).update(position=F("position") - FAR + by)


def reseal(start: int = 0) -> None:
    """Compute all checkpoints and nodes from `start` on anew, each at its old place and time: no trace inside."""
    old = list(Checkpoint.objects.filter(size__gt=start).order_by("size").values_list("size", "at"))
    Checkpoint.objects.filter(size__gt=start).delete()
    newest = Checkpoint.objects.order_by("-size")[0]
    for end, at in old:
        frontier = newest.frontier()
        grown = Leaf.objects.filter(position__gte=frontier.size, position__lt=end).order_by("position")
        completed = frontier.extend([bytes.fromhex(leaf.leaf_hash) for leaf in grown], keep_from=KEPT_FROM)
        for node in Node.many(completed):
            Node.objects.update_or_create(level=node.level, index=node.index, defaults={"hash": node.hash})
        if frontier.size == newest.size:
            continue
        newest = Checkpoint.of(frontier, at=at, previous=newest.hash)
        newest.save(force_insert=True)


@tampering
def edit_content(chance: random.Random) -> None:
    leaf = any_leaf(chance)
    Leaf.objects.filter(pk=leaf.pk).update(content=leaf.content.replace('"number":', '"number":1', 1))


@tampering
def edit_content_and_its_hash(chance: random.Random) -> None:
    other_content(any_leaf(chance), chance).save()


@tampering
def edit_a_column(chance: random.Random) -> None:
    leaf = any_leaf(chance)
    change = chance.choice(
        [
            {"principal": "account:99"},
            {"action": "probe.other"},
            {"kind": "read"},
            {"at": leaf.at + timedelta(seconds=1)},
        ]
    )
    Leaf.objects.filter(pk=leaf.pk).update(**change)


@tampering
def edit_and_recompute_that_stretch(chance: random.Random) -> None:
    leaf = any_leaf(chance)
    other_content(leaf, chance).save()
    reseal(Checkpoint.objects.filter(size__lte=leaf.position).order_by("-size")[0].size)


@tampering
def delete_one(chance: random.Random) -> None:
    any_leaf(chance).delete()


@tampering
def delete_one_and_close_the_gap(chance: random.Random) -> None:
    leaf = any_leaf(chance)
    place = leaf.position or 0
    leaf.delete()
    renumber(place, -1)


@tampering
def delete_one_and_recompute_everything(chance: random.Random) -> None:
    delete_one_and_close_the_gap(chance)
    reseal()


@tampering
def insert_one(chance: random.Random) -> None:
    leaf = any_leaf(chance)
    place = leaf.position or 0
    renumber(place, 1)
    made = other_content(leaf, chance)
    made.pk, made.position = None, place
    made.save(force_insert=True)


@tampering
def append_with_a_position_of_its_own(chance: random.Random) -> None:
    made = other_content(any_leaf(chance), chance)
    made.pk, made.position = None, size() + chance.randrange(3)
    made.save(force_insert=True)


@tampering
def swap_two(chance: random.Random) -> None:
    first, second = (Leaf.objects.get(position=place) for place in chance.sample(range(size()), 2))
    Leaf.objects.filter(pk=first.pk).update(position=FAR)
    Leaf.objects.filter(pk=second.pk).update(position=first.position)
    Leaf.objects.filter(pk=first.pk).update(position=second.position)


@tampering
def cut_off_the_end(chance: random.Random) -> None:
    Leaf.objects.filter(position__gte=chance.randrange(size())).delete()


@tampering
def put_an_old_backup_back(chance: random.Random) -> None:
    kept = chance.choice(list(Checkpoint.objects.order_by("size"))[:-1])
    Leaf.objects.filter(position__gte=kept.size).delete()
    Checkpoint.objects.filter(size__gt=kept.size).delete()
    Node.objects.all().delete()
    reseal_nodes()


def reseal_nodes() -> None:
    leaves = Leaf.objects.filter(position__isnull=False).order_by("position")
    completed = Frontier().extend([bytes.fromhex(leaf.leaf_hash) for leaf in leaves], keep_from=KEPT_FROM)
    Node.objects.bulk_create(Node.many(completed))


@tampering
def fork_from_an_old_backup(chance: random.Random) -> None:
    kept = chance.choice(list(Checkpoint.objects.order_by("size"))[:-1])
    for leaf in Leaf.objects.filter(position__gte=kept.size):
        other_content(leaf, chance).save()
    reseal(kept.size)


@tampering
def rewrite_everything(chance: random.Random) -> None:
    for leaf in Leaf.objects.filter(position__gte=chance.randrange(size())):
        other_content(leaf, chance).save()
    reseal()


@tampering
def edit_a_checkpoint(chance: random.Random) -> None:
    checkpoint = chance.choice(list(Checkpoint.objects.all()))
    name = chance.choice(["root", "previous", "hash"])
    Checkpoint.objects.filter(pk=checkpoint.pk).update(**{name: chance.randbytes(32).hex()})


@tampering
def turn_a_checkpoints_clock_back(chance: random.Random) -> None:
    checkpoint = chance.choice(list(Checkpoint.objects.all()))
    checkpoint.at -= timedelta(hours=chance.randrange(1, 48))
    checkpoint.hash = checkpoint.digest()
    checkpoint.save()


@tampering
def delete_a_checkpoint(chance: random.Random) -> None:
    chance.choice(list(Checkpoint.objects.all())).delete()


def witness_lines() -> tuple[Path, list[str]]:
    path = settings.MUSTER_WITNESS
    return path, path.read_text().splitlines(keepends=True)


@tampering
def take_the_witness_away(chance: random.Random) -> None:
    settings.MUSTER_WITNESS.unlink()


@tampering
def drop_a_line_of_the_witness(chance: random.Random) -> None:
    path, lines = witness_lines()
    del lines[chance.randrange(len(lines) - 1)]
    path.write_text("".join(lines))


@tampering
def edit_a_line_of_the_witness(chance: random.Random) -> None:
    path, lines = witness_lines()
    place = chance.randrange(len(lines))
    facts = json.loads(lines[place])
    name = chance.choice(["root", "previous", "hash", "size"])
    facts[name] = chance.randrange(5, FAR) if name == "size" else chance.randbytes(32).hex()
    lines[place] = json.dumps(facts) + "\n"
    path.write_text("".join(lines))
