#!/usr/bin/env python3
"""Verify Muster's audit log without Muster.

    python3 verify_audit.py LOG WITNESS

LOG is the SQLite database file, or what `muster audit export FILE` wrote (JSON lines; the only way for PostgreSQL).
WITNESS is the witness file. Needs Python 3.8 or newer and nothing else; written apart from Muster's own code, so that
the two can disagree. Exit 0: all is as it was sealed and witnessed; 1: it is not; 2: a file cannot be read.

The rules it checks (SHA-256 throughout, RFC 9162 section 2.1 for the tree):

1. The hash of an entry is over a zero byte and its `content`; the other columns repeat what the content says.
2. Positions run from 0 without a gap.
3. Each checkpoint's `root` is the Merkle tree hash of the first `size` entries.
4. Each checkpoint's `hash` is over {"at", "previous", "root", "size"} as JSON with sorted keys and no blanks;
   `previous` is the hash of the checkpoint before.
5. Every checkpoint that the witness has seen is in the log, unless a later line of the witness acknowledges a restore.
"""

import hashlib
import json
import sqlite3
import sys
from datetime import UTC, datetime


class Broken(Exception):
    """What is wrong, and the first entry that cannot be trusted (None: no entry is named)."""

    def __init__(self, what, position=None):
        super().__init__(what)
        self.what = what
        self.position = position


def sha256(data):
    return hashlib.sha256(data).digest()


def read_log(path):
    """Sealed entries in order of position, waiting entries, checkpoints in order of size."""
    with open(path, "rb") as file:
        if file.read(15) == b"SQLite format 3":
            return read_sqlite(path)
    return read_export(path)


def read_sqlite(path):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    database.execute("BEGIN")  # one view of the database while others write
    checkpoints = [dict(row) for row in database.execute("SELECT * FROM audit_checkpoint ORDER BY size")]
    sealed = database.execute("SELECT * FROM audit_leaf WHERE position IS NOT NULL ORDER BY position")
    waiting = database.execute("SELECT * FROM audit_leaf WHERE position IS NULL ORDER BY id")
    return map(dict, sealed), map(dict, waiting), checkpoints


def read_export(path):
    sealed, waiting, checkpoints = [], [], []
    with open(path, encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if row.pop("type") == "checkpoint":
                checkpoints.append(row)
            else:
                (waiting if row["position"] is None else sealed).append(row)
    return sealed, waiting, checkpoints


def moment(text):
    """Columns of SQLite are in UTC without saying so."""
    parsed = datetime.fromisoformat(text)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def check_entry(row, place):
    if sha256(b"\x00" + row["content"].encode()).hex() != row["leaf_hash"]:
        raise Broken("the content of an entry does not have its hash", place)
    try:
        says = json.loads(row["content"])
        same = all(says[name] == row[name] for name in ("kind", "action", "principal"))
        same = same and moment(says["at"]) == moment(row["at"])
    except (ValueError, KeyError, TypeError):
        same = False
    if not same:
        raise Broken("the columns of an entry do not say what its content says", place)


def statement_hash(checkpoint):
    at = moment(checkpoint["at"]).astimezone(UTC).isoformat()
    facts = {"at": at, "previous": checkpoint["previous"], "root": checkpoint["root"], "size": checkpoint["size"]}
    return sha256(json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()).hex()


def add(tree, leaf):
    """`tree` holds (width, hash) of the complete subtrees from left to right; two of one width become one."""
    tree.append((1, leaf))
    while len(tree) > 1 and tree[-1][0] == tree[-2][0]:
        width, right = tree.pop()
        _, left = tree.pop()
        tree.append((2 * width, sha256(b"\x01" + left + right)))


def root_of(tree):
    if not tree:
        return sha256(b"").hex()
    whole = tree[-1][1]
    for _, left in tree[-2::-1]:
        whole = sha256(b"\x01" + left + whole)
    return whole.hex()


def check_log(sealed, checkpoints):
    """Number of sealed entries and their root. Raises Broken."""
    tree, size, previous = [], 0, ""
    entries = iter(sealed)
    for checkpoint in checkpoints:
        begin = size
        while size < checkpoint["size"]:
            row = next(entries, None)
            if row is None or row["position"] != size:
                raise Broken("an entry is missing", size)
            check_entry(row, size)
            add(tree, bytes.fromhex(row["leaf_hash"]))
            size += 1
        if root_of(tree) != checkpoint["root"]:
            raise Broken("the entries do not have the root that was sealed", begin)
        if checkpoint["previous"] != previous or statement_hash(checkpoint) != checkpoint["hash"]:
            raise Broken("the chain of checkpoints is broken", begin)
        previous = checkpoint["hash"]
    if next(entries, None) is not None:
        raise Broken("an entry has a position that no checkpoint covers", size)
    return size, root_of(tree)


def read_witness(path):
    """Checkpoints as witnessed, and how many restores were acknowledged."""
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    seen, restores = [], 0
    for number, line in enumerate(lines):
        follower = lines[number + 1] if number + 1 < len(lines) else None
        cut_short = follower is None or (follower != line and follower.startswith(line))
        if not line or cut_short:  # the process died while it wrote this line; the next one repeats it
            continue
        row = json.loads(line)
        if "restored" in row:
            goes_on_from = [one["hash"] for one in seen].index(row["restored"]["to"]["hash"])
            del seen[goes_on_from + 1 :]
            restores += 1
        elif not seen or seen[-1] != row:
            seen.append(row)
    return seen, restores


def check_witness(seen, checkpoints):
    """The last size on which log and witness agree. Raises Broken."""
    if not seen and checkpoints:
        raise Broken("the log was sealed and the witness has seen nothing")
    held = {checkpoint["size"]: checkpoint["hash"] for checkpoint in checkpoints}
    agreed, previous = 0, ""
    for one in seen:
        if one["previous"] != previous or statement_hash(one) != one["hash"]:
            raise Broken(f"the witness's own chain is broken at size {one['size']}")
        if one["size"] > max(held, default=-1):
            raise Broken(f"the witness has seen {one['size']} entries: the log was set back", agreed)
        if held.get(one["size"]) != one["hash"]:
            raise Broken("the witness has seen another history", agreed)
        agreed, previous = one["size"], one["hash"]
    return agreed


def verify(log, witness):
    """Everything; returns a summary. Raises Broken."""
    seen, restores = read_witness(witness)  # before the log: the witness is told last
    sealed, waiting, checkpoints = read_log(log)
    size, root = check_log(sealed, checkpoints)
    tail = 0
    for row in waiting:
        check_entry(row, None)
        tail += 1
    witnessed = check_witness(seen, checkpoints)
    return {
        "entries": size + tail,
        "sealed": size,
        "unsealed": tail,
        "root": root,
        "checkpoints": len(checkpoints),
        "witnessed": witnessed,
        "restores": restores,
    }


def main(arguments):
    if len(arguments) != 2:
        print("usage: verify_audit.py LOG WITNESS", file=sys.stderr)
        return 2
    try:
        summary = verify(*arguments)
    except Broken as broken:
        print(json.dumps({"ok": False, "first_bad": broken.position, "finding": broken.what}))
        return 1
    except (OSError, ValueError, KeyError, sqlite3.Error) as problem:
        print(f"verify_audit.py: cannot read: {problem}", file=sys.stderr)
        return 2
    print(json.dumps({"ok": True, "first_bad": None, **summary}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
