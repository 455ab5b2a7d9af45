"""Locking an uploaded file with a key that Muster does not keep."""

from __future__ import annotations

import base64
import os
import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12


def fresh_key() -> str:
    """A key for one file, as text; whoever loses it loses the file."""
    return secrets.token_urlsafe(KEY_BYTES)


def is_key(key: str) -> bool:
    """Can this lock a file?"""
    try:
        return bool(_bytes(key))
    except ValueError:
        return False


def seal(content: bytes, key: str, purpose: str) -> bytes:
    """`content` locked with AES-256-GCM; `purpose` must be given again to open it. Raises ValueError for a bad key."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_bytes(key)).encrypt(nonce, content, purpose.encode())


def unseal(sealed: bytes, key: str, purpose: str) -> bytes | None:
    """What was locked; None when key or purpose do not fit."""
    try:
        return AESGCM(_bytes(key)).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], purpose.encode())
    except (InvalidTag, ValueError):
        return None


def _bytes(key: str) -> bytes:
    found = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
    if len(found) != KEY_BYTES:
        raise ValueError("a key has 32 bytes in URL-safe base 64")
    return found
