"""What can be wrong between the log and its witness."""

from __future__ import annotations

from muster.kernel.errors import DomainError


class WitnessProblem(DomainError):
    """The witness and the log do not fit; nothing more is sealed until a person has looked."""

    code = "witness"


class WitnessMissing(WitnessProblem):
    """The log has been sealed before, and its witness is not there."""

    code = "witness_missing"


class WitnessAhead(WitnessProblem):
    """The witness has seen more of the log than the database holds: the database was rolled back."""

    code = "rollback"


class WitnessDiffers(WitnessProblem):
    """The database holds another history than the witness has seen."""

    code = "fork"


class WitnessUnreadable(WitnessProblem):
    """A line of the witness file is not what Muster wrote."""

    code = "witness_unreadable"
