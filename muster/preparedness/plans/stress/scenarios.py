"""From what somebody entered to the engine's own values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from muster.engines.stress import (
    Absence,
    Deciding,
    Infection,
    MorePeople,
    MoreStock,
    OtherTrigger,
    OtherWorkMode,
    Partners,
    Recorded,
    Reporting,
    Scenario,
    Seir,
    SilentPartner,
    Supply,
    Told,
    Variant,
    WorkMode,
)
from muster.kernel.organisation import queries as organisation
from muster.preparedness.plans.queries.words import title
from muster.preparedness.plans.stress.curves import feed_curve
from muster.preparedness.plans.stress.forms import FEED, PERCENT, SEIR, TYPED

OPEN = "open"


def scenario_of(said: dict[str, Any], now: datetime) -> Scenario:
    """The scenario; what was told from outside comes with a recorded curve."""
    cases, first, told = _cases(said, now)
    return Scenario(
        first_day=first,
        days=said["days"],
        cases=cases,
        name=said["title"],
        told=told,
        absence=Absence(said["absence_normal"] / PERCENT, said["absence_peak"] / PERCENT),
        work=WorkMode(said["mode"]),
        infection=Infection(outside=said["outside"], at_work=said["at_work"]),
        supply=Supply(lead_factor=said["lead_factor"]),
        partners=Partners(hours=said["partner_hours"]),
        reporting=Reporting(said["report_days"], said["missed"] / PERCENT),
        deciding=Deciding(said["deciding_hours"]),
    )


def _cases(said: dict[str, Any], now: datetime) -> tuple[Recorded | Seir, Any, tuple[Told, ...]]:
    first = said["first_day"] or said["data_date"]
    if said["curve"].startswith(FEED):
        curve = feed_curve(said["curve"].removeprefix(FEED), now)
        if curve is None:
            return Recorded(()), first, ()
        return curve.recorded(said["scale"], said["spread"]), said["first_day"] or curve.first, curve.told
    if said["curve"] == TYPED:
        return Recorded(said["counts"], (), said["scale"], said["spread"]), first, ()
    assert said["curve"] == SEIR, "the form knows no other curve"
    return _equations(said), first, ()


def _equations(said: dict[str, Any]) -> Seir:
    city = sum(area.population or 0 for area in organisation.areas("city"))
    return Seir(
        population=city or sum(area.population or 0 for area in organisation.districts()) or 1,
        r0=said["r0"],
        incubation_days=said["incubation_days"],
        infectious_days=said["infectious_days"],
        first_infectious=said["first_infectious"],
        reported_share=said["reported_share"] / PERCENT,
        control_day=said["control_day"],
        control=said["control"],
        spread=said["spread"],
    )


def variants_of(said: dict[str, Any]) -> list[Variant]:
    """One for each thing that was asked to be otherwise."""
    return list(_variants(said))


def _variants(said: dict[str, Any]) -> Iterator[Variant]:
    if said["people_qualification"]:
        yield _people(said)
    if said["stock_item"]:
        days, item = said["stock_days"] or 14, said["stock_item"]
        name = _("%(days)d more days of %(item)s") % {"days": days, "item": title(item, "item")}
        yield Variant(name, (MoreStock(item, float(days)),))
    if said["other_mode"]:
        closed = said["mode"] == OPEN
        name = _("closed teams") if closed else _("open shifts")
        yield Variant(name, (OtherWorkMode("closed" if closed else "open"),))
    if said["trigger_level"]:
        name = _("level %(level)s at %(trigger)s") % {"level": said["trigger_level"], "trigger": said["trigger"]}
        yield Variant(name, (OtherTrigger(said["trigger_level"], said["trigger"]),))
    if said["silent_partner"]:
        name = _("%(partner)s is silent") % {"partner": title(said["silent_partner"], "partner")}
        yield Variant(name, (SilentPartner(said["silent_partner"]),))


def _people(said: dict[str, Any]) -> Variant:
    count, qualification = said["people_count"] or 20, said["people_qualification"]
    facts = {"count": count, "what": title(qualification, "qualification")}
    name = (
        _("%(count)d cross-trained for %(what)s") if said["cross_train"] else _("%(count)d more for %(what)s")
    ) % facts
    return Variant(name, (MorePeople(qualification, count, cross_train=said["cross_train"]),))
