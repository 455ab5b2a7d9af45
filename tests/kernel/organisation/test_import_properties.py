"""Whatever a stranger writes into the cells: a preview or a reason, and what is confirmed is what the file says."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from muster.kernel.errors import DomainError
from muster.kernel.organisation import services
from muster.kernel.organisation.models import ImportPreview
from muster.kernel.organisation.seals import fresh_key
from muster.kernel.tables import write_csv
from tests.kernel.organisation.town import HOUR, NOON, keeper

pytestmark = pytest.mark.usefixtures("a_town")
KEY = fresh_key()
ODD = ("", "  ", "=1+1", "1.38E+10", "#REF!", "\u202egpj", "-1", "999999999999999999", "某某", "a" * 200, "\U0001f600")


def cell(*good: str) -> st.SearchStrategy[str]:
    """Nearly always something that makes sense, else empty or odd."""
    return st.sampled_from([*good * (60 // len(good)), *ODD])


COLUMNS: dict[str, dict[str, st.SearchStrategy[str]]] = {
    "people": {
        "警号": cell("P0001", "P0002", "P0005", "N1", "N2", "N3"),
        "身份": cell("民警", "辅警", "officer", "志愿者"),
        "姓名": cell("甲", "乙", "欧阳丙"),
        "单位": cell("ST-001", "ST-002", "二所", "PSB"),
        "手机": cell("13800138000", "+86 138 0013 8000"),
        "能力": cell("巡逻", "patrol;checkpoint", "卡点、巡逻"),
        "在职": cell("是", "否"),
    },
    "units": {
        "编码": cell("ST-001", "ST-003", "SB-NORTH", "N1", "N2", "N3"),
        "类型": cell("派出所", "分局", "special", "office"),
        "名称": cell("甲所", "乙所"),
        "上级": cell("PSB", "SB-NORTH", "SB-SOUTH", "N1", "南分局"),
        "启用": cell("是", "是", "是", "否"),
    },
    "sites": {
        "编码": cell("CP-01", "H-01", "N1", "N2"),
        "类型": cell("检查站", "hospital"),
        "名称": cell("甲", "乙"),
        "区域": cell("D-NORTH", "南区"),
        "责任单位": cell("ST-001", "三所"),
        "经度": cell("120.1", "113.9"),
        "纬度": cell("30.1", "22.5"),
        "容量": cell("0", "1,200"),
    },
}


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, str, bytes]:
    """A kind, a datum and a file: some of the kind's columns, in any order, and a few rows."""
    kind = draw(st.sampled_from(sorted(COLUMNS)))
    first, *others = COLUMNS[kind]
    some = st.lists(st.sampled_from(others), unique=True)
    headings = draw(st.permutations([first, *draw(st.one_of(st.just(others), some))]))
    rows = draw(st.lists(st.tuples(*(COLUMNS[kind][heading] for heading in headings)), min_size=1, max_size=4))
    return kind, draw(st.sampled_from(["wgs84", "gcj02", "bd09"])), write_csv(headings, rows)


def prepare(kind: str, datum: str, content: bytes) -> ImportPreview:
    by = keeper(NOON + HOUR)
    return services.import_prepare(by=by, kind=kind, content=content, file_name="a.csv", key=KEY, datum=datum)


def check(kind: str, datum: str, content: bytes) -> None:
    try:
        preview = prepare(kind, datum, content)
    except DomainError:
        event("refused as a whole")
        return
    counts: dict[str, Any] = preview.outcome
    if counts["problems"]:
        event("problems in rows")
        return
    event("loaded" if counts["added"] + counts["changed"] else "nothing to do")
    done = services.import_confirm(by=keeper(NOON + HOUR), preview=preview.pk, key=KEY)
    assert {name: done[name] for name in ("added", "changed", "same")} == {
        name: counts[name] for name in ("added", "changed", "same")
    }
    again = prepare(kind, datum, content).outcome
    assert (again["added"], again["changed"], again["problems"]) == (0, 0, 0), "what is stored is what the file says"


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=tables())
def test_a_file_gives_a_reason_or_is_stored_as_it_says(table: tuple[str, str, bytes]) -> None:
    with transaction.atomic():
        check(*table)
        transaction.set_rollback(True)
