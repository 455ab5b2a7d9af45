"""Who acts, in what role, for what purpose, with which command."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid4

from muster.kernel import clock

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is behind a command or a read.

    `principal` is a pseudonym such as "account:17" or "system:worker", never a name. `command_id` is made by the
    client: the same id is the same command. `now` decides order; `device_time` is kept, never trusted.
    """

    principal: str
    roles: frozenset[str] = frozenset()
    account_id: int | None = None
    person_id: int | None = None
    unit_id: int | None = None
    partner_id: int | None = None
    purpose: str = "emergency_response"
    command_id: UUID = field(default_factory=uuid4)
    device: str = ""
    device_time: datetime | None = None
    now: datetime = field(default_factory=clock.now)

    @classmethod
    def system(cls, name: str, now: datetime | None = None) -> Actor:
        """Muster itself, acting for nobody: set-up, worker, replay."""
        return cls(principal=f"{SYSTEM}:{name}", roles=frozenset({SYSTEM}), now=now or clock.now())

    def again(self) -> Actor:
        """The same actor with a new command, now."""
        return self.at(clock.now())

    def at(self, moment: datetime) -> Actor:
        """The same actor with a new command at a moment of his own time: a replay's or an exercise's."""
        return replace(self, command_id=uuid4(), now=moment)
