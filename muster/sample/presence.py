"""What there is already, and where the sample may not go; without the weight of making a city."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from muster.kernel.errors import DomainError
from muster.kernel.organisation.models import Area, Unit

CITY: Final = "SCITY"  # the code of S City among the areas


class CityPresent(DomainError):
    """The database has a city already; nothing was changed."""

    def __init__(self, code: str) -> None:
        super().__init__(
            what=_("There is a city in this database already; nothing was changed."),
            where=code,
            expected=_("an empty database"),
            mend=_("Give another database with MUSTER_DATABASE, or another folder with MUSTER_VAR."),
        )


class NotInProduction(DomainError):
    """Invented people have no place in a bureau that works."""

    def __init__(self) -> None:
        super().__init__(
            what=_("Sample people and accounts are not for production; nothing was changed."),
            where="MUSTER_PROFILE",
            expected="demo",
            mend=_("Import the bureau's own units and people instead."),
        )


def refuse_production() -> None:
    """Raises NotInProduction."""
    if settings.PRODUCTION:
        raise NotInProduction


def city_missing() -> bool:
    """True while the database has neither areas nor units."""
    return not Area.objects.exists() and not Unit.objects.exists()


def refuse_second() -> None:
    """Raises CityPresent."""
    if not city_missing():
        raise CityPresent(Area.objects.filter(parent=None).values_list("code", flat=True).first() or CITY)
