"""The ZIP around a workbook, looked at before anything in it is parsed."""

from __future__ import annotations

import stat
import zipfile
import zlib
from io import BytesIO
from itertools import pairwise
from typing import Final
from xml.parsers import expat

from muster.kernel.tables.errors import TableRefused
from muster.kernel.tables.types import MIB, Limits

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP: Final = b"PK\x03\x04"
ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
WORKBOOK: Final = "xl/workbook.xml"
SMALL: Final = 64 * 1024  # a part so small is no bomb, however tightly it is packed
HEAD: Final = 64 * 1024
METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # all that spreadsheet programs write
BROKEN: Final = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, expat.ExpatError)


def check_container(content: bytes, where: str, limits: Limits, *, main: str = WORKBOOK) -> int:
    """How many bytes a workbook has unpacked, once nothing speaks against unpacking it.

    `main` is the part that it must have: a document of another office program has another one.
    Raises TableRefused for what is no workbook, is locked, unpacks to too much, or was made to do harm.
    """
    if content.startswith(OLE):
        raise TableRefused("encrypted" if ENCRYPTED_PACKAGE in content else "old_format", where)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            unpacked = _check_entries(archive.infolist(), len(content), where, limits, main)
            _check_parts(archive, where)
    except BROKEN as problem:
        raise TableRefused("workbook_broken", where) from problem
    return unpacked


def _check_entries(entries: list[zipfile.ZipInfo], packed: int, where: str, limits: Limits, main: str) -> int:
    if len(entries) > limits.entries:
        raise TableRefused("too_many_parts", where, limit=limits.entries)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise TableRefused("encrypted", where)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked_bytes:
        raise TableRefused("too_large_unpacked", where, limit=limits.unpacked_bytes // MIB)
    if unpacked > SMALL and (unpacked > packed * limits.ratio or any(_is_bomb(entry, limits) for entry in entries)):
        raise TableRefused("packed_too_tightly", where, limit=limits.ratio)
    if _overlap(entries) or any(_is_odd(entry) for entry in entries):
        raise TableRefused("workbook_hostile", where)
    names = {entry.filename for entry in entries}
    if main not in names:
        raise TableRefused("old_format", where)
    return unpacked


def _is_bomb(entry: zipfile.ZipInfo, limits: Limits) -> bool:
    return entry.file_size > SMALL * 16 and entry.file_size > max(entry.compress_size, 1) * limits.ratio


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    """Do two entries share packed bytes? Nobody but the maker of a bomb writes that. A name twice counts too."""
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    shared = any(one.header_offset + one.compress_size > other.header_offset for one, other in pairwise(ordered))
    return shared or len({entry.filename for entry in entries}) < len(entries)


def _is_odd(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename.replace("\\", "/")
    odd = entry.compress_type not in METHODS
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    return odd or is_link or name.startswith("/") or ":" in name or ".." in name.split("/")


def _check_parts(archive: zipfile.ZipFile, where: str) -> None:
    """No part declares a document type: entities that grow or read files start there."""
    for entry in archive.infolist():
        if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            with archive.open(entry) as part:
                if _declares_a_type(part.read(HEAD)):
                    raise TableRefused("workbook_hostile", where)


class _RootReached(Exception):
    """The head of the document is over."""


def _declares_a_type(head: bytes) -> bool:
    """Does an XML document declare a type before its root element? Reads the head in whatever encoding it has."""
    found: list[str] = []

    def type_declared(*_facts: object) -> None:
        found.append("type")
        raise _RootReached

    def root_reached(*_facts: object) -> None:
        raise _RootReached

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = type_declared
    parser.StartElementHandler = root_reached
    try:
        parser.Parse(head, False)
    except _RootReached:
        return bool(found)
    return len(head) == HEAD  # so long a head before the root has no honest reason
