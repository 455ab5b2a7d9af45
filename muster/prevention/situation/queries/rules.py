"""The rules by which signals are raised and the serial intervals on which Rt rests, as they were at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils.translation import get_language

from muster.kernel.organisation.choices import AreaKind
from muster.prevention.situation.models import Comparison, SerialIntervalProfile, SignalRule, SignalRuleSetting
from muster.prevention.situation.queries.series import Intervals


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What was set, when, by whom and why."""

    threshold: float
    is_active: bool
    reason: str
    set_at: datetime
    set_by: str


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule as it is in force, in the language of the reader; `began_with` is its first threshold.

    `is_own` rules were added here; `changes` are its settings, the last first.
    """

    code: str
    title: str
    area_kind: str
    indicator: str
    comparison: str
    threshold: float
    began_with: float
    is_active: bool
    is_own: bool
    changes: tuple[RuleChange, ...]

    @property
    def area_title(self) -> str:
        """The kind of areas it looks at."""
        return str(AreaKind(self.area_kind).label)

    @property
    def sign(self) -> str:
        """How the indicator is compared; for a late report what is looked for."""
        return str(Comparison(self.comparison).label)

    @property
    def has_threshold(self) -> bool:
        """False for the rule that looks for late reports: what is one, the engine says."""
        return self.comparison != Comparison.LATE_REPORT


@dataclass(frozen=True, slots=True)
class IntervalView:
    """A serial interval, days, in the language of the reader; `recorded_by` is empty for what was published."""

    code: str
    title: str
    mean: float
    sd: float
    from_day: date
    source: str
    recorded_at: datetime
    recorded_by: str

    @property
    def is_own(self) -> bool:
        """Whether it was recorded here."""
        return bool(self.recorded_by)


def rules_in_force(as_of: datetime) -> list[SignalRule]:
    """Every rule with the threshold and state that were in force at a moment, in memory alone."""
    rules = list(_rules(as_of))
    for rule in rules:
        for setting in rule.settings.all():
            rule.threshold, rule.is_active = setting.threshold, setting.is_active
    return rules


def rules(*, as_of: datetime) -> list[RuleView]:
    """Every rule as it was in force at a moment, those of the city first."""
    kinds = list(AreaKind.values)
    views = [_view(rule) for rule in _rules(as_of)]
    return sorted(views, key=lambda view: (kinds.index(view.area_kind), view.code))


def _rules(as_of: datetime) -> list[SignalRule]:
    settings = SignalRuleSetting.objects.filter(set_at__lte=as_of).order_by("set_at", "pk")
    return list(SignalRule.objects.prefetch_related(Prefetch("settings", settings)).order_by("code"))


def _view(rule: SignalRule) -> RuleView:
    changes = [
        RuleChange(each.threshold, each.is_active, each.reason, each.set_at, each.set_by)
        for each in reversed(rule.settings.all())
    ]
    return RuleView(
        code=rule.code,
        title=rule.name_zh if _chinese() else rule.name_en,
        area_kind=rule.area_kind,
        indicator=rule.indicator,
        comparison=rule.comparison,
        threshold=changes[0].threshold if changes else rule.threshold,
        began_with=rule.threshold,
        is_active=changes[0].is_active if changes else rule.is_active,
        is_own=bool(rule.added_by),
        changes=tuple(changes),
    )


def interval_in_force(*, day: date, as_of: datetime) -> IntervalView:
    """The serial interval on which Rt of a day rests, as known at a moment. Raises IntervalMissing."""
    return _interval(Intervals(as_of).in_force(day, as_of))


def intervals(*, as_of: datetime) -> list[IntervalView]:
    """All that were recorded up to a moment, the latest first, and of one day the last recorded first."""
    return [_interval(profile) for profile in reversed(Intervals(as_of).profiles)]


def _interval(profile: SerialIntervalProfile) -> IntervalView:
    return IntervalView(
        code=profile.code,
        title=profile.name_zh if _chinese() else profile.name_en,
        mean=profile.mean_days,
        sd=profile.sd_days,
        from_day=profile.from_day,
        source=profile.source,
        recorded_at=profile.recorded_at,
        recorded_by=profile.recorded_by,
    )


def _chinese() -> bool:
    return (get_language() or "zh").startswith("zh")
