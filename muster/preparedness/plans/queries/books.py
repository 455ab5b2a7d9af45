"""What Muster's own books say on a day, as it is put beside a draft."""

from __future__ import annotations

from datetime import date
from typing import Any

from muster.preparedness.logistics.queries import usable_balances
from muster.preparedness.plans.choices import AttachmentKind
from muster.preparedness.plans.queries.checking import moment_of
from muster.prevention.situation.queries import area_figures


def books_of(kind: AttachmentKind, day: date) -> tuple[str, list[dict[str, Any]]]:
    """Which books, and their rows at the end of a day: the stock, or for the risk the situation of each district."""
    moment = moment_of(day)
    if kind == AttachmentKind.RESOURCE_SURVEY:
        balances = sorted(usable_balances(as_of=moment).items())
        rows = [{"store": store, "item": item, "usable": usable} for (store, item), usable in balances]
        return f"stock {day.isoformat()}", rows
    figures = area_figures(as_of=moment)
    return f"situation {day.isoformat()}", [{"area": area, "figures": one} for area, one in sorted(figures.items())]
