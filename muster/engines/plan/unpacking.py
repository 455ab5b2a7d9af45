"""Whether a package of a version is what was released: every alteration is named."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from muster.engines.plan.errors import PlanInvalid
from muster.engines.plan.hashing import clause_hashes
from muster.engines.plan.loading import canonical_content
from muster.engines.plan.packing import CONTENT, FORM, LIFE, MANIFEST, TEXT, archive, chain_of, sum_of
from muster.engines.plan.text import Text
from muster.engines.plan.types import Plan

LARGEST: Final = 20_000_000  # bytes, packed and unpacked: a text has at most 1 MB, a chain at most 12
MOST: Final = 32  # entries
# Whatever the reader of archives says of headers that lie.
_DAMAGED: Final = (zipfile.BadZipFile, struct.error, ValueError, OSError, EOFError, RuntimeError, IndexError)

_NO_ARCHIVE: Final = Text("不是 ZIP 文件，或已损坏", "is no ZIP archive, or it is damaged")
_TOO_LARGE: Final = Text("过大，不可能是预案包", "is too large to be the package of a plan")
_TWICE: Final = Text("出现两次", "stands twice")
_MISSING: Final = Text("缺失", "is missing")
_EXTRA: Final = Text("清单中没有", "is not in the manifest")
_ALTERED: Final = Text("与清单中的 SHA-256 不符，已被改动", "differs from its SHA-256 in the manifest: it was altered")
_UNREADABLE: Final = Text("无法读取", "cannot be read")
_NO_PLAN: Final = Text("不是可读的预案", "is no plan that can be read")
_OTHER: Final = Text("与文本内容不符", "is not what the text says")
_NOT_THIS: Final = Text("批准的不是这一文本", "names an approval of another text")
_NOT_THAT: Final = Text("确认的条款不是这一表述", "names an acknowledgement of another wording")
_REPACKED: Final = Text("归档本身被改动或重新打包过", "the archive itself was altered or packed anew")
_EXPECTED: Final = Text("不是要核对的哈希", "is not the hash that was asked for")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with which part of a package."""

    part: str
    what: Text


@dataclass(frozen=True, slots=True)
class Verified:
    """What a package says that it is, and every fault; the plan and its hash are empty where nothing can be read."""

    plan: str
    version: str
    hash: str
    faults: tuple[Fault, ...]


class _Unusable(Exception):
    """Nothing more can be said of the package."""

    def __init__(self, part: str, what: Text) -> None:
        super().__init__(part, what.en)
        self.fault = Fault(part, what)


def verify(packed: bytes, expected: str = "") -> Verified:
    """Check a package against itself and, if `expected` is given, against a hash known from elsewhere.

    A package that was altered with its manifest has another hash than the one that was released: only `expected`, or
    somebody who compares the hash with that on paper, finds this.
    """
    try:
        files = _files(packed)
        manifest = _manifest(files)
    except _Unusable as unusable:
        return Verified("", "", "", (unusable.fault,))
    faults = [*_sums(files, manifest["files"]), *_meaning(files, manifest)]
    if not faults and archive(files) != packed:
        faults.append(Fault("", _REPACKED))
    if expected and expected != manifest["hash"]:
        faults.append(Fault(manifest["hash"], _EXPECTED))
    return Verified(manifest["plan"], manifest["version"], manifest["hash"], tuple(dict.fromkeys(faults)))


def _files(packed: bytes) -> dict[str, bytes]:
    if len(packed) > LARGEST:
        raise _Unusable("", _TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as source:
            entries = source.infolist()
            if len(entries) > MOST or sum(entry.file_size for entry in entries) > LARGEST:
                raise _Unusable("", _TOO_LARGE)
            names = [entry.filename for entry in entries]
            for name in names:
                if names.count(name) > 1:
                    raise _Unusable(name, _TWICE)
            return {entry.filename: _content(source, entry) for entry in entries}
    except _DAMAGED as damaged:
        raise _Unusable("", _NO_ARCHIVE) from damaged


def _content(source: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """What is compressed or encrypted was not packed here: no entry can unfold into more than it takes."""
    if entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1:
        raise _Unusable(entry.filename, _UNREADABLE)
    try:
        return source.read(entry)
    except _DAMAGED:  # it is read as nothing, so that its sum names it, and whatever else was altered with it
        return b""


def _manifest(files: Mapping[str, bytes]) -> dict[str, Any]:
    if MANIFEST not in files:
        raise _Unusable(MANIFEST, _MISSING)
    found = _json(files[MANIFEST])
    words = ("plan", "version", "hash")
    if (
        not isinstance(found, dict)
        or found.get("form") != FORM
        or not all(isinstance(found.get(word), str) for word in words)
        or not isinstance(found.get("files"), dict)
    ):
        raise _Unusable(MANIFEST, _UNREADABLE)
    return found


def _sums(files: Mapping[str, bytes], stated: Mapping[str, Any]) -> Iterator[Fault]:
    for name in sorted({*files, *stated, TEXT, CONTENT, LIFE} - {MANIFEST}):
        if name not in files:
            yield Fault(name, _MISSING)
        elif name not in stated:
            yield Fault(name, _EXTRA)
        elif sum_of(files[name]) != stated[name]:
            yield Fault(name, _ALTERED)


def _meaning(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Iterator[Fault]:
    """The text is read anew: its hash, that of each clause and of each higher version must be those that are stated."""
    texts = [
        files[name] for name in (TEXT, *sorted(one for one in files if one.startswith("higher/"))) if name in files
    ]
    if TEXT not in files:
        return
    try:
        plan = chain_of(texts)
    except PlanInvalid:
        yield Fault(TEXT, _NO_PLAN)
        return
    if (plan.id, plan.version, plan.hash) != tuple(manifest[word] for word in ("plan", "version", "hash")):
        yield Fault(f"{MANIFEST}: hash", _OTHER)
    if files.get(CONTENT, b"") != canonical_content(files[TEXT], plan).encode():
        yield Fault(CONTENT, _OTHER)
    higher = [(one.id, one.version, one.hash) for one in plan.chain[1:]]
    if higher != _higher(manifest.get("higher")):
        yield Fault(f"{MANIFEST}: higher", _OTHER)
    if manifest.get("clauses") != clause_hashes(plan):
        yield Fault(f"{MANIFEST}: clauses", _OTHER)
    yield from _lives(files.get(LIFE, b""), plan)


def _higher(stated: Any) -> list[tuple[Any, ...]]:
    rows = stated if isinstance(stated, list) else [None]
    return [
        tuple(row.get(word) for word in ("plan", "version", "hash")) if isinstance(row, dict) else () for row in rows
    ]


def _lives(content: bytes, plan: Plan) -> Iterator[Fault]:
    """Approvals are of this very text, acknowledgements of these very words."""
    life = _json(content)
    if not isinstance(life, dict):
        yield Fault(LIFE, _UNREADABLE)
        return
    if any(row.get("hash") != plan.hash for row in _rows(life, "approvals")):
        yield Fault(f"{LIFE}: approvals", _NOT_THIS)
    hashes = clause_hashes(plan)
    if any(hashes.get(str(row.get("clause"))) != row.get("clause_hash") for row in _rows(life, "acknowledgements")):
        yield Fault(f"{LIFE}: acknowledgements", _NOT_THAT)


def _rows(life: Mapping[str, Any], word: str) -> list[Mapping[str, Any]]:
    rows = life.get(word) or []
    return [row if isinstance(row, dict) else {} for row in rows] if isinstance(rows, list) else [{}]


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None
