"""Tables that go out: as text that Excel opens in the right encoding and never runs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from muster.kernel.tables.cells import safe_cell


def write_csv(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A CSV file in UTF-8 with a mark, lines ended as Excel does; no cell of it is a formula."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([safe_cell(header) for header in headers])
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")
