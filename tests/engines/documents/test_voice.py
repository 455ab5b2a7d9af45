"""Words of a document in its language, and the numbers of its headings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.engines.documents import BOTH, CHINESE, ENGLISH, Voice, Words, plain
from muster.engines.documents.voice import chinese_number, numbered
from muster.engines.plan import Text

FIGURES = "〇一二三四五六七八九"
SIZES = {"十": 10, "百": 100, "千": 1000}


def value_of(number: str) -> int:
    """Reads a Chinese number back, by the rule and not by the writer."""
    total, figure = 0, 0
    for sign in number:
        if sign in SIZES:
            total += (figure or 1) * SIZES[sign]
            figure = 0
        else:
            figure = FIGURES.index(sign)
    return total + figure


@given(st.integers(1, 9999))
def test_a_chinese_number_is_read_back(number: int) -> None:
    said = chinese_number(number)
    assert value_of(said) == number
    assert "〇〇" not in said
    assert not said.endswith("〇")


def test_chinese_numbers_are_written_as_people_write_them() -> None:
    assert [chinese_number(one) for one in (1, 10, 11, 20, 62, 101, 110, 1000, 1010)] == [
        "一", "十", "十一", "二十", "六十二", "一百〇一", "一百一十", "一千", "一千〇一十",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="0"):
        chinese_number(0)


def test_headings_are_numbered_as_the_standard_says() -> None:
    assert [numbered(level, 6, 12, 3).zh for level in (1, 2, 3)] == ["三、", "（三）", "3．"]
    assert numbered(2, 6, 12).en == "6.12 "


def test_each_language_has_its_own_half_and_no_half_stands_twice() -> None:
    text = Text("值班", "watch")
    assert Voice(CHINESE).say(text) == Words("值班")
    assert Voice(ENGLISH).say(text) == Words("watch")
    assert Voice(BOTH).say(text) == Words("值班", "watch")
    assert Voice(BOTH).say(Text("C01", "C01")) == Words("C01")
    assert Voice(ENGLISH).say(Text("值班")) == Words("值班")


@given(st.text(max_size=60))
def test_what_is_printed_hides_nothing_and_is_printed_the_same_again(text: str) -> None:
    printed = plain(text)
    assert plain(printed) == printed
    assert not set(printed) & set("\x00\x0b\u202e\u2066\u200f\ufeff\ufffe\n\t")
    printed.encode()
