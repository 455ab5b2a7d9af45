"""How large an S City to make."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from muster.kernel.errors import DomainError

OFFICERS = 8_000
STATIONS = 120
SEED = 20_200_112


@dataclass(frozen=True, slots=True)
class Size:
    """Officers, auxiliaries and stations of the bureau; the city around them stays the same.

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
        """Raises SizeInvalid unless every station can have a watch of its own."""
        if not 3 <= self.stations <= 2_000:
            raise SizeInvalid(_("stations"), self.stations, "3-2000")
        if not max(100, 8 * self.stations) <= self.officers <= 100_000:
            raise SizeInvalid(_("officers"), self.officers, f"{max(100, 8 * self.stations)}-100000")
        if not 0 <= self.seed < 2**63:
            raise SizeInvalid(_("seed"), self.seed, "0-9223372036854775807")
