"""What might be otherwise: a named set of changes to the bureau, the scenario or the plan.

A file for `--variant` is one such object in JSON, for example::

    {"name": "20 more at the checkpoints",
     "changes": [{"kind": "more_people", "qualification": "checkpoint", "count": 20, "units": []}]}
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from muster.engines.stress.plain import Plain


@dataclass(frozen=True, slots=True)
class MorePeople:
    """`count` people more who hold a qualification, spread evenly over `units`; over all that need it if none is named.

    With `cross_train` nobody comes: that many of those who are there learn it.
    """

    qualification: str
    count: int
    units: tuple[str, ...] = ()
    cross_train: bool = False
    kind: Literal["more_people"] = "more_people"


@dataclass(frozen=True, slots=True)
class MoreStock:
    """`days` of an item at the peak of the plan's need, in the central store from the first day."""

    item: str
    days: float
    kind: Literal["more_stock"] = "more_stock"


@dataclass(frozen=True, slots=True)
class OtherWorkMode:
    """Closed teams instead of open shifts, or the other way."""

    mode: Literal["open", "closed"]
    kind: Literal["work_mode"] = "work_mode"


@dataclass(frozen=True, slots=True)
class OtherTrigger:
    """The condition on which a level ("I" to "IV") is proposed."""

    level: Literal["I", "II", "III", "IV"]
    trigger: str
    kind: Literal["trigger"] = "trigger"


@dataclass(frozen=True, slots=True)
class SilentPartner:
    """A partner does not answer from a day up to and with another; to the end if none is given."""

    partner: str
    first: int = 0
    last: int | None = None
    kind: Literal["silent_partner"] = "silent_partner"


@dataclass(frozen=True, slots=True)
class DropClause:
    """The plan without a clause."""

    clause: str
    kind: Literal["drop_clause"] = "drop_clause"


@dataclass(frozen=True, slots=True)
class OtherDeadline:
    """Another time allowed for a clause: a duration in the plan's notation, such as "12h"."""

    clause: str
    due: str
    kind: Literal["deadline"] = "deadline"


@dataclass(frozen=True, slots=True)
class OtherFigure:
    """Another value of the scenario, by its path, such as "supply.lead_factor"."""

    path: str
    value: float
    kind: Literal["figure"] = "figure"


Change = Annotated[
    MorePeople | MoreStock | OtherWorkMode | OtherTrigger | SilentPartner | DropClause | OtherDeadline | OtherFigure,
    Field(discriminator="kind"),
]


@dataclass(frozen=True, slots=True)
class Variant(Plain):
    """Changes that are made together. `cost` is in units that whoever compares variants chooses."""

    name: str
    changes: tuple[Change, ...]
    cost: float = field(default=0.0)
