"""How large an S City to make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from muster.kernel.errors import DomainError

OFFICERS: Final = 8_000
STATIONS: Final = 120
SEED: Final = 20_200_112
FEWEST_STATIONS: Final = 8  # one for each sub-bureau
MOST_STATIONS: Final = 2_000
FEWEST_OFFICERS: Final = 240  # every command role has a holder and two deputies of its own
OFFICERS_PER_STATION: Final = 12  # a chief, two deputies, and a watch in three shifts
MOST_OFFICERS: Final = 100_000


class SizeInvalid(DomainError):
    """A city that cannot be made at this size."""

    def __init__(self, what: str | Promise, given: int, expected: str) -> None:
        super().__init__(
            what=_("S City cannot be made at this size"),
            where=format_lazy("{}: {}", what, given),
            expected=expected,
            mend=_("Choose a number within these bounds."),
        )


@dataclass(frozen=True, slots=True)
class Size:
    """Officers, auxiliaries and stations of the bureau; the areas stay the same, the sites follow the stations.

    The same size and seed give the same city, to the last code and name. `auxiliaries` follows the officers (one for
    two) unless it is given.
    """

    officers: int = OFFICERS
    auxiliaries: int = OFFICERS // 2
    stations: int = STATIONS
    seed: int = SEED

    @classmethod
    def of(cls, officers: int = OFFICERS, stations: int = STATIONS, seed: int = SEED) -> Size:
        """A size with one auxiliary for two officers. Raises SizeInvalid."""
        size = cls(officers, officers // 2, stations, seed)
        size.check()
        return size

    def check(self) -> None:
        """Raises SizeInvalid unless every sub-bureau can have a station, and every station a watch of its own."""
        fewest = max(FEWEST_OFFICERS, OFFICERS_PER_STATION * self.stations)
        if not FEWEST_STATIONS <= self.stations <= MOST_STATIONS:
            raise SizeInvalid(_("stations"), self.stations, f"{FEWEST_STATIONS}-{MOST_STATIONS}")
        if not fewest <= self.officers <= MOST_OFFICERS:
            raise SizeInvalid(_("officers"), self.officers, f"{fewest}-{MOST_OFFICERS}")
        if not 0 <= self.seed < 2**63:
            raise SizeInvalid(_("seed"), self.seed, f"0-{2**63 - 1}")
