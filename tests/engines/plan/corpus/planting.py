"""Small edits of a plan's raw values, of which defects are put together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.engines.plan.corpus.bases import Raw, clause

Plant = Callable[[Raw], Any]
Wanted = Callable[[Raw], bool]


def named(raw: Raw, name: str) -> Raw:
    """The clause with this id."""
    found: Raw = next(one for one in raw["clauses"] if one["id"] == name)
    return found


def having(raw: Raw, wanted: Wanted, which: int = 0) -> Raw:
    """One of the clauses of which something is true."""
    found: Raw = [one for one in raw["clauses"] if wanted(one)][which]
    return found


def set_in(name: str, **fields: Any) -> Plant:
    """Fields of a clause become these; None takes one out."""
    return lambda raw: _set(named(raw, name), fields)


def set_where(wanted: Wanted, which: int = 0, **fields: Any) -> Plant:
    """The same of a clause of which something is true."""
    return lambda raw: _set(having(raw, wanted, which), fields)


def set_level(name: str, **fields: Any) -> Plant:
    """Fields of a level become these."""
    return lambda raw: _set(raw["levels"][name], fields)


def set_role(which: int, **fields: Any) -> Plant:
    """Fields of a role, by its place, become these."""
    return lambda raw: _set(list(raw["roles"].values())[which], fields)


def set_head(**fields: Any) -> Plant:
    """Words of the head become these."""
    return lambda raw: _set(raw, fields)


def add(name: str, actor: str, action: str, due: str, **more: Any) -> Plant:
    """One more clause at the end; the actor "ACTOR" is the first role of the plan."""

    def plant(raw: Raw) -> None:
        who = next(iter(raw["roles"])) if actor == "ACTOR" else actor
        raw["clauses"].append(clause(name, f"增补{name}", f"Added {name}", who, action, due, **more))

    return plant


def without(wanted: Wanted) -> Plant:
    """The clauses of which something is true are gone."""

    def plant(raw: Raw) -> None:
        raw["clauses"] = [one for one in raw["clauses"] if not wanted(one)]

    return plant


def _set(target: Raw, fields: Raw) -> None:
    for field, value in fields.items():
        if value is None:
            target.pop(field, None)
        else:
            target[field] = value


def stands(one: Raw) -> bool:
    """It stands at levels, once, and is done by somebody."""
    return bool(one.get("levels")) and "per" not in one


def at_places(one: Raw) -> bool:
    """It is done at each place of a kind, without a restriction."""
    return one.get("per") in ("hospital", "quarantine_site", "fever_clinic") and "measure" not in one


def winds_up(one: Raw) -> bool:
    return one.get("on") == "stand_down"


def restricts(one: Raw) -> bool:
    return "measure" in one


def with_partners(one: Raw) -> bool:
    return bool(one.get("partners")) and one.get("per") != "verification_list"
