"""Findings as plain values, the same on the command line and over HTTP."""

from __future__ import annotations

from typing import Any

from muster.engines.plan.findings import Finding
from muster.preparedness.plans.said import Said


def finding_facts(finding: Finding) -> dict[str, Any]:
    """A finding as plain values; messages in English, and in Chinese beside it."""
    return {
        "id": finding.id,
        "severity": finding.severity,
        "clause": finding.clause,
        "line": finding.line,
        "file": finding.file,
        "subject": finding.subject,
        "message": finding.message.en,
        "message_zh": finding.message.zh,
        "repair": finding.repair.en,
        "repair_zh": finding.repair.zh,
    }


def said_facts(said: Said) -> dict[str, Any]:
    """The same, and `suppressed`: by whom, why and until when it is silent; null for one that speaks."""
    found = said.suppression
    silent = found and {
        "id": found.pk,
        "by": found.who,
        "reason": found.reason,
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
    }
    return {**finding_facts(said.finding), "suppressed": silent}
