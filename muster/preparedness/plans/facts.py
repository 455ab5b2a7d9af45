"""Findings as plain values, the same on the command line and over HTTP."""

from __future__ import annotations

from typing import Any

from muster.engines.plan.findings import Finding


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
