"""The process in which a large workbook is parsed: little memory, little time, no file to write.

It reads the workbook from standard input and prints the table, or why it is refused, as JSON.
"""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict
from typing import Any

from django.conf import settings


def main() -> None:
    """`python -m muster.kernel.tables.child WHERE SHEET LIMITS`, LIMITS in JSON; an empty SHEET is the first one."""
    where, sheet, given = sys.argv[1:]
    facts = json.loads(given)
    confine(facts["seconds"], facts["memory_bytes"])
    settings.configure(USE_I18N=False)  # a reason travels as its code; its texts are the parent's
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl asks for it and does without
    json.dump(outcome(sys.stdin.buffer.read(), where, sheet or None, facts), sys.stdout)


def confine(seconds: int, memory_bytes: int) -> None:
    """From here on this process can neither grow, run on, nor write a file."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def outcome(content: bytes, where: str, sheet: str | None, facts: dict[str, Any]) -> dict[str, Any]:
    """What the parent is told."""
    from muster.kernel.tables.errors import TableRefused
    from muster.kernel.tables.types import Limits
    from muster.kernel.tables.workbook import read_workbook

    try:
        return {"table": asdict(read_workbook(content, where, sheet, Limits(**facts)))}
    except TableRefused as refused:
        return {"refused": refused.code, "figures": refused.figures}


if __name__ == "__main__":
    main()
