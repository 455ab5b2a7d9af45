"""A plan that was copied is known again after names and figures were exchanged; one that speaks for itself is not."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from muster.engines.plan import Plan, Text
from muster.engines.plan.checks.copies import THRESHOLD, copies
from muster.engines.plan.likeness import contained, plain, resemblance, words_of
from tests.engines.plan.faults import shipped
from tests.engines.plan.lower_plans import lower, lower_text, together

STATION = (
    "东湖派出所接到命令后三十分钟内派出十二名民警到东湖广场地铁站两个出口值守",
    "值守民警每两小时向东湖派出所值班室报告一次人流和异常情况",
    "备勤的六名辅警在东湖街道办事处待命，接到求助后十分钟内到达",
    "夜间由值班所长带班，逐一查看八个小区的出入口并签字",
    "发现发热人员时引导至东湖医院发热门诊，不得自行转运",
)
OTHER = (
    "辖区只有一个货运码头，所长与港务公司商定船员换班时的登记办法",
    "渔船归港前由水上中队核对人员名册，缺员的当日查清",
    "冷库装卸工每班次体温由企业记录，派出所每周抽查",
    "台风季节值守点移至气象站二楼，保证对讲机有备用电池",
    "外来船员就医走专用通道，由海关和卫生部门交接",
)


def written(name: str, sentences: tuple[str, ...]) -> Plan:
    """The shipped plan with these clauses and no others."""
    first = shipped().clauses[0]
    clauses = [
        replace(first, id=f"A{place}", title=Text(f"第{place}项"), text=Text(words))
        for place, words in enumerate(sentences)
    ]
    return replace(shipped(), id=name, clauses=tuple(clauses))


def exchanged(sentences: tuple[str, ...]) -> tuple[str, ...]:
    """As a copier does it: another place, other figures."""
    swapped = {"东湖": "云山", "三十": "四十", "十二": "8", "六名": "十名", "八个": "11个", "两小时": "3小时"}
    out = []
    for words in sentences:
        for old, new in swapped.items():
            words = words.replace(old, new)
        out.append(words)
    return tuple(out)


def test_a_copy_with_other_names_and_figures_is_told_with_how_much_is_the_same() -> None:
    found = copies([written("S-A", STATION), written("S-B", exchanged(STATION)), written("S-C", OTHER)])
    assert list(found) == [1]
    assert (found[1].id, found[1].subject) == ("P010", "plan:S-A")
    assert THRESHOLD * 100 <= int(found[1].message.en.partition("%")[0]) < 100


def test_names_that_do_not_look_like_names_are_taken_for_one_another_where_they_are_known() -> None:
    a = written("S-A", tuple(words.replace("东湖", "聚贤阁旁") for words in STATION))
    b = written("S-B", tuple(words.replace("东湖", "半岛湾") for words in STATION))
    alike = resemblance(*(words_of(one, ["聚贤阁旁", "半岛湾"]) for one in (a, b)))
    assert alike == 1.0
    assert resemblance(words_of(a), words_of(b)) < 1.0


def test_on_both_sides_of_the_threshold() -> None:
    """Sentence after sentence is rewritten: as long as most of its shingles are the same, it counts as a copy."""
    original, fresh = shipped(), "".join(OTHER)
    sides = set()
    for rewritten in range(0, len(original.clauses), 2):
        clauses = tuple(
            replace(clause, title=Text(f"{fresh[at : at + 9]}"), text=Text(fresh[at % 60 :] + fresh[: at % 50]))
            if at < rewritten
            else clause
            for at, clause in enumerate(original.clauses)
        )
        other = replace(original, id="S-OTHER", clauses=clauses)
        much = contained(words_of(original), words_of(other))
        assert bool(copies([original, other])) == (much >= THRESHOLD)
        sides.add(much >= THRESHOLD)
    assert sides == {True, False}


def test_a_copy_is_told_however_it_was_shuffled_shortened_or_added_to() -> None:
    original = shipped()
    half, quarter = original.clauses[::2], original.clauses[::4]
    turned = replace(original, id="S-TURNED", clauses=original.clauses[::-1])
    less = replace(original, id="S-LESS", clauses=quarter)
    more = replace(original, id="S-MORE", clauses=(*half, *written("S-X", OTHER).clauses))
    for copy in (turned, less, more):
        assert list(copies([original, copy])) == [1], copy.id
    assert list(copies([less, original])) == [0]  # wherever it stands, the short one says nothing of its own
    assert [list(copies([original, written("S-X", STATION)])), list(copies([written("S-X", OTHER), less]))] == [[], []]


def test_a_word_exchanged_in_every_sentence_hides_no_copy() -> None:
    synonyms = {"组织": "安排", "每日": "每天", "立即": "马上", "民警": "警员", "负责": "主管", "报告": "上报"}
    synonyms |= {"检查": "查验", "人员": "人士", "完成": "办结", "开展": "实施", "通知": "告知", "小时内": "个钟头之内"}

    def other(words: str) -> str:
        for old, new in synonyms.items():
            words = words.replace(old, new)
        return words

    clauses = [
        replace(one, title=Text(other(one.title.zh)), text=Text(other(one.text.zh))) for one in shipped().clauses
    ]
    assert clauses != list(shipped().clauses)
    assert list(copies([shipped(), replace(shipped(), id="S-OTHER", clauses=tuple(clauses))])) == [1]


def test_what_is_inherited_is_nobodys_copy() -> None:
    one, two = together(lower_text(plan="S-A", own="A1"), lower_text(plan="S-B", own="B1"))
    assert copies([shipped(), one, two]) == {}


def test_a_lower_plan_that_adds_what_another_adds_is_a_copy() -> None:
    clause = shipped().clauses[0]
    own = tuple(replace(clause, id=f"X{at}", title=Text("值守"), text=Text(words)) for at, words in enumerate(STATION))
    plans = []
    for name in ("S-A", "S-B"):
        plan = lower(plan=name)
        assert plan.extension is not None
        extension = replace(plan.extension, added=frozenset(one.id for one in own))
        plans.append(replace(plan, clauses=(*shipped().clauses, *own), extension=extension))
    assert list(copies(plans)) == [1]


def test_two_or_three_sentences_in_common_are_no_copied_plan() -> None:
    assert copies([written("S-A", STATION[:1]), written("S-B", STATION[:1])]) == {}


def test_four_hundred_copies_are_each_told_once_and_point_to_the_first() -> None:
    plans = [written(f"S-{number}", STATION) for number in range(400)]
    found = copies(plans)
    assert {finding.subject for finding in found.values()} == {"plan:S-0"}
    assert len(found) == 399


@given(st.text(max_size=60), st.text(max_size=60))
@settings(deadline=None)
def test_resemblance_is_the_same_both_ways_and_whole_with_itself(a: str, b: str) -> None:
    one, two = (words_of(written("S-A", (words or "空",) * 3)) for words in (a, b))
    assert resemblance(one, two) == resemblance(two, one)
    assert 0.0 <= resemblance(one, two) <= 1.0
    assert resemblance(one, one) == (1.0 if len(one.shingles) else 0.0)


def test_figures_and_places_are_one_word() -> None:
    assert plain(Text("民警到东湖派出所报到，二小时内到位3人")) == plain(Text("民警到西城派出所报到，十小时内到位12人"))
    assert plain(Text("", "Within 2 hours at Donghu Sub-bureau")) == plain(
        Text("", "Within 12 hours at Xicheng Sub-bureau")
    )
