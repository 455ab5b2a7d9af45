"""Why a command was not done."""

from __future__ import annotations

from muster.kernel.errors import DomainError


class NotPermitted(DomainError):
    """The actor may not do this; to a person it looks as if the thing did not exist."""


class CommandConflict(DomainError):
    """Another command with the same id was done before; both are kept."""


class CommandGone(DomainError):
    """This command was done, and what it wrote has been erased since; it is not done again."""
