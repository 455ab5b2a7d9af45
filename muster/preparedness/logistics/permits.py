"""Who may change the stock: the policy that its commands ask."""

from __future__ import annotations

from typing import Any, Final

from muster.kernel.access.roles import LOGISTICS_OFFICER
from muster.kernel.commands import Actor

KEEPERS: Final = frozenset({"system", LOGISTICS_OFFICER})


def keeps_the_stock(*, by: Actor, **_: Any) -> bool:
    """Stock is kept by the logistics officers."""
    return not KEEPERS.isdisjoint(by.roles)
