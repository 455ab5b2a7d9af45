"""The rules by which signals are raised, the serial interval that Rt rests on, the rule of risk: seen and changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from muster.engines.epidemic import RULES, rule_on, serial_interval
from muster.engines.plan.words import INDICATORS
from muster.kernel import clock
from muster.kernel.errors import DomainError
from muster.prevention.situation import drawing, services, wording
from muster.prevention.situation.knowledge import bureau_day
from muster.prevention.situation.queries import RuleView, interval_in_force, intervals
from muster.prevention.situation.queries import rules as all_rules
from muster.prevention.situation.settings_forms import IntervalForm, RuleAddForm, RuleSetForm
from muster.prevention.situation.views.reading import actor, may_write

UNPROCESSABLE: Final = 422


@dataclass(frozen=True, slots=True)
class Wrong:
    """A form that was sent and not taken: which one, as it was filled in, and what is wrong with it."""

    name: str
    form: forms.Form
    problem: DomainError | None = None


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule with the form that changes it."""

    rule: RuleView
    indicator: str
    form: forms.Form
    is_open: bool

    @property
    def condition(self) -> str:
        """What the indicator is asked, after its name."""
        if not self.rule.has_threshold:
            return self.rule.sign
        return _("yes") if INDICATORS[self.rule.indicator] is bool else f"{self.rule.sign} {self.rule.threshold:g}"

    @property
    def began_with(self) -> str:
        """The threshold with which it began."""
        return f"{self.rule.began_with:g}"


def rules(request: HttpRequest) -> HttpResponse:
    """What is in force now, and the forms for those who may change it."""
    return _page(request)


@require_POST
def rule_set(request: HttpRequest, code: str) -> HttpResponse:
    """Set the threshold of a rule, or switch it on or off."""
    if all(rule.code != code for rule in all_rules(as_of=clock.now())):
        raise Http404

    def do(given: dict[str, Any]) -> str:
        services.signal_rule_set(by=actor(request), rule=code, **given)
        return _("The rule has been changed; it holds from now on.")

    return _taken(request, code, RuleSetForm(request.POST, auto_id=f"id_{code}_%s"), do)


@require_POST
def rule_add(request: HttpRequest) -> HttpResponse:
    """Add a rule of the bureau's own."""

    def do(given: dict[str, Any]) -> str:
        services.signal_rule_add(by=actor(request), **given)
        return _("The rule has been added; it holds from now on.")

    return _taken(request, "add", RuleAddForm(request.POST), do)


@require_POST
def interval_record(request: HttpRequest) -> HttpResponse:
    """Record a serial interval."""

    def do(given: dict[str, Any]) -> str:
        services.serial_interval_record(by=actor(request), **given)
        return _("The serial interval has been recorded; what was known of Rt before stays as it was known.")

    return _taken(request, "interval", IntervalForm(request.POST), do)


def _taken(request: HttpRequest, name: str, form: forms.Form, do: Callable[[dict[str, Any]], str]) -> HttpResponse:
    """Done, and back to the page; or the page with what was entered and what is wrong with it."""
    if not form.is_valid():
        return _page(request, Wrong(name, form))
    try:
        messages.success(request, do(form.cleaned_data))
    except DomainError as problem:
        return _page(request, Wrong(name, form, problem))
    return HttpResponseRedirect(reverse("situation:rules"))


def _page(request: HttpRequest, wrong: Wrong | None = None) -> HttpResponse:
    now = clock.now()
    today = bureau_day(now)
    interval = interval_in_force(day=today, as_of=now)
    context = {
        "rows": [_row(rule, wrong) for rule in all_rules(as_of=now)],
        "interval": interval,
        "weights": drawing.lags(serial_interval(interval.mean, interval.sd).tolist()),
        "intervals": intervals(as_of=now),
        "risk": wording.RULES[rule_on(today).code],
        "risks": [(rule, wording.RULES[rule.code]) for rule in reversed(RULES)],
        "today": today,
        "add": wrong.form if wrong and wrong.name == "add" else RuleAddForm(),
        "record": wrong.form if wrong and wrong.name == "interval" else IntervalForm(initial={"from_day": today}),
        "wrong": wrong,
        "problem": wrong.problem if wrong else None,
        "may_set": may_write(request, "situation:rule_add"),
    }
    return render(request, "situation/rules.html", context, status=UNPROCESSABLE if wrong else 200)


def _row(rule: RuleView, wrong: Wrong | None) -> RuleRow:
    mine = wrong is not None and wrong.name == rule.code
    initial = {"threshold": f"{rule.threshold:g}", "is_active": rule.is_active}
    form = RuleSetForm(initial=initial, auto_id=f"id_{rule.code}_%s") if wrong is None or not mine else wrong.form
    if not rule.has_threshold:
        form.fields["threshold"].widget = forms.HiddenInput()
    return RuleRow(rule, str(wording.TITLES.get(rule.indicator, rule.indicator)), form, mine)
