"""Counts, inputs and signals."""

from __future__ import annotations

from datetime import date

from muster.prevention.situation import services as situation
from muster.prevention.situation.rows import CountRow, InputRow
from tests.faults.crash import Arguments, scenario
from tests.kernel.organisation import town
from tests.prevention.situation.reports import FIRST, MINUTE, duty, evening

ALERT = InputRow("external_alert", 1, evening(FIRST), lasting=True)


def alerted() -> None:
    """The town, and an alert from outside that crosses a rule's threshold."""
    town.build()
    situation.inputs_record(by=duty(evening(FIRST)), rows=[ALERT])


@scenario(situation.counts_receive)
def the_evening_s_counts_arrive_and_correct_one() -> Arguments:
    town.build()
    situation.counts_receive(by=duty(), rows=[CountRow("D-NORTH", date(2020, 1, 18), 2)], source="tests")
    rows = [CountRow(area, day, 3) for area in ("D-NORTH", "D-SOUTH") for day in ("2020-01-18", "2020-01-19")]
    return {"by": duty(), "rows": rows, "source": "health commission"}


@scenario(situation.surveillance_start_state)
def nobody_was_ill_before_a_day() -> Arguments:
    town.build()
    return {"by": duty(), "area": "CITY", "none_before": FIRST}


@scenario(situation.inputs_record)
def the_province_declares_a_level_twice() -> Arguments:
    town.build()
    row = InputRow("province_level", 2, evening(FIRST), lasting=True, source="tests")
    situation.inputs_record(by=duty(), rows=[row])
    return {"by": duty(), "rows": [row]}


@scenario(situation.signals_evaluate)
def a_rule_is_crossed() -> Arguments:
    alerted()
    return {"by": duty(evening(FIRST) + MINUTE), "day": FIRST}


@scenario(situation.signal_move)
def a_signal_is_dismissed() -> Arguments:
    alerted()
    (signal,) = situation.signals_evaluate(by=duty(evening(FIRST) + MINUTE), day=FIRST)
    return {"by": duty(), "signal": signal, "state": "dismissed", "reason": "the alert was a test"}


@scenario(situation.signal_rule_set)
def a_threshold_is_lowered_twice_in_a_moment() -> Arguments:
    town.build()
    first = {"by": duty(), "rule": "many-local-cases", "threshold": 30.0, "is_active": True, "reason": "too late"}
    situation.signal_rule_set(**first)
    return {**first, "by": duty(), "threshold": 20.0}


@scenario(situation.signal_rule_add)
def the_bureau_adds_a_rule() -> Arguments:
    town.build()
    return {
        "by": duty(),
        "indicator": "imported_cases_7d",
        "comparison": ">=",
        "threshold": 5.0,
        "area_kind": "city",
        "name_zh": "境外输入病例较多",
        "name_en": "Many imported cases",
    }


@scenario(situation.serial_interval_record)
def a_serial_interval_is_corrected() -> Arguments:
    town.build()
    first = {"mean": 6.5, "sd": 3.0, "from_day": FIRST, "name_zh": "调查", "name_en": "Survey", "source": "tests"}
    situation.serial_interval_record(by=duty(), **first)
    return {**first, "by": duty(), "mean": 5.5}
