"""The code stays in a shape that a newcomer can read: short functions, short files, no drawers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

PACKAGE = Path(__file__).resolve().parent.parent / "muster"
FILE_LINES = 400
DRAWERS = {"utils", "util", "common", "misc", "helpers"}


def sources() -> list[Path]:
    return [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and lines of code of each function, its docstring and signature left out."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            yield f"{path.relative_to(PACKAGE)}:{node.name}", lines


def test_half_of_the_functions_have_under_10_lines_and_nine_of_ten_under_35() -> None:
    lengths = [lines for path in sources() for _, lines in functions(path)]
    assert median(lengths) < 10
    assert quantiles(lengths, n=10)[-1] < 35


def test_no_function_is_longer_than_a_screen() -> None:
    assert [name for path in sources() for name, lines in functions(path) if lines > 50] == []


def test_no_file_outgrows_its_room() -> None:
    long = {str(path.relative_to(PACKAGE)): len(path.read_text("utf-8").splitlines()) for path in sources()}
    assert {name: lines for name, lines in long.items() if lines > FILE_LINES} == {}


def test_there_is_no_drawer_for_odd_things() -> None:
    assert [path for path in sources() if path.stem in DRAWERS or DRAWERS & set(path.parent.parts)] == []
