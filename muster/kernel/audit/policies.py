"""Who reads the log: the audit administrator and the auditor, nobody else."""

from __future__ import annotations

from typing import Final

from muster.kernel.access.policy import Routes, allow
from muster.kernel.access.roles import AUDIT_ADMINISTRATOR, AUDITOR

_READ = allow(AUDIT_ADMINISTRATOR, AUDITOR)

ROUTES: Routes = {
    "audit:log": _READ,
    "audit:entry": _READ,
    "audit:checkpoints": _READ,
    "api:audit_entries": _READ,
    "api:audit_entry": _READ,
    "api:audit_checkpoints": _READ,
    "api:audit_state": _READ,
}

TOPICS: Final = {"audit": "audit:log"}
