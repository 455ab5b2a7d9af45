"""The same content is the same bytes, on any machine and in any order."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import PurePosixPath
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.kernel.commands.content import canonical, plain, restored

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


class Colour(StrEnum):
    RED = "red"


@given(json_values)
def test_what_json_knows_comes_back_as_it_was(value: object) -> None:
    assert json.loads(canonical(value)) == value
    assert restored(json.loads(canonical(value))) == value


@given(st.dictionaries(st.text(), st.integers(), min_size=2), st.randoms())
def test_the_order_of_keys_is_not_content(value: dict[str, int], chance: object) -> None:
    items = list(value.items())
    chance.shuffle(items)  # type: ignore[attr-defined]
    assert canonical(dict(items)) == canonical(value)


@given(json_values, json_values)
def test_other_content_is_other_bytes(one: object, other: object) -> None:
    assert (canonical(one) == canonical(other)) == (
        json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    )


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (date(2020, 1, 23), "2020-01-23"),
        (datetime(2020, 1, 23, 2, 0, tzinfo=UTC), "2020-01-23T02:00:00+00:00"),
        (timedelta(minutes=2), 120.0),
        (Decimal("1.10"), "1.10"),
        (UUID(int=7), "00000000-0000-0000-0000-000000000007"),
        (PurePosixPath("a/b"), "a/b"),
        (Colour.RED, "red"),
        ({3, 1, 2}, [1, 2, 3]),
        ((1, "a"), [1, "a"]),
    ],
)
def test_other_things_have_one_form(value: object, form: object) -> None:
    assert plain(value) == form


def test_bytes_are_known_by_their_hash() -> None:
    assert plain(b"list of names") == plain(memoryview(b"list of names"))
    assert plain(b"list of names") != plain(b"list of name")
    assert b"list" not in canonical(b"list of names")


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError):
        canonical(value)
