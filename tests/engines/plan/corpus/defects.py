# ruff: noqa: E501
"""What is planted in the text of a plan: under each rule, in which plans, and in which disguise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.engines.plan.corpus.bases import BASES, Raw, clause
from tests.engines.plan.corpus.disguises import DISGUISES
from tests.engines.plan.corpus.planting import (
    Plant,
    add,
    at_places,
    having,
    restricts,
    set_head,
    set_in,
    set_level,
    set_role,
    set_where,
    stands,
    winds_up,
    with_partners,
    without,
)

EVERY = tuple(BASES)
OWN = ("station", "district", "supply")


class Defect(NamedTuple):
    """A plan with one thing wrong, and the rule that must speak."""

    name: str
    base: str
    rule: str
    plant: Plant


def defects() -> Iterator[Defect]:
    """All of them."""
    for rule, name, bases, plant in (*_KINDS, *DISGUISES):
        for base in bases:
            yield Defect(f"{rule} {base}: {name}", base, rule, plant)


def _reserve(days: str) -> Plant:
    return lambda raw: raw["reserve_days"].update({next(iter(raw["reserve_days"])): days})


def _drop_reserve(raw: Raw) -> None:
    raw["reserve_days"].pop(next(iter(raw["reserve_days"])))


def _same_holder(change: str) -> Plant:
    def plant(raw: Raw) -> None:
        first, second = list(raw["roles"].values())[:2]
        second.pop("per", None)
        if "per" in first:
            first = {"holder": second["holder"]}
            raw["roles"]["other"] = {
                **second,
                "holder": second["holder"].replace(" ", change),
                "deputies": ["甲", "乙"],
            }
            raw["clauses"][0]["actor"] = "other"
            return
        second["holder"] = first["holder"].replace(" ", change).upper()

    return plant


def _ground(until: str) -> Plant:
    def plant(raw: Raw) -> None:
        next(iter(raw["legal_basis"].values()))["until"] = until

    return plant


def _ring(raw: Raw) -> None:
    """A ring of three around the first clause that stands."""
    first, second, third = (having(raw, lambda one: stands(one) and "I" in one["levels"], at) for at in (0, 1, 2))
    levels = first["levels"]
    for one, before in ((first, third), (second, first), (third, second)):
        one["after"], one["levels"] = [before["id"]], levels
        one.pop("every", None)


def _wait_for_level_four(raw: Raw) -> None:
    raw["clauses"] += [
        clause("Q1", "预警时", "At the warning", _actor(raw), "inform", "1h", levels=["IV"]),
        clause("Q2", "一级时", "At level I", _actor(raw), "inform", "1h", levels=["I"], after=["Q1"]),
    ]


def _actor(raw: Raw) -> str:
    return str(next(iter(raw["roles"])))


def _wait_for_the_end(raw: Raw) -> None:
    last = having(raw, winds_up)
    raw["clauses"].append(clause("Q3", "过早", "Too early", _actor(raw), "inform", "1h", after=[last["id"]]))


def _twin(raw: Raw) -> None:
    raw["clauses"].append(dict(having(raw, winds_up)))


def _no_clock(raw: Raw) -> None:
    raw["clauses"] += [
        clause("Q4", "晨会", "Morning meeting", _actor(raw), "liaise", "09:00", every="24h"),
        clause("Q5", "会后", "After it", _actor(raw), "inform", "2h", every="24h", after=["Q4"]),
        clause("Q6", "通报", "Circular", _actor(raw), "report", "10:30", every="24h", after=["Q5"]),
    ]


def _swapped_clocks(second: str) -> Plant:
    def plant(raw: Raw) -> None:
        raw["clauses"] += [
            clause("Q4", "晨会", "Morning meeting", _actor(raw), "liaise", "09:00", every="24h"),
            clause("Q6", "通报", "Circular", list(raw["roles"])[-1], "inform", second, every="24h", after=["Q4"]),
        ]

    return plant


def _long_chain(links: int, due: str, every: str, last: str) -> Plant:
    def plant(raw: Raw) -> None:
        who = _actor(raw)
        for n in range(links):
            raw["clauses"].append(
                clause(f"Q{n}", f"链{n}", f"Link {n}", who, "inform", due, after=[f"Q{n - 1}"] if n else [])
            )
        raw["clauses"].append(
            clause("QE", "链末", "Last link", who, "inform", last, every=every, after=[f"Q{links - 1}"])
        )

    return plant


def _skip_level_two(raw: Raw) -> None:
    one = having(raw, lambda one: stands(one) and {"I", "II", "III"} <= set(one["levels"]))
    one["levels"] = [level for level in one["levels"] if level != "II"]


def _two_at_once(raw: Raw) -> None:
    raw["clauses"] += [
        clause("Q7", "甲事", "One thing", _actor(raw), "inform", "21:15", levels=["II", "I"]),
        clause("Q8", "乙事", "Another", _actor(raw), "report", "21:15", levels=["III", "II"]),
    ]


_KINDS: tuple[tuple[str, str, tuple[str, ...], Plant], ...] = (
    ("P001", "an id stands twice", OWN, _twin),
    ("P002", "no law at all", ("station", "supply"), set_head(legal_basis={})),
    ("P003", "never reviewed", EVERY, set_head(reviewed_on=None)),
    ("P004", "reviewed every 37 months", ("district", "city"), set_head(review_months="37")),
    ("P004", "exercised every four years", ("supply",), set_head(exercise_months="48")),
    ("P006", "a title in Chinese only", OWN, set_where(winds_up, title={"zh": "只有中文"})),
    ("P007", "nothing ends it", EVERY, without(winds_up)),
    ("P008", "nothing is given back", OWN, set_where(lambda one: one["action"] == "return_goods", action="report")),
    ("P008", "nobody looks back", EVERY, set_where(lambda one: winds_up(one) and one["action"] == "review", action="inform")),
    ("P101", "a clause that stands", EVERY, set_where(stands, actor=None)),
    ("P101", "at the end", EVERY, set_where(winds_up, 1, actor="")),
    ("P101", "in the middle of a chain", ("supply",), set_in("S14", actor=None)),
    ("P102", "a slip of the pen", EVERY, set_where(stands, 1, actor="no_such_chief")),
    ("P103", "at no level", ("district", "city"), set_where(lambda one: stands(one) and one["id"] in ("B-51", "P06", "F08"), levels=[])),
    ("P103", "a wind-up without its moment", OWN, set_where(winds_up, 1, on=None)),
    ("P105", "nothing proves it", EVERY, set_where(lambda one: stands(one) and not one.get("partners"), evidence=None)),
    ("P105", "an empty list", EVERY, set_where(lambda one: winds_up(one) and one["action"] == "care", evidence=[])),
    ("P106", "a partner that confirms nothing", ("station", "district", "city"), set_where(with_partners, evidence=["activity_log"])),
    ("P107", "level II is skipped", EVERY, _skip_level_two),
    ("P107", "levels I and IV", ("supply",), set_in("S29", levels=["I", "IV"])),
    ("P201", "waits for what is not there", EVERY, set_where(stands, after=["NO-SUCH"], every=None)),
    ("P202", "waits for itself", EVERY, lambda raw: having(raw, winds_up).update(after=[having(raw, winds_up)["id"]])),
    ("P202", "three in a ring", ("station", "district"), _ring),
    ("P202", "thirty in a ring", ("supply",), set_in("S00", after=["S29"])),
    ("P202", "a ring inside a chain", ("supply",), set_in("S05", after=["S04", "S11"])),
    ("P203", "waits for another level", EVERY, _wait_for_level_four),
    ("P203", "waits for the end", EVERY, _wait_for_the_end),
    ("P206", "longer than its round", EVERY, add("Q9", "ACTOR", "inform", "25h", every="24h")),
    ("P207", "an hour too early", EVERY, _swapped_clocks("08:00")),
    ("P207", "at the same minute", OWN, _swapped_clocks("09:00")),
    ("P207", "half an hour short, by way of another", EVERY, _no_clock),
    ("P718", "a chain of two", EVERY, _long_chain(2, "11h", "24h", "3h")),
    ("P718", "one long link", OWN, _long_chain(1, "49h", "2d", "1h")),
    ("P718", "twenty short links", EVERY, _long_chain(20, "5h", "4d", "2h")),
    ("P718", "the own chain gets too long", ("supply",), set_in("S10", due="53h")),
    ("P301", "no level IV", ("station", "supply"), lambda raw: raw["levels"].pop("IV")),
    ("P302", "no trigger", EVERY, set_level("IV", trigger=None)),
    ("P303", "one case of overlap", OWN, set_level("III", release="local_cases_14d < 3")),
    ("P303", "always true", OWN, set_level("I", release="local_cases_14d >= 0")),
    ("P304", "a single day", EVERY, set_level("II", held_days="1")),
    ("P305", "nobody may set it", EVERY, set_level("II", activated_by="nobody")),
    ("P308", "one person", EVERY, lambda raw: raw["authority"].update(persons="1")),
    ("P309", "nobody says for how long", EVERY, lambda raw: raw["authority"]["record"].remove("expected_duration")),
    ("P401", "the decider", OWN, lambda raw: raw["roles"][raw["levels"]["I"]["activated_by"]].update(deputies=[])),
    ("P402", "somebody else", EVERY, set_role(-1, deputies=None)),
    ("P403", "his own deputy", EVERY, lambda raw: raw["roles"][_actor(raw)].update(deputies=[raw["roles"][_actor(raw)]["holder"], "另一人"])),
    ("P404", "one holder, two roles", ("district", "supply", "city"), _same_holder(" ")),
    ("P404", "the same with other blanks and letters", ("district", "supply", "city"), _same_holder("  ")),
    ("P405", "two things at a quarter past nine", EVERY, _two_at_once),
    ("P502", "it never expires", ("district", "city"), lambda raw: having(raw, restricts)["measure"].pop("expires")),
    ("P503", "no ground", ("district", "city"), set_where(restricts, ground=None)),
    ("P504", "an unlisted ground", ("district", "city"), set_where(restricts, ground="custom")),
    ("P505", "no end", ("district", "city"), set_where(restricts, ends=None)),
    ("P506", "reviewed after it has expired", ("district", "city"), lambda raw: having(raw, restricts)["measure"].update(review="60d")),
    ("P507", "renewed an hour too late", ("district",), set_in("B-21", every="9d", due="25h")),
    ("P507", "renewed as it expires", ("district",), set_in("B-21", every="10d")),
    ("P508", "nobody hears objections", ("district",), without(lambda one: one.get("per") == "objection")),
    ("P509", "no passes", ("district", "city"), without(lambda one: one.get("per") == "pass")),
    ("P510", "data stay", ("district", "city"), set_where(lambda one: one["action"] == "destroy_data", action="report")),
    ("P601", "an item without reserve", EVERY, _drop_reserve),
    ("P602", "thirteen days", EVERY, _reserve("13")),
    ("P604", "unprotected", ("station", "city"), set_where(at_places, standard=None)),
    ("P711", "the first role", EVERY, set_role(0, holder=None)),
    ("P711", "the last role", EVERY, set_role(-1, holder="")),
    ("P712", "figures that exclude each other", EVERY, set_level("IV", trigger="imported_cases_7d > 5 && imported_cases_7d < 5")),
    ("P712", "more in a week than in two", OWN, set_level("III", trigger="local_cases_7d > local_cases_14d")),
    ("P712", "a probability above one", OWN, set_level("II", trigger="rt_p_above_1 > 1.0")),
    ("P712", "below nothing", EVERY, set_level("IV", trigger="imported_cases_7d < 0")),
    ("P712", "false", EVERY, set_level("IV", trigger="false")),
    ("P712", "a level that there is not", OWN, set_level("I", trigger="province_level == 9")),
    ("P712", "hidden in a longer one", OWN, set_level("II", trigger="(external_alert && !external_alert) || (local_cases_7d >= 9 && local_cases_14d < 9)")),
    ("P713", "nothing or more", EVERY, set_level("IV", trigger="imported_cases_7d >= 0")),
    ("P713", "true", EVERY, set_level("IV", trigger="true")),
    ("P713", "one or the other", EVERY, set_level("III", trigger="local_cases_7d >= 3 || local_cases_14d < 40 || local_cases_7d < 3")),
    ("P713", "not less than nothing", OWN, set_level("II", trigger="!(officer_absence_pct > 100.0)")),
    ("P714", "the same figure", OWN, set_level("III", trigger="local_cases_7d >= 15")),
    ("P714", "the wrong way round", OWN, set_level("III", trigger="local_cases_7d >= 30")),
    ("P714", "with a condition more", OWN, set_level("III", trigger="local_cases_7d >= 15 && external_alert")),
    ("P714", "two higher ones together", OWN, set_level("III", trigger="local_cases_7d >= 20 || province_level == 1", release="local_cases_14d < 2 && province_level != 1")),
    ("P715", "an upper limit", OWN, set_level("III", trigger="local_cases_7d >= 2 && local_cases_7d < 10")),
    ("P715", "one missing figure", OWN, set_level("III", trigger="local_cases_7d >= 2 && local_cases_7d != 14")),
    ("P715", "exactly one figure", ("station", "supply"), set_level("IV", trigger="imported_cases_7d == 1", release="imported_cases_7d == 0 && local_cases_14d == 0")),
    ("P715", "at the top", OWN, set_level("I", trigger="local_cases_7d >= 60 && local_cases_7d <= 500")),
    ("P716", "not written", EVERY, set_level("II", release=None)),
    ("P716", "an empty promise", EVERY, set_level("III", release="local_cases_14d < 0")),
    ("P716", "true", OWN, set_level("I", release="true")),
    ("P716", "figures that exclude each other", EVERY, set_level("I", release="local_cases_7d > 3 && local_cases_14d < 3")),
    ("P717", "at another level", ("district",), set_in("B-21", levels=["III"], after=None)),
    ("P717", "at another kind of place", ("district",), set_in("B-21", per="checkpoint", after=None)),
    ("P725", "ended the day before the review", OWN, _ground("2025-02-28")),
    ("P725", "ended long ago", EVERY, _ground("2003-05-12")),
    ("P726", "only given up", ("station", "supply"), add("Q9", "ACTOR", "release", "6h", on="stand_down", per="lodging")),
    ("P726", "restricted and not tended", ("district",), lambda raw: having(raw, restricts)["measure"].update(kind="lodging")),
)  # fmt: skip
