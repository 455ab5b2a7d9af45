"""What can be wrong with a change of the organisation."""

from __future__ import annotations

from muster.kernel.errors import DomainError


class ImportNotOpen(DomainError):
    """An import that was confirmed already, whose time is over, or whose key does not fit."""


class ImportKeyInvalid(DomainError):
    """A key that cannot lock a file."""


class TransferRefused(DomainError):
    """Somebody who belongs to no unit cannot be moved to one."""


class ImportHasProblems(DomainError):
    """An import with problems in its rows: nothing of it is done."""


class PreviewStale(DomainError):
    """What is stored has changed since the preview."""


class AppointmentInvalid(DomainError):
    """A role cannot be held like this."""


class SecondmentInvalid(DomainError):
    """Nobody is lent to nowhere, to his own unit, or to two places in one command."""


class UnitInUse(DomainError):
    """A unit that still has people, units, sites or roles cannot be closed."""


class BoundaryInvalid(DomainError):
    """A boundary that is none, or lies nowhere."""


class AbsenceWrong(DomainError):
    """Days away that cannot be, or that meet others."""
