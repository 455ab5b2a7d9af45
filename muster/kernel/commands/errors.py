"""Why a command was not done."""

from __future__ import annotations

from muster.kernel.errors import DomainError


class NotPermitted(Exception):
    """The actor may not do this, whatever `where` names.

    No DomainError: nothing is explained that a person could mend; to him it looks as if the thing did not exist.
    """

    def __init__(self, where: str = "") -> None:
        super().__init__(where)


class CommandConflict(DomainError):
    """Another command with the same id was done before; both are kept."""


class CommandGone(DomainError):
    """This command was done, and what it wrote has been erased since; it is not done again."""


class Overtaken(DomainError):
    """Somebody else changed the same thing at the same moment; of this command nothing was done."""
