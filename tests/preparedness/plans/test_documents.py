"""Documents of a released version: a table that is no program, and a package that proves what was approved."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from muster.engines.plan import Text
from muster.engines.plan.hashing import clause_hash
from muster.engines.plan.packing import LIFE
from muster.engines.plan.unpacking import verify
from muster.kernel.access.roles import FIELD_OFFICER, PARTNER_LIAISON
from muster.preparedness.plans import queries, services
from muster.preparedness.plans.commands import plan as plan_commands
from muster.preparedness.plans.documents.clauses import clauses_csv
from muster.preparedness.plans.documents.package import package_of
from muster.preparedness.plans.models import PlanVersion
from tests.engines.plan.faults import shipped
from tests.kernel.organisation.browser import reader
from tests.preparedness.plans import office

pytestmark = pytest.mark.django_db
VERSION = "/plans/S-PHE-01/3.0/"
FILES = (f"{VERSION}clauses.csv", f"{VERSION}package.zip", f"/api{VERSION}clauses.csv", f"/api{VERSION}package.zip")


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_table_has_each_clause_in_both_languages(third: PlanVersion) -> None:
    plan = queries.plan_of(third)
    table = rows(clauses_csv(plan))
    assert [row["clause"] for row in table] == [clause.id for clause in plan.clauses]
    for row, clause in zip(table, plan.clauses, strict=True):
        assert (row["title_zh"], row["title_en"]) == (clause.title.zh, clause.title.en)
        assert row["clause_hash"] == clause_hash(plan, clause)


def test_no_cell_of_the_table_is_a_formula() -> None:
    formula = Text("=HYPERLINK(1)", "+1")
    plan = replace(shipped(), clauses=tuple(replace(one, title=formula, ends=formula) for one in shipped().clauses))
    for row in rows(clauses_csv(plan)):
        assert formula.zh in row["title_zh"]
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


def test_page_and_api_give_the_same_files_to_the_bureau_and_none_to_partners(third: PlanVersion) -> None:
    client = reader(FIELD_OFFICER)
    given = [client.get(path) for path in FILES]
    assert {answer.status_code for answer in given} == {200}
    assert given[0].content == given[2].content
    assert given[1].content == given[3].content
    assert all("attachment" in answer["Content-Disposition"] for answer in given)
    assert FILES[0] in client.get(VERSION).content.decode()
    liaison = reader(PARTNER_LIAISON)
    assert {liaison.get(path).status_code for path in FILES} == {404}
    assert {client.get(path.replace("3.0", "9.9")).status_code for path in FILES} == {404}


def test_a_package_has_both_approvals_and_what_partners_acknowledged(db: None) -> None:
    office.build()
    version = services.draft_release(by=office.author(), draft=office.approved())
    content = package_of(version)
    found = verify(content, version.hash)
    assert found.faults == ()
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        life = json.loads(source.read(LIFE))
    assert [one["hash"] for one in life["approvals"]] == [version.hash] * 2
    assert {one["partner"] for one in life["acknowledgements"]} != set()
    assert package_of(version) == content


def test_a_version_approved_elsewhere_names_nobody_in_its_package(db: None) -> None:
    office.build()
    text = office.approved().text.replace("version: 1.0", "version: 1.5")
    told = {"text": text, "approved_elsewhere": "signed by Zhang San, minutes 12"}
    version = services.version_release(by=office.muster(), **told)
    assert b"Zhang San" not in package_of(version)


def test_the_terminal_writes_a_package_and_finds_what_was_altered_in_it(third: PlanVersion, tmp_path: Path) -> None:
    file = tmp_path / "plan.zip"
    file.write_bytes(package_of(third))
    whole = CliRunner().invoke(plan_commands, ["verify", str(file), "--json"], standalone_mode=False)
    assert whole.return_value == 0
    assert json.loads(whole.output)["hash"] == third.hash
    file.write_bytes(file.read_bytes().replace(b"due: 6h", b"due: 9h", 1))
    altered = CliRunner().invoke(plan_commands, ["verify", str(file), "--json"], standalone_mode=False)
    assert altered.return_value == 1
    assert "plan.yaml" in {one["part"] for one in json.loads(altered.output)["altered"]}


def test_a_package_is_checked_where_there_is_no_database(third: PlanVersion, tmp_path: Path) -> None:
    file = tmp_path / "plan.zip"
    file.write_bytes(package_of(third))
    nowhere = {"MUSTER_VAR": str(tmp_path / "none"), "PATH": "/usr/bin:/bin", "DATABASE_URL": "nothing://"}
    command = [sys.executable, "-m", "muster.cli", "plan", "verify", str(file), "--hash", third.hash]
    done = subprocess.run(command, env=nowhere, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert third.hash in done.stdout
    assert not (tmp_path / "none").exists()
