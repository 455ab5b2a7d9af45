# ruff: noqa: E501
"""Changes of a good plan after which it is still good: they go to the edge of a rule and not beyond it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.engines.plan.corpus.bases import BASES, Raw, clause
from tests.engines.plan.corpus.planting import Plant, set_level

OWN = ("station", "district", "supply")


def _nothing(raw: Raw) -> None:
    """As it is."""


def _two_weeks(raw: Raw) -> None:
    raw["reserve_days"] = {item: days if item == "meal" else "14" for item, days in raw["reserve_days"].items()}


def _ends_with_the_review(raw: Raw) -> None:
    for ground in raw["legal_basis"].values():
        ground["until"] = "2031-12-31"


def _two_days(raw: Raw) -> None:
    for level in raw["levels"].values():
        level["held_days"] = "2"


def _renumbered(raw: Raw) -> None:
    """Other ids, and the clauses the other way round."""
    new = {one["id"]: f"N-{place:03}" for place, one in enumerate(raw["clauses"])}
    for one in raw["clauses"]:
        one["id"] = new[one["id"]]
        one["after"] = [new[name] for name in one.get("after", [])]
        if one.get("renews"):
            one["renews"] = new[one["renews"]]
    raw["clauses"] = raw["clauses"][::-1]


def _clocks_in_order(raw: Raw) -> None:
    who = next(iter(raw["roles"]))
    raw["clauses"] += [
        clause("Q1", "早", "Early", who, "inform", "06:00", every="24h"),
        clause("Q2", "中", "Later", who, "inform", "2h", every="24h", after=["Q1"]),
        clause("Q3", "晚", "Last", who, "inform", "08:00", every="24h", after=["Q2"]),
        clause("Q4", "链一", "Link one", who, "inform", "19h"),
        clause("Q5", "链二", "Link two", who, "inform", "4h", every="24h", after=["Q4"]),
        clause("Q6", "整日", "All day", who, "inform", "24h", every="24h", after=["Q5"]),
    ]


def _unused_words(raw: Raw) -> None:
    """Empty words count as not written."""
    for one in raw["clauses"]:
        for word in ("text", "annex", "standard", "ground", "renews"):
            if word not in one:
                one[word] = ""


def _tighter(raw: Raw) -> None:
    """Each deadline in minutes, which says the same."""
    for one in raw["clauses"]:
        due: Any = one["due"]
        if due.endswith("h"):
            one["due"] = f"{int(due[:-1]) * 60}m"


def _codes(raw: Raw) -> None:
    """A title that is a code stands in both languages."""
    raw["clauses"][-1]["title"] = {"zh": "KN95", "en": "KN95"}


def _alike(raw: Raw) -> None:
    """Two deputies of two roles are called alike in one language, and are different people."""
    for number, role in enumerate(raw["roles"].values()):
        role["deputies"] = [f"副职 / deputy of post {number}", f"助理 / assistant of post {number}"]


_EDITS: dict[str, Plant] = {
    "as it is": _nothing,
    "reserves for two weeks": _two_weeks,
    "a basis that ends in years": _ends_with_the_review,
    "two days held": _two_days,
    "renumbered and turned": _renumbered,
    "clock times in order": _clocks_in_order,
    "empty words": _unused_words,
    "in minutes": _tighter,
    "codes in both languages": _codes,
    "deputies called alike": _alike,
}
_LEVELS: dict[str, Plant] = {
    "half the figure, doubled": set_level("II", trigger="local_cases_7d * 2 >= 30"),
    "a sum of two": set_level("II", trigger="local_cases_7d >= 15 || local_cases_7d + imported_cases_7d >= 40"),
    "a flag beside a count": set_level("IV", trigger="imported_cases_7d >= 1 || external_alert", release="imported_cases_7d == 0 && !external_alert && local_cases_14d == 0"),
    "quiet abroad, case at home": set_level("III", trigger="local_cases_7d >= 2 || (local_cases_7d == 1 && external_alert)", release="local_cases_14d == 0"),
    "one level takes over from the other": set_level("III", trigger="local_cases_7d >= 2 && local_cases_7d < 15"),
    "arithmetic": set_level("II", trigger="local_cases_7d >= 15 || local_cases_7d > 3 * local_cases_14d - 2 * local_cases_14d + 9"),
    "one figure apart": set_level("II", trigger="local_cases_7d > 14", release="local_cases_14d <= 14"),
    "doubling fast": set_level("II", trigger="local_cases_7d >= 15 && doubling_days < 30.0 || local_cases_7d >= 40"),
}  # fmt: skip


def clean() -> Iterator[tuple[str, str, Plant]]:
    """Name, base plan and edit of each."""
    yield from ((f"{base}: {name}", base, edit) for name, edit in _EDITS.items() for base in BASES)
    yield from ((f"{base}: {name}", base, edit) for name, edit in _LEVELS.items() for base in OWN)
