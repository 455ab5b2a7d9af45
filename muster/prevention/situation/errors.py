"""What a person can do wrong with the situation as a whole; what is wrong with a row is kept with the row."""

from __future__ import annotations

from muster.kernel.errors import DomainError


class ReportInvalid(DomainError):
    """A report that cannot be received at all."""


class IntervalMissing(DomainError):
    """No serial interval is known, so nothing can be estimated."""


class InputInvalid(DomainError):
    """A value of an input that no plan could use."""


class SignalDecided(DomainError):
    """Somebody has decided on this signal already."""


class ReasonMissing(DomainError):
    """A signal is dismissed, or a rule is changed, without saying why."""


class RuleUnknown(DomainError):
    """There is no such rule."""


class SettingInvalid(DomainError):
    """A threshold that cannot be crossed, or a serial interval that is none."""
