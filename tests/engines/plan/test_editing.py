"""A plan's text is edited in one place: nothing else in it moves, and its form and its text say the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.engines.plan import PlanInvalid, load_plan
from muster.engines.plan.difference import diff
from muster.engines.plan.editing import (
    EditRefused,
    clause_added,
    clause_changed,
    clause_moved,
    clause_removed,
    clause_renamed,
    clauses_of,
    head_changed,
    head_of,
)
from muster.engines.plan.reading import Document, _whole, read

CITY = Path(__file__).parents[3] / "muster/sample/plans/S-PHE-01.yaml"
TEXTS = {"example": Path(__file__).with_name("example.yaml").read_text("utf-8"), "city": CITY.read_text("utf-8")}
LINES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=60).filter(
    lambda words: words.strip()
)
BROKEN = ("", "  - id: X1", "clauses:", '    text: "a', "# c", "    - x", "'", "---", "\t- a", "  due: 1h", "- z")
FIELDS = st.one_of(
    st.tuples(st.just("due"), st.sampled_from(["30m", "1d 12h", "08:00", "23:59", "14d"])),
    st.tuples(st.just("every"), st.sampled_from(["12h", "7d", None])),
    st.tuples(st.just("levels"), st.lists(st.sampled_from(["IV", "III", "II", "I"]), unique=True, min_size=1)),
    st.tuples(st.just("title"), st.fixed_dictionaries({"zh": LINES, "en": LINES})),
    st.tuples(st.just("ends"), st.one_of(st.none(), st.fixed_dictionaries({"zh": LINES}))),
    st.tuples(st.just("annex"), st.one_of(st.none(), LINES)),
    st.tuples(st.just("evidence"), st.lists(st.sampled_from(["order", "photo", "duty_roster"]), unique=True)),
    st.tuples(st.just("decision"), st.sampled_from(["true", "false"])),
    st.tuples(
        st.just("people"),
        st.lists(
            st.fixed_dictionaries(
                {"qualification": st.sampled_from(["patrol", "legal"]), "count": st.integers(0, 99).map(str)},
                optional={"shifts": st.sampled_from(["1", "3"]), "from": st.sampled_from(["force", "unit:CMD"])},
            ),
            max_size=3,
        ),
    ),
)


def lines_that_differ(before: str, after: str) -> set[str]:
    return set(before.split("\n")) ^ set(after.split("\n"))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_form_that_is_sent_back_unchanged_changes_no_byte(text: str) -> None:
    for key, said in clauses_of(text):
        assert clause_changed(text, key, said) == text
    assert head_changed(text, head_of(text)) == text


@given(data=st.data())
@settings(deadline=None, max_examples=80)
def test_a_form_and_the_text_say_the_same(data: st.DataObject) -> None:
    """What the form says is what is read from the text again, whatever words people write; nothing else differs."""
    text = TEXTS["example"]
    key, said = data.draw(st.sampled_from(clauses_of(text)))
    field, value = data.draw(FIELDS)
    wanted = {word: one for word, one in (said | {field: value}).items() if one is not None}
    edited = clause_changed(text, key, wanted)
    before, after = clauses_of(text), clauses_of(edited)
    assert [other for other in after if other[0] != key] == [other for other in before if other[0] != key]
    assert _blanks_as_read(dict(after)[key]) == _blanks_as_read(wanted)
    assert head_of(edited) == head_of(text)


@given(data=st.data())
@settings(deadline=None, max_examples=80)
def test_an_edit_of_one_field_changes_exactly_that_field_and_that_line(data: st.DataObject) -> None:
    text = TEXTS["example"]
    plan = load_plan(text)
    key, said = data.draw(st.sampled_from([one for one in clauses_of(text) if "due" in one[1] and "on" not in one[1]]))
    due = data.draw(st.sampled_from(["31m", "1d 12h", "06:15", "23:59", "13d"]))
    edited = clause_changed(text, key, said | {"due": due})
    assert diff(plan, load_plan(edited)).changed == {key: ("due",)}
    assert all(line.strip().startswith("due:") or "due:" in line for line in lines_that_differ(text, edited))
    assert clause_changed(edited, key, said) == text


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_field_of_every_clause_comes_back_byte_for_byte(text: str) -> None:
    for key, said in clauses_of(text):
        other = said | {
            "title": said["title"] | {"zh": "另一个: 标题", "en": "- another # title"},
            "actor": "someone_else",
            "due": "3m",
        }
        edited = clause_changed(text, key, other)
        assert dict(clauses_of(edited))[key] == other
        assert clause_changed(edited, key, said) == text


def test_a_clause_that_is_moved_and_moved_back_leaves_the_text_as_it_was() -> None:
    text = TEXTS["city"]
    keys = [key for key, _said in clauses_of(text)]
    for at, key in enumerate(keys[1:-1], start=1):
        there = clause_moved(text, key, after=keys[-1])
        assert [one for one, _said in clauses_of(there)] == [*keys[:at], *keys[at + 1 :], key]
        assert sorted(there.split("\n")) == sorted(text.split("\n"))
        assert text in (clause_moved(there, key, after=keys[at - 1]), clause_moved(there, key, before=keys[at + 1]))


def test_remarks_right_above_a_clause_go_with_it_and_headings_stay() -> None:
    text = "clauses:\n# heading\n  # why A\n  - id: A1\n    due: 1h\n# other\n  - id: B1\n    due: 2h\n"
    assert clause_moved(text, "A1", after="B1") == (
        "clauses:\n# heading\n# other\n  - id: B1\n    due: 2h\n  # why A\n  - id: A1\n    due: 1h\n"
    )


def test_comments_beside_and_between_words_stay_where_they_are() -> None:
    text = (
        "plan: A-1   # the id\nclauses:\n  - id: A1   # first\n    # the deadline\n    due: 1h  # short\n"
        "    people:\n      # who\n      - {qualification: patrol, count: 1}  # one\n"
        "      - {qualification: legal, count: 2}\n"
    )
    said = dict(clauses_of(text))["A1"]
    more = clause_changed(text, "A1", said | {"due": "2h", "people": [*said["people"][:1], {"qualification": "guard"}]})
    assert more == (
        text.replace("1h  # short", "2h  # short").replace(
            "- {qualification: legal, count: 2}", "- {qualification: guard}"
        )
    )
    fewer = clause_changed(text, "A1", said | {"due": None, "people": said["people"][1:]})
    assert "# the deadline" in fewer
    assert "# who" in fewer
    assert dict(clauses_of(fewer))["A1"] == {"id": "A1", "people": said["people"][1:]}


def test_a_renamed_clause_is_renamed_wherever_it_is_named() -> None:
    text = TEXTS["city"]
    renamed = clause_renamed(text, "K03", "K99")
    assert '"K03"' not in renamed
    assert load_plan(renamed).clause("K04").renews == "K99"
    assert clause_renamed(renamed, "K99", "K03") == text


def test_a_removed_clause_is_waited_for_by_nobody() -> None:
    text = TEXTS["city"]
    without = load_plan(clause_removed(text, "K03"))
    assert "K03" not in without.by_id
    assert all("K03" not in clause.after and clause.renews != "K03" for clause in without.clauses)


def test_a_clause_is_added_where_it_is_wanted_also_to_a_plan_that_has_none() -> None:
    new = {"id": "Z1", "title": {"zh": "新", "en": "new"}, "due": "1h"}
    text = clause_added(TEXTS["city"], new, after="C02")
    keys = [key for key, _said in clauses_of(text)]
    assert keys[:4] == ["C01", "C02", "Z1", "C03"]
    assert clause_removed(text, "Z1") == TEXTS["city"]
    for bare in ("plan: A-1\n", "plan: A-1\nclauses: []\n", "plan: A-1\nclauses:\n", "plan: A-1\r\nclauses: []\r\n"):
        assert clauses_of(clause_added(bare, new)) == [("Z1", new)]
        emptied = clause_removed(clause_added(bare, new), "Z1")
        assert clauses_of(emptied) == []
        assert clauses_of(clause_added(emptied, new)) == [("Z1", new)]


def test_the_head_is_edited_and_the_clauses_keep_their_bytes() -> None:
    text = TEXTS["city"]
    head = head_of(text)
    fewer = {name: one for name, one in head["legal_basis"].items() if name != "quarantine_law"}
    more = head["roles"] | {"night_chief": {"title": {"zh": "夜间值班长"}, "unit": "CMD"}}
    edited = head_changed(text, {"version": "4.0", "legal_basis": fewer, "roles": more})
    assert head_of(edited) == head | {"version": "4.0", "legal_basis": fewer, "roles": more}
    assert edited[edited.index("\nclauses:") :] == text[text.index("\nclauses:") :]
    assert len(lines_that_differ(text, edited)) == 4


def test_windows_line_ends_stay() -> None:
    text = TEXTS["example"].replace("\n", "\r\n")
    key, said = clauses_of(text)[2]
    edited = clause_changed(text, key, said | {"annex": "annex 3", "due": "77m"})
    edited = clause_added(edited, {"id": "Z1", "due": "1h"}, after=key)
    assert edited.count("\n") == edited.count("\r\n")
    assert load_plan(clause_changed(text, key, said | {"due": "77m"})).clause(key)


def test_clauses_with_one_id_are_told_apart_by_their_place() -> None:
    text = "clauses:\n  - id: A1\n    due: 1h\n  - id: A1\n    due: 2h\n  - due: 3h\n"
    assert [key for key, _said in clauses_of(text)] == ["#1", "#2", "#3"]
    mended = clause_changed(text, "#2", {"id": "A2", "due": "2h"})
    assert [key for key, _said in clauses_of(mended)] == ["A1", "A2", "#3"]
    with pytest.raises(EditRefused, match="no one clause A1"):
        clause_removed(text, "A1")
    with pytest.raises(EditRefused, match="the id A2 is taken"):
        clause_renamed(mended, "A1", "A2")


def test_clauses_written_in_another_layout_are_edited_too() -> None:
    text = "plan: A-1\nclauses: [{id: A1, due: 1h}, {id: A2, due: 2h}]\n"
    assert clause_changed(text, "A2", {"id": "A2", "due": "3h"}) == text.replace("2h", "3h")
    assert [key for key, _said in clauses_of(clause_added(text, {"id": "A3"}, after="A1"))] == ["A1", "A3", "A2"]
    with pytest.raises(EditRefused, match="none can be moved"):
        clause_moved(text, "A1", after="A2")


@given(data=st.data())
@settings(deadline=None, max_examples=150)
def test_a_text_read_in_pieces_is_the_text_read_whole(data: st.DataObject) -> None:
    """Reading clause by clause gives the same values, lines and mistakes, whatever is broken in the text."""
    lines = TEXTS["example"].split("\n")
    for _time in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        broken = [
            "",
            "  - id: X1",
            "clauses:",
            '    text: "a',
            "# c",
            "    - x",
            "'",
            "---",
            "\t- a",
            "  due: 1h",
            "- z",
        ]
        lines[at : at + data.draw(st.integers(0, 1))] = [data.draw(st.sampled_from(broken))]
    text = "\n".join(lines)
    assert outcome(lambda: read(text, "p")) == outcome(lambda: _whole(text, "p").document)


def outcome(reading: Callable[[], Document]) -> object:
    """Values, lines and words that stand twice, or what is wrong."""
    try:
        found = reading()
    except PlanInvalid as refused:
        return refused.problems
    return found.root, found.lines, sorted(found.twice, key=str)


def _blanks_as_read(value: object) -> object:
    if isinstance(value, dict):
        return {key: _blanks_as_read(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_blanks_as_read(one) for one in value]
    return " ".join(value.split()) if isinstance(value, str) else value
