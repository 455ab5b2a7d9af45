"""What can be wrong with what the epidemic engine is given."""

from __future__ import annotations


class EpidemicInputInvalid(ValueError):
    """Something that no estimate can be made of; the message says what and what was expected."""


class SerialIntervalInvalid(EpidemicInputInvalid):
    """Probabilities of a serial interval that are none: mass at lag 0, a negative value, or a sum that is not 1."""


class CountsInvalid(EpidemicInputInvalid):
    """Counts that are negative, infinite, or fewer days than one estimate needs."""
