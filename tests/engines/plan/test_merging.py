"""One text out of two: edits of different clauses and of different entries of the head are both kept."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from muster.engines.plan import load_plan
from muster.engines.plan.editing import clause_changed, clauses_of, head_changed, head_of
from muster.engines.plan.editing.merging import apart, merged
from tests.engines.plan.faults import PLANS

CITY = (PLANS / "S-PHE-01.yaml").read_text("utf-8")
HEAD = head_of(CITY)
PLACES = [
    *(("clauses", key, said) for key, said in clauses_of(CITY)[:20]),
    *(("roles", key, said) for key, said in HEAD["roles"].items()),
    *(("levels", key, said) for key, said in HEAD["levels"].items()),
    *(("legal_basis", key, said) for key, said in HEAD["legal_basis"].items()),
]
WORDS = {"clauses": "annex", "roles": "holder", "levels": "review", "legal_basis": "articles"}


def edited(text: str, place: int, value: str) -> str:
    part, key, said = PLACES[place]
    values = {**said, WORDS[part]: value}
    if part == "clauses":
        return clause_changed(text, key, values)
    return head_changed(text, {part: {**head_of(text)[part], key: values}})


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_edits_of_different_things_are_both_kept_in_whichever_order_they_were_saved(data: st.DataObject) -> None:
    places = data.draw(st.lists(st.sampled_from(range(len(PLACES))), min_size=2, max_size=6, unique=True))
    cut = data.draw(st.integers(1, len(places) - 1))
    theirs, mine, both = CITY, CITY, CITY
    for at, place in enumerate(places):
        value = f"{at + 1}h"
        both = edited(both, place, value)
        theirs, mine = (edited(theirs, place, value), mine) if at < cut else (theirs, edited(mine, place, value))
    found = apart(CITY, theirs, mine)
    assert all(one.mine_only != one.theirs_only for one in found)
    assert len(found) == len(places)
    text = merged(theirs, mine, {one.key for one in found if one.mine_only})
    assert load_plan(text).hash == load_plan(both).hash
    assert text == both


def test_an_entry_that_one_removed_and_the_other_changed_is_asked_about() -> None:
    roles = {key: one for key, one in HEAD["roles"].items() if key != "legal_chief"}
    mine = head_changed(CITY, {"roles": roles})
    theirs = edited(CITY, next(at for at, place in enumerate(PLACES) if place[1] == "legal_chief"), "somebody else")
    (one,) = apart(CITY, theirs, mine)
    assert (one.key, one.mine, one.mine_only, one.theirs_only) == ("@roles/legal_chief", None, False, False)
    assert "legal_chief" not in head_of(merged(theirs, mine, {one.key}))["roles"]
    assert head_of(merged(theirs, mine, ())) == head_of(theirs)
