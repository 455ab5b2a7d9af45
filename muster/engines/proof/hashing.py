"""The two hashes of the tree; different first bytes, so that a leaf can never be taken for a node."""

from __future__ import annotations

import hashlib
from typing import Final

LEAF: Final = b"\x00"
NODE: Final = b"\x01"
EMPTY_ROOT: Final = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Hash of one entry, 32 bytes. Source: RFC 9162, 2.1.1."""
    return hashlib.sha256(LEAF + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of two subtrees side by side, 32 bytes. Source: RFC 9162, 2.1.1."""
    return hashlib.sha256(NODE + left + right).digest()
