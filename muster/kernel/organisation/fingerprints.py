"""Marks of personal details by which a new value is told from the stored one without reading it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.crypto import salted_hmac

FIELDS: Final = ("name_zh", "name_en", "phone")
FIGURES: Final = 16


def fingerprint(code: str, field: str, value: str) -> str:
    """16 hexadecimal figures under the installation's secret, different for each person and field; empty for nothing.

    Without the secret nothing can be tried out against them. After a change of the secret all values count as new.
    """
    if not value:
        return ""
    return salted_hmac("muster.organisation.details", f"{code}\0{field}\0{value}", algorithm="sha256").hexdigest()[
        :FIGURES
    ]


def fingerprints(code: str, details: Mapping[str, str]) -> dict[str, str]:
    """The marks of those of `details` that are personal."""
    return {field: fingerprint(code, field, details[field]) for field in FIELDS if field in details}
