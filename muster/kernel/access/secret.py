"""A password on its way to a command, which keeps and hashes its arguments."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, init=False, repr=False)
class Secret:
    """A text that a command may take, but neither store nor hash so that it could be guessed from the hash.

    Only `digest` counts as content: keyed with the installation's secret, which is not in the database.
    """

    digest: str

    def __init__(self, text: str) -> None:
        key = b"muster secret argument" + settings.SECRET_KEY.encode()
        object.__setattr__(self, "digest", hmac.digest(key, text.encode(), "sha256").hex())
        object.__setattr__(self, "_text", text)

    def reveal(self) -> str:
        """The text itself."""
        return str(object.__getattribute__(self, "_text"))
