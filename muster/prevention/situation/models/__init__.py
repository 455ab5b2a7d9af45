"""What is known of the epidemic, and since when."""

from muster.prevention.situation.models.inputs import ExternalInput, InputKind
from muster.prevention.situation.models.reference import SerialIntervalProfile
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
from muster.prevention.situation.models.signals import Comparison, Signal, SignalDecision, SignalRule, SignalState

__all__ = [
    "LIVE",
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
    "SignalState",
    "SurveillanceStart",
]
