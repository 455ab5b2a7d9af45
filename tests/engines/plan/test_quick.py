"""The quick reader and the careful one read the same, or the quick one leaves it to the other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.engines.plan.errors import PlanInvalid
from muster.engines.plan.quick import quick_read
from muster.engines.plan.reading import DEEPEST, MOST_NODES, _whole
from tests.engines.plan.corpus.bases import BASES, base, text_of
from tests.engines.plan.faults import PLANS

FILES = sorted(PLANS.glob("*.yaml"))
LEFT = {
    "an anchor": "plan: &a X\nversion: 1.0\n",
    "an alias": "plan: X\nversion: *a\n",
    "a tag": "plan: !x y\n",
    "a word twice": "plan: X\nplan: Y\n",
    "a second document": "plan: X\n---\nplan: Y\n",
    "a list as a key": "? [a, b]\n: c\n",
    "a tab": "plan:\tX\n",
    "a line end of another version": "plan: X\u2028version: 1.0\n",
    "a directive": "%YAML 1.1\n---\nplan: X\n",
    "no YAML": "plan: [X\n",
    "nothing": "",
    "fourteen levels": "[" * 14 + "x" + "]" * 14,
}


def same(text: str) -> None:
    found = quick_read(text, deepest=DEEPEST, most=MOST_NODES)
    if found is None:
        return
    careful = _whole(text, "")
    assert found == (careful.document.root, careful.document.lines, careful.nodes)
    assert careful.document.twice == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_plans_that_people_wrote_are_read_the_quick_way(file) -> None:
    text = file.read_text("utf-8")
    assert quick_read(text, deepest=DEEPEST, most=MOST_NODES) is not None
    same(text)


@pytest.mark.parametrize("name", BASES)
def test_plans_in_json_are_read_the_quick_way(name: str) -> None:
    text = text_of(base(name))
    assert quick_read(text, deepest=DEEPEST, most=MOST_NODES) is not None
    same(text)


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_what_is_unusual_is_left_to_the_careful_reader(text: str) -> None:
    assert quick_read(text, deepest=DEEPEST, most=MOST_NODES) is None


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab:-#'\"{}[],|>?!&*~ \n\\/0.%@`", max_size=40))
def test_any_text_is_read_the_same_or_left(text: str) -> None:
    try:
        same(text)
    except PlanInvalid:
        pytest.fail(f"the careful reader refuses what the quick one reads: {text!r}")
