"""What is too large to be a plan is refused before it is parsed: whoever sent it gets an answer at once.

The checks would bear more (their time is linear to 5,000 clauses), people would not: a city's plan has under a hundred
clauses, nobody can take in 2,000, and one so long was put together by a program or holds the plans of many units.
"""

from __future__ import annotations

import re
from typing import Final

from muster.engines.plan.errors import PlanInvalid, Problem
from muster.engines.plan.text import Text

MOST_CLAUSES: Final = 2000  # a city's plan has under a hundred
_CLAUSE: Final = re.compile(r"^[ ]*-[ ]+(?:\{[ ]*)?id[ ]*:", re.MULTILINE)
_BLOCK: Final = re.compile(r"^clauses[ ]*:", re.MULTILINE)  # grades and the like have ids, too, before it
DIVIDE: Final = Text(
    "拆成几份预案；下级单位的条款写进依据它的下级预案",
    "divide it into several plans; what a lower unit does belongs into a plan of its own that extends this one",
)


def refuse_too_many(text: str | bytes, name: str) -> None:
    """Raises PlanInvalid for a text with more than 2,000 clauses, on the line where the next one begins."""
    written = text if isinstance(text, str) else text.decode("utf-8", errors="replace")
    block = _BLOCK.search(written)
    starts = [found.start() for found in _CLAUSE.finditer(written, block.start() if block else 0)]
    if len(starts) > MOST_CLAUSES:
        line = written.count("\n", 0, starts[MOST_CLAUSES]) + 1
        what = Text(f"预案有 {len(starts)} 个条款", f"the plan has {len(starts)} clauses")
        most = Text(f"最多 {MOST_CLAUSES} 个", f"at most {MOST_CLAUSES}")
        raise PlanInvalid((Problem.told(name, line, "", (what, most, DIVIDE)),))
