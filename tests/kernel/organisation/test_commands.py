"""The command line of the organisation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from muster.cli import main
from muster.kernel.organisation.models import Area, ImportPreview, Person, Unit

pytestmark = pytest.mark.usefixtures("a_town")


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_bytes("警号,身份,姓名,单位,备注\nP0001,民警,张一,ST-001,\nP9,民警,孙九,ST-002,x\n".encode("gbk"))
    return file


def test_a_file_is_looked_at_and_nothing_is_written(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["organisation", "import", str(people), "--kind", "people", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["added"], told["changed"], told["same"], told["confirmed"]) == (1, 0, 1, False)
    assert told["ignored"] == ["备注"]
    assert "孙九" not in json.dumps(told, ensure_ascii=False)
    assert not Person.objects.filter(code="P9").exists()
    assert not ImportPreview.objects.exists()


def test_with_confirm_it_is_loaded(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["organisation", "import", str(people), "--kind", "people", "--confirm"]) == 0
    assert "1 new, 0 changed, 1 the same" in capsys.readouterr().out
    assert Person.objects.get(code="P9").unit == Unit.objects.get(code="ST-002")
    assert ImportPreview.objects.get().sealed is None


def test_problems_are_found_in_a_preview_and_are_bad_input_for_a_confirmation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "units.csv"
    file.write_text("code,kind,name,parent\nX1,station,X,NOWHERE\nX2,castle,Y,PSB\n", "utf-8")
    order = ["organisation", "import", str(file), "--kind", "units"]
    assert main([*order, "--json"]) == 1
    assert [problem["row"] for problem in json.loads(capsys.readouterr().out)["problems"]] == [2, 3]
    assert main(order) == 1
    assert "castle" not in capsys.readouterr().err
    assert main([*order, "--confirm"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("muster: units.csv: row 2, parent:")
    assert "1 more problem" in told.err
    assert not Unit.objects.filter(code__startswith="X").exists()


@pytest.mark.parametrize(
    ("name", "content"), [("a.csv", None), ("a.csv", b""), ("a.xlsx", b"%PDF"), ("a.csv", b"a,b\n1,2\n")]
)
def test_a_file_that_cannot_be_used_is_one_line_and_exit_2(
    name: str, content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    assert main(["organisation", "import", str(file), "--kind", "sites", "--confirm"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert name in told.err
    assert len(told.err.strip().splitlines()) == 1


def test_boundaries_are_set_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "north.geojson"
    ring = [[120.0, 30.0], [120.2, 30.0], [120.2, 30.2], [120.0, 30.0]]
    feature = {"properties": {"code": "D-NORTH"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert main(["organisation", "boundaries", str(file), "--datum", "bd09", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["areas"] == ["D-NORTH"]
    assert Area.objects.get(code="D-NORTH").boundary["coordinates"][0][0][0] < 120.0
