"""The process in which pages are set: what Typst remembers of a document, up to a gigabyte, ends with it.

It reads an order as JSON from standard input and writes to standard output: the PDF, or the page of each heading.
It is run by its path, alone: nothing of Muster is loaded in it.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any, Final

import typst

_ARCHIVED: Final[list[typst.PDFStandard]] = ["a-2a", "ua-1"]  # the first of them needs a date
_NOT_TO_STANDARD: Final = "PDF/"  # how Typst begins to say what keeps a document from a standard
_PAGES: Final = "query(heading).map(it => it.location().page())"


def main() -> None:
    """An order has `layout` (a file), `folders` of fonts, `faces` by use, `document`, `dated`, `pages`, and limits."""
    order: dict[str, Any] = json.load(sys.stdin)
    confine(order["seconds"], order["memory_bytes"])
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=order["folders"])
    there = set(fonts.families())
    faces = {use: [name for name in names if name in there] for use, names in order["faces"].items()}
    layout = Path(order["layout"])
    compiler = typst.Compiler(
        layout,
        root=layout.parent,
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(order["document"] | {"fonts": faces}, ensure_ascii=False)},
    )
    sys.stdout.buffer.write(compiler.eval(_PAGES).encode() if order["pages"] else pdf(compiler, order["dated"]))


def pdf(compiler: typst.Compiler, dated: bool) -> bytes:
    """To the standards, or as a tagged PDF where a text or its order keeps it from them."""
    try:
        written = compiler.compile(format="pdf", timestamp=0, pdf_standards=_ARCHIVED if dated else ["ua-1"])
    except typst.TypstError as refused:
        if not refused.message.startswith(_NOT_TO_STANDARD):
            raise
        written = compiler.compile(format="pdf", timestamp=0)
    assert isinstance(written, bytes)
    return written


def confine(seconds: int, memory_bytes: int) -> None:
    """From here on this process can neither grow, run on, nor write a file."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    main()
