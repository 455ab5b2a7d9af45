"""Writing to the audit log."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from muster.engines.proof.hashing import LEAF
from muster.kernel.audit.models import Leaf
from muster.kernel.audit.sealing import seal as seal
from muster.kernel.audit.sealing import seal_if_due as seal_if_due

LeafValues = tuple[str, str, str, datetime, str, str]
"""Columns of a leaf: kind, action, principal, at, content, leaf_hash."""


def leaf_append(*, kind: str, action: str, principal: str, at: datetime, content: Mapping[str, Any]) -> Leaf:
    """One entry, in the transaction that is running; it gets its position when the log is sealed."""
    leaf = leaf_of(kind=kind, action=action, principal=principal, at=at, content=content)
    Leaf.objects.bulk_create([leaf])
    return leaf


def leaf_of(*, kind: str, action: str, principal: str, at: datetime, content: Mapping[str, Any]) -> Leaf:
    """One entry with its hash, not yet stored."""
    *_, text, leaf_hash = leaf_values(kind=kind, action=action, principal=principal, at=at, content=content)
    return Leaf(kind=kind, action=action, principal=principal, at=at, content=text, leaf_hash=leaf_hash)


def leaf_values(*, kind: str, action: str, principal: str, at: datetime, content: Mapping[str, Any]) -> LeafValues:
    """One entry as the values of its columns."""
    whole = {"kind": kind, "action": action, "principal": principal, "at": at.isoformat(), **content}
    text = _canonical(whole)
    return kind, action, principal, at, text, hashlib.sha256(LEAF + text.encode()).hexdigest()


_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode
