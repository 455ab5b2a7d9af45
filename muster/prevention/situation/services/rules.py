"""What the bureau sets itself: thresholds of the rules, rules of its own, the serial interval that Rt rests on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from muster.engines.epidemic import SerialIntervalInvalid, serial_interval
from muster.engines.plan.words import INDICATORS
from muster.kernel.commands import Actor, announce, command, record
from muster.kernel.errors import Text
from muster.kernel.organisation.choices import AreaKind
from muster.prevention.situation.errors import ReasonMissing, RuleUnknown, SettingInvalid
from muster.prevention.situation.knowledge import bureau_day
from muster.prevention.situation.models import (
    LIVE,
    Comparison,
    SerialIntervalProfile,
    SignalRule,
    SignalRuleSetting,
)
from muster.prevention.situation.permits import sets_rules
from muster.prevention.situation.queries.rules import rules_in_force
from muster.prevention.situation.services.counts import kept, topic
from muster.prevention.situation.wording import TITLES

OLDEST: Final = timedelta(days=20 * 366)  # a year mistyped
HIGHEST: Final = 1e8
SHARES: Final = {"rt_p_above_1": 1.0, "officer_absence_pct": 100.0, "officer_exposed_pct": 100.0}
THRESHOLDS: Final = tuple(each for each in Comparison.values if each != Comparison.LATE_REPORT)


@command("situation.signal_rule_set", policy=sets_rules)
def signal_rule_set(*, by: Actor, rule: str, threshold: float, is_active: bool, reason: str) -> SignalRuleSetting:
    """Set the threshold of a rule, or switch it on or off; it holds from now on, signals that were raised stay.

    Raises RuleUnknown, SettingInvalid for a threshold that its indicator cannot cross or for no change, ReasonMissing.
    """
    found = SignalRule.objects.select_for_update().filter(code=rule).first() if "\x00" not in rule else None
    if found is None:
        raise RuleUnknown(_("This rule is not known."), where=kept(rule, 64), expected=_("the code of a rule"))
    if not reason.strip():
        raise ReasonMissing(_("A rule is not changed without a reason."), mend=_("Say why, in one sentence."))
    now = next(each for each in rules_in_force(by.now) if each.pk == found.pk)
    _check_threshold(found.indicator, found.comparison, threshold)
    if (threshold, is_active) == (now.threshold, now.is_active):
        raise SettingInvalid(
            _("Nothing would change."), where=found.code, expected=_("another threshold, or the rule on instead of off")
        )
    setting = SignalRuleSetting.objects.create(
        rule=found,
        threshold=threshold,
        is_active=is_active,
        reason=kept(reason.strip(), 300),
        set_at=free_moment(by.now, found.settings.filter(set_at__gte=by.now).values_list("set_at", flat=True)),
        set_by=by.principal,
    )
    record(rule=found.code, threshold=threshold, before=now.threshold, is_active=is_active)
    announce(topic(LIVE), {"rule": found.code})
    return setting


@command("situation.signal_rule_add", policy=sets_rules)
def signal_rule_add(
    *, by: Actor, indicator: str, comparison: str, threshold: float, area_kind: str, name_zh: str, name_en: str
) -> SignalRule:
    """Add a rule: a signal is raised when the indicator of an area of this kind crosses the threshold.

    Raises SettingInvalid for what no rule could look at, or for a rule without a name in each language.
    """
    if indicator not in TITLES:
        raise _invalid(_("This indicator is not known."), indicator, ", ".join(TITLES))
    if comparison not in THRESHOLDS:
        raise _invalid(_("This comparison is not known."), comparison, " ".join(THRESHOLDS))
    if area_kind not in AreaKind.values:
        raise _invalid(_("This kind of area is not known."), area_kind, ", ".join(AreaKind.values))
    _check_threshold(indicator, comparison, threshold)
    if not (name_zh.strip() and name_en.strip()):
        raise _invalid(_("The rule has no name."), f"{name_zh} {name_en}".strip(), _("a Chinese and an English name"))
    rule = SignalRule.objects.create(
        code=own_code(by),
        indicator=indicator,
        comparison=comparison,
        threshold=threshold,
        area_kind=area_kind,
        name_zh=kept(name_zh.strip(), 200),
        name_en=kept(name_en.strip(), 200),
        text_zh=_text("zh-hans", indicator),
        text_en=_text("en", indicator),
        added_by=by.principal,
    )
    record(rule=rule.code, indicator=indicator, comparison=comparison, threshold=threshold, area_kind=area_kind)
    announce(topic(LIVE), {"rule": rule.code})
    return rule


@command("situation.serial_interval_record", policy=sets_rules)
def serial_interval_record(
    *, by: Actor, mean: float, sd: float, from_day: date, name_zh: str, name_en: str, source: str
) -> SerialIntervalProfile:
    """Record the serial interval on which Rt rests from a day on; what was known of Rt before stays as it was known.

    `mean` and `sd` are in days, of a gamma distribution shifted by one day. A figure for a day that has one already
    corrects it. Raises SettingInvalid for figures that are none, a day to come, or an interval without name or source.
    """
    try:
        serial_interval(mean, sd)
    except SerialIntervalInvalid as problem:
        expected = _("a mean above 1 day, a standard deviation of at least 0.001, and 400 days that hold nearly all")
        raise _invalid(_("This is no serial interval."), f"{mean:g} ± {sd:g}", expected) from problem
    today = bureau_day(by.now)
    if not today - OLDEST <= from_day <= today:
        raise _invalid(_("It cannot hold from this day."), f"{from_day}", _("a day of the last 20 years, up to today"))
    if not (name_zh.strip() and name_en.strip() and source.strip()):
        raise _invalid(
            _("The serial interval has no name or no source."),
            f"{name_zh} {name_en} {source}".strip(),
            _("a Chinese and an English name, and the study or the authority"),
        )
    recorded = SerialIntervalProfile.objects.filter(from_day=from_day, recorded_at__gte=by.now)
    profile = SerialIntervalProfile.objects.create(
        code=own_code(by),
        name_zh=kept(name_zh.strip(), 100),
        name_en=kept(name_en.strip(), 100),
        mean_days=mean,
        sd_days=sd,
        from_day=from_day,
        source=kept(source.strip(), 300),
        recorded_at=free_moment(by.now, recorded.values_list("recorded_at", flat=True)),
        recorded_by=by.principal,
    )
    record(interval=profile.code, mean=mean, sd=sd, from_day=from_day)
    announce(topic(LIVE), {"interval": profile.code})
    return profile


def own_code(by: Actor) -> str:
    """What a rule or an interval of the bureau is known by: the command that made it."""
    return f"own-{by.command_id.hex[:24]}"


def free_moment(now: datetime, taken: Collection[datetime]) -> datetime:
    """The moment of something that was set: just after what was set at the very same moment."""
    moment, others = now, set(taken)
    while moment in others:
        moment += timedelta(microseconds=1)
    return moment


def _text(language: str, indicator: str) -> str:
    """What its signals say; the braces are filled when one is raised."""
    with override(language):
        words = gettext("%(indicator)s: {value}; the threshold is {threshold}.")
        return words % {"indicator": TITLES[indicator]}


def _check_threshold(indicator: str, comparison: str, threshold: float) -> None:
    kind, where = INDICATORS[indicator], f"{indicator} {threshold:g}"
    if comparison == Comparison.LATE_REPORT:
        if threshold != 0:
            raise _invalid(_("This rule has no threshold."), where, "0")
    elif kind is bool:
        if threshold != 1:
            raise _invalid(_("The indicator cannot cross this threshold."), where, _("1: it is yes or no"))
    elif not 0 <= threshold <= SHARES.get(indicator, HIGHEST):
        most = f"{SHARES.get(indicator, HIGHEST):,.0f}"
        raise _invalid(_("The indicator cannot cross this threshold."), where, f"0 – {most}")
    elif kind is int and threshold != int(threshold):
        raise _invalid(_("The indicator cannot cross this threshold."), where, _("a whole number, 0 or more"))


def _invalid(what: Text, where: str, expected: Text) -> SettingInvalid:
    return SettingInvalid(what, where=kept(where, 200), expected=expected)
