"""What is known of the epidemic, and since when."""

from muster.prevention.situation.models.inputs import ExternalInput, InputKind
from muster.prevention.situation.models.reference import PUBLISHED, SerialIntervalProfile
from muster.prevention.situation.models.reports import (
    LIVE,
    CaseCount,
    Measure,
    ReportBatch,
    ReportMode,
    ReportRow,
    RowFate,
    SurveillanceStart,
)
from muster.prevention.situation.models.signals import (
    Comparison,
    Signal,
    SignalDecision,
    SignalRule,
    SignalRuleSetting,
    SignalState,
)

__all__ = [
    "LIVE",
    "PUBLISHED",
    "CaseCount",
    "Comparison",
    "ExternalInput",
    "InputKind",
    "Measure",
    "ReportBatch",
    "ReportMode",
    "ReportRow",
    "RowFate",
    "SerialIntervalProfile",
    "Signal",
    "SignalDecision",
    "SignalRule",
    "SignalRuleSetting",
    "SignalState",
    "SurveillanceStart",
]
