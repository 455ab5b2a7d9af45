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


def leaf_append(*, kind: str, action: str, principal: str, at: datetime, content: Mapping[str, Any]) -> Leaf:
    """One entry, in the transaction that is running; it gets its position when the log is sealed."""
    leaf = leaf_of(kind=kind, action=action, principal=principal, at=at, content=content)
    Leaf.objects.bulk_create([leaf])
    return leaf


def leaf_of(*, kind: str, action: str, principal: str, at: datetime, content: Mapping[str, Any]) -> Leaf:
    """One entry with its hash, not yet stored."""
    whole = {"kind": kind, "action": action, "principal": principal, "at": at.isoformat(), **content}
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    leaf_hash = hashlib.sha256(LEAF + text.encode()).hexdigest()
    return Leaf(kind=kind, action=action, principal=principal, at=at, content=text, leaf_hash=leaf_hash)
