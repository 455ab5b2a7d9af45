"""Each audit call of a reading taken out once: does a test notice? (invariant I7: all of them killed)

    python -m tests.access.mutants [--list] [PART OF A NAME ...]

Works on a copy. Taken out are the calls of `CALLS` wherever they stand, and every call that stands alone in the two
files in which readings are recorded and refused. A call whose value is used is replaced by the same reading without an
entry. A mutant that survives on SQLite is tried on PostgreSQL too. Exit 1: one survives; 2: tests fail as it is.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
CALLS: Final = frozenset(
    {
        "audited_read",
        "details_of",
        "factor_record",
        "install",
        "leaf_append",
        "login_record",
        "logout_record",
        "refused_login_record",
    }
)
WHOLE: Final = ("muster/kernel/access/personal.py", "muster/kernel/access/guard.py")
TESTS: Final = (
    "tests/kernel/access/test_personal.py",
    "tests/kernel/access/test_accounts.py",
    "tests/kernel/access/test_door.py",
    "tests/kernel/access/test_pages.py",
    "tests/kernel/organisation/test_api.py",
    "tests/kernel/organisation/test_pages.py::test_a_name_is_shown_for_a_purpose_and_the_log_has_it_first",
    "tests/access/test_personal_routes.py",
)
SERVER: Final = os.environ.get("MUSTER_MUTANTS_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/muster_mutants")
DATABASES: Final = ("", SERVER)
UNRECORDED: Final = (
    "{row.person_id: row for row in __import__('muster.kernel.organisation.models', fromlist=['x'])"
    ".PersonDetails.objects.all()}"
)


@dataclass(frozen=True)
class Mutant:
    """A call and what stands in its place."""

    file: str
    call: ast.expr
    instead: str

    def __str__(self) -> str:
        return f"{self.file}:{self.call.lineno} {ast.unparse(self.call).splitlines()[0][:70]}"

    def text(self, source: str) -> str:
        lines = source.encode().splitlines(keepends=True)
        start = sum(map(len, lines[: self.call.lineno - 1])) + self.call.col_offset
        end = sum(map(len, lines[: (self.call.end_lineno or 0) - 1])) + (self.call.end_col_offset or 0)
        whole = b"".join(lines)
        return (whole[:start] + self.instead.encode() + whole[end:]).decode()


def mutants() -> Iterator[Mutant]:
    for path in sorted((ROOT / "muster").rglob("*.py")):
        yield from _of(ast.parse(path.read_text("utf-8")), str(path.relative_to(ROOT)))


def _of(tree: ast.Module, name: str) -> Iterator[Mutant]:
    withs = {item.context_expr for node in ast.walk(tree) if isinstance(node, ast.With) for item in node.items}
    alone = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)}
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        if call in withs and _name(call) in CALLS:
            yield Mutant(name, call, "__import__('contextlib').nullcontext()")
        elif call in alone and (name in WHOLE or _name(call) in CALLS) and _name(call) != "__init__":
            yield Mutant(name, call, "None")
        elif call not in withs | alone and _name(call) in CALLS:
            yield Mutant(name, call, UNRECORDED if _name(call) == "details_of" else "None")


def _name(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def survives(mutant: Mutant, copy: Path) -> bool:
    """Whether no test fails although the call is gone."""
    file = copy / mutant.file
    honest = file.read_text("utf-8")
    file.write_text(mutant.text(honest), "utf-8")
    try:
        return all(is_green(copy, database) for database in DATABASES)
    finally:
        file.write_text(honest, "utf-8")


def is_green(copy: Path, database: str) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *TESTS]
    chosen = {name: value for name, value in os.environ.items() if name not in {"MUSTER_VAR", "MUSTER_DATABASE"}}
    chosen |= {"MUSTER_DATABASE": database} if database else {}
    return subprocess.run(command, cwd=copy, env=chosen, capture_output=True, check=False).returncode == 0


def main() -> int:
    parts = [word for word in sys.argv[1:] if not word.startswith("--")]
    found = [mutant for mutant in mutants() if not parts or any(part in str(mutant) for part in parts)]
    if "--list" in sys.argv:
        print(*found, sep="\n")
        return 0
    left = []
    with tempfile.TemporaryDirectory(prefix="muster-mutants-") as folder:
        for part in ("muster", "tests", "pyproject.toml"):
            source, target = ROOT / part, Path(folder) / part
            (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
        if not all(is_green(Path(folder), database) for database in DATABASES):
            print("the tests fail without any mutant")
            return 2
        for mutant in found:
            if survives(mutant, Path(folder)):
                left.append(mutant)
            print(f"{'SURVIVES' if left[-1:] == [mutant] else 'killed'}  {mutant}", flush=True)
    print(f"{len(found) - len(left)} of {len(found)} killed")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
