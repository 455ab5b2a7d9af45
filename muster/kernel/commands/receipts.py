"""Receipts: what a client may throw its own copy away for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

CREATED = 201
REPEATED = 200
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Receipt:
    """`status` 201 for a new command, 200 for a repeated one; `body` and `signature` are the same in both."""

    status: int
    body: bytes
    result: Any

    @property
    def signature(self) -> bytes:
        """Made when it is asked for: Ed25519 gives the same signature for the same body (RFC 8032)."""
        return sign(self.body)


def sign(body: bytes) -> bytes:
    """Ed25519 signature, 64 bytes, with the key of this installation."""
    return _key().sign(body)


def public_key() -> bytes:
    """The 32 bytes with which a client verifies receipts."""
    return _key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


@cache
def _key() -> Ed25519PrivateKey:
    """The key lives in a file outside the database, made at first use, readable by Muster alone."""
    path = settings.MUSTER_RECEIPT_KEY
    if not path.exists():
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_bytes(os.urandom(KEY_BYTES))
        try:
            os.link(fresh, path)
        except FileExistsError:  # another process was first
            pass
        finally:
            fresh.unlink()
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())
