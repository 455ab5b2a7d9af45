# ruff: noqa: E501
"""The same defects written in other ways: by arithmetic, in another place, under another name, by way of others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.engines.plan.corpus.bases import BASES, Raw, clause
from tests.engines.plan.corpus.planting import (
    Plant,
    having,
    restricts,
    set_in,
    set_level,
    set_role,
    set_where,
    winds_up,
)

EVERY = tuple(BASES)
OWN = ("station", "district", "supply")
Made = Callable[[Raw], Raw]


def added(*more: Made) -> Plant:
    """More clauses at the end."""
    return lambda raw: raw["clauses"].extend(one(raw) for one in more)


def task(name: str, due: str, who: int = 0, action: str = "inform", **more: Any) -> Made:
    """A clause of the first role, or of another by its place."""
    return lambda raw: clause(name, f"增补{name}", f"Added {name}", list(raw["roles"])[who], action, due, **more)


def _second(level: str) -> Plant:
    return set_level("II", trigger=level)


def _third(level: str, release: str = "local_cases_14d < 2") -> Plant:
    return set_level("III", trigger=level, release=release)


def _holders(*names: str) -> Plant:
    """The first roles are held by these."""

    def plant(raw: Raw) -> None:
        for role, name in zip(raw["roles"].values(), names, strict=False):
            role["holder"] = name

    return plant


def _two_roles_in_each_station(raw: Raw) -> None:
    first = raw["roles"]["station_chief"]
    raw["roles"]["door_chief"] = {**first, "deputies": ["门岗副职甲", "门岗副职乙"]}
    raw["clauses"][-1]["actor"] = "door_chief"


def _first_role(**fields: Any) -> Plant:
    return lambda raw: next(iter(raw["roles"].values())).update(fields)


def _reviewed_as_it_expires(raw: Raw) -> None:
    measure = having(raw, restricts)["measure"]
    measure["review"] = measure["expires"]


def _ring_of_two(raw: Raw) -> None:
    one, other = having(raw, winds_up, 0), having(raw, winds_up, 1)
    one["after"], other["after"] = [other["id"]], [one["id"]]


DISGUISES: tuple[tuple[str, str, tuple[str, ...], Plant], ...] = (
    ("P006", "English in both halves", OWN, set_where(winds_up, title={"zh": "Withdraw posts", "en": "Withdraw posts"})),
    ("P006", "Chinese in both halves", OWN, set_where(winds_up, title={"zh": "撤岗", "en": "撤岗"})),
    ("P006", "a text in one language", OWN, set_where(winds_up, text={"en": "only English"})),
    ("P105", "a word that means nothing", OWN, set_where(winds_up, evidence=["none"])),
    ("P105", "to be said later", OWN, set_where(winds_up, evidence=["tbd"])),
    ("P202", "two at the end", OWN, _ring_of_two),
    ("P202", "five that were added", OWN, added(*(task(f"Q{n}", "1h", after=[f"Q{(n + 4) % 5}"]) for n in range(5)))),
    ("P203", "waits for a lowered level", EVERY, added(task("Q1", "1h", on="level_down", phase="recovery"), task("Q2", "1h", after=["Q1"]))),
    ("P206", "a minute too long", OWN, added(task("Q1", "1441m", every="24h"))),
    ("P207", "at each place", ("district", "city"), added(task("Q4", "09:00", every="24h", per="checkpoint"), task("Q5", "08:00", 1, every="24h", per="checkpoint", after=["Q4"]))),
    ("P207", "by many short links", OWN, added(task("Q4", "08:00", every="24h"), *(task(f"Q{n}", "45m", every="24h", after=[f"Q{n - 1}"]) for n in range(5, 9)), task("Q9", "10:30", -1, every="24h", after=["Q8"]))),
    ("P207", "the later of two", OWN, added(task("Q3", "07:00", every="24h"), task("Q4", "09:30", -1, every="24h"), task("Q9", "09:00", every="24h", after=["Q3", "Q4"]))),
    ("P718", "in minutes", OWN, added(task("Q4", "800m"), task("Q5", "700m", after=["Q4"]), task("QE", "2h", every="24h", after=["Q5"]))),
    ("P718", "in days", OWN, added(task("Q4", "6d"), task("QE", "2d", every="7d", after=["Q4"]))),
    ("P718", "the longer way round", OWN, added(task("Q1", "1h"), task("Q2", "20h", after=["Q1"]), task("Q3", "1h", after=["Q1"]), task("QE", "4h", every="24h", after=["Q3", "Q2"]))),
    ("P303", "by arithmetic", OWN, set_level("III", release="local_cases_14d * 2 < 8")),
    ("P303", "another indicator", OWN, set_level("III", release="imported_cases_7d < 3")),
    ("P402", "to be named", OWN, set_role(-1, deputies=["待定"])),
    ("P402", "none, in two languages", ("district", "supply"), set_role(-1, deputies=["无 / none"])),
    ("P403", "in one language of two", ("station", "district"), _first_role(holder="张所长 / Chief Zhang", deputies=["张所长", "另一人"])),
    ("P404", "in one language of two", ("district", "supply"), _holders("局长 / bureau chief", "局长")),
    ("P404", "in one language, the other way round", ("district", "supply"), _holders("Bureau Chief", "局长 / bureau chief")),
    ("P404", "in each station", ("station",), _two_roles_in_each_station),
    ("P404", "in other brackets", ("district", "supply"), _holders("局长（兼）", "局长(兼)")),
    ("P405", "at the end", OWN, added(task("Q7", "21:15", on="stand_down", phase="recovery"), task("Q8", "21:15", on="stand_down", phase="recovery", action="report"))),
    ("P505", "still to be written", ("district",), set_where(restricts, ends={"zh": "待定", "en": "TBD"})),
    ("P506", "at the hour of its expiry", ("district",), _reviewed_as_it_expires),
    ("P507", "once, after it has expired", ("district",), set_in("B-21", every=None, due="11d")),
    ("P711", "to be named", EVERY, set_role(-1, holder="待定")),
    ("P711", "TBD", EVERY, set_role(-1, holder="TBD")),
    ("P711", "vacant, in two languages", EVERY, set_role(0, holder="空缺 / vacant")),
    ("P711", "a dash", EVERY, set_role(-1, holder="—")),
    ("P712", "a sum below nothing", OWN, set_level("IV", trigger="imported_cases_7d + local_cases_7d < 0")),
    ("P712", "twice too much and too little", OWN, set_level("IV", trigger="imported_cases_7d * 2 > 10 && imported_cases_7d < 3")),
    ("P712", "less itself", OWN, _second("local_cases_7d - local_cases_7d > 0")),
    ("P712", "more than itself", OWN, _second("local_cases_7d > local_cases_7d")),
    ("P712", "a week above two weeks", OWN, _second("local_cases_7d > local_cases_14d + 1")),
    ("P712", "both percentages above all", OWN, _second("officer_exposed_pct + officer_absence_pct > 200.0")),
    ("P712", "the lower limit above the upper", OWN, _second("rt_q025 > rt_q975")),
    ("P712", "figures only", OWN, _second("2 > 3")),
    ("P712", "neither nor", OWN, _second("!(local_cases_7d >= 3 || local_cases_7d < 3)")),
    ("P713", "one indicator or the other", OWN, _second("local_cases_14d >= 15 || local_cases_7d < 15")),
    ("P713", "two weeks above one", OWN, _second("local_cases_14d >= local_cases_7d")),
    ("P713", "the difference of two weeks and one", OWN, _second("local_cases_14d - local_cases_7d >= 0")),
    ("P713", "twice nothing or more", OWN, _second("local_cases_7d * 2 >= 0")),
    ("P713", "less five", OWN, _second("local_cases_7d - 5 >= -5")),
    ("P713", "an alert or none", OWN, _second("external_alert || !external_alert")),
    ("P713", "if so, so", OWN, _second("!(local_cases_7d >= 15) || local_cases_14d >= 15")),
    ("P713", "the upper limit or the lower", OWN, _second("rt_q975 >= 1.0 || rt_q025 < 1.0")),
    ("P713", "any level of the province", OWN, _second("province_level <= 4")),
    ("P714", "half the figure, doubled", OWN, _third("local_cases_7d * 2 >= 30")),
    ("P714", "one less, plus one", OWN, _third("local_cases_7d + 1 >= 16")),
    ("P714", "not below", OWN, _third("!(local_cases_7d < 15)")),
    ("P715", "an upper limit, doubled", OWN, _third("local_cases_7d >= 2 && local_cases_7d * 2 < 20")),
    ("P715", "an upper limit of two weeks", OWN, _third("local_cases_7d >= 2 && local_cases_14d < 20", "local_cases_14d < 2")),
    ("P715", "not above", OWN, _third("local_cases_7d >= 2 && !(local_cases_7d > 10)")),
    ("P716", "a sum that cannot be", OWN, set_level("III", release="local_cases_14d + 1 < 1")),
    ("P716", "figures only", OWN, set_level("III", release="1 > 2")),
)  # fmt: skip
