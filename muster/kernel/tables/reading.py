"""Reading a table from a file that a stranger made."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import Final

from muster.kernel.tables.cells import clean
from muster.kernel.tables.container import OLE, ZIP, check_container
from muster.kernel.tables.errors import TableRefused
from muster.kernel.tables.text import read_text
from muster.kernel.tables.types import MIB, Limits, Row, Table
from muster.kernel.tables.workbook import read_workbook

TEXT: Final = frozenset({".csv", ".txt", ".tsv"})
WORKBOOKS: Final = frozenset({".xlsx", ".xlsm"})
OTHERS: Final = frozenset({".xls", ".xlsb", ".ods", ".et", ".numbers"})
FOREIGN: Final = (
    ZIP,
    OLE,
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"\x7fELF",
    b"MZ",
)
APART: Final = 256 * 1024  # an unpacked workbook larger than this is parsed in a process of its own
ROOT: Final = Path(__file__).resolve().parents[3]
LIMITS: Final = Limits()


def read_table(content: bytes, *, file_name: str, sheet: str | None = None, limits: Limits = LIMITS) -> Table:
    """The table in a CSV file or a workbook (.xlsx, .xlsm), from its first filled row on.

    Parameters
    ----------
    content : the file's bytes. CSV may be UTF-8, UTF-16 with a mark, GBK or GB 18030, separated by comma, tab or
        semicolon.
    file_name : as the reader knows it; its ending says what the file should be, its content must agree.
    sheet : name of a workbook's sheet; the first visible one if it is None.

    Raises
    ------
    TableRefused : what, where, what was expected and how to mend it; nothing is read in part.
    """
    where = shown_name(file_name)
    if len(content) > limits.file_bytes:
        raise TableRefused("file_too_large", where, limit=limits.file_bytes // MIB)
    if not content.strip():
        raise TableRefused("empty", where)
    ending = PurePosixPath(where.lower()).suffix
    if ending in TEXT:
        if content.startswith(FOREIGN):
            raise TableRefused("name_and_content_differ", where, ending=ending)
        return read_text(content, where, limits)
    if ending in OTHERS:
        raise TableRefused("old_format", where)
    if ending not in WORKBOOKS:
        raise TableRefused("kind_unknown", where)
    return _workbook(content, where, ending, sheet, limits)


def shown_name(file_name: str) -> str:
    """A file's name as it may be shown: without a path and without characters that reverse or hide its ending."""
    last = file_name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in clean(last) if letter.isprintable())[:200]


def _workbook(content: bytes, where: str, ending: str, sheet: str | None, limits: Limits) -> Table:
    if not content.startswith((ZIP, OLE)):
        raise TableRefused("name_and_content_differ", where, ending=ending)
    if check_container(content, where, limits) <= APART:
        return read_workbook(content, where, sheet, limits)
    return _read_apart(content, where, sheet, limits)


def _read_apart(content: bytes, where: str, sheet: str | None, limits: Limits) -> Table:
    """The table as a confined process reads it; a process that dies has been given something too large."""
    order = [sys.executable, "-m", "muster.kernel.tables.child", where, sheet or "", json.dumps(asdict(limits))]
    environment = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(  # noqa: S603  # our own interpreter and module; the file's name is one argument, no shell
            order, input=content, capture_output=True, timeout=limits.seconds + 5, env=environment, check=False
        )
    except subprocess.TimeoutExpired as problem:
        raise TableRefused("took_too_long", where, limit=limits.seconds) from problem
    if done.returncode != 0:
        raise TableRefused("took_too_long", where, limit=limits.seconds)
    told = json.loads(done.stdout)
    if "refused" in told:
        raise TableRefused(told["refused"], where, **told["figures"])
    facts = told["table"]
    return Table(facts["headers"], [Row(**row) for row in facts["rows"]], tuple(facts["wide"]), facts["sheet"])
