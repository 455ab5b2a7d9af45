"""Writing to the audit log."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from muster.kernel.audit.models import Leaf

LEAF_PREFIX = b"\x00"  # RFC 9162, 2.1.1: a leaf can never be taken for a node


def leaf_append(*, kind: str, action: str, principal: str, at: datetime, content: Mapping[str, Any]) -> Leaf:
    """One entry, in the transaction that is running; it gets its position when the log is sealed."""
    whole = {"kind": kind, "action": action, "principal": principal, "at": at.isoformat(), **content}
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    leaf_hash = hashlib.sha256(LEAF_PREFIX + text.encode()).hexdigest()
    leaf = Leaf(kind=kind, action=action, principal=principal, at=at, content=text, leaf_hash=leaf_hash)
    Leaf.objects.bulk_create([leaf])
    return leaf
