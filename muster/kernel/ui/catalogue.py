"""The Chinese catalogue: parts written by the areas, merged and compiled into what Django reads.

`python -m muster.kernel.ui.catalogue` merges and compiles; it exits 1 and names each message that the code uses and
no part translates. A running Muster compiles by itself when a part is newer than what was compiled.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE: Final = Path(__file__).resolve().parent.parent.parent
LOCALE: Final = PACKAGE / "locale" / "zh_Hans"
PARTS: Final = LOCALE / "parts"
COMPILED: Final = LOCALE / "LC_MESSAGES"
KEYWORDS: Final = {
    **dict.fromkeys(["gettext", "gettext_lazy", "gettext_noop", "_"], None),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (1, 2)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ((1, "c"), 2)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ((1, "c"), 2, 3)),
}
Key = tuple[str | None, str]


class CatalogueInvalid(Exception):
    """A part cannot be used: two parts disagree, or one is malformed. The message names file and message."""


@dataclass(frozen=True, slots=True)
class Use:
    """One place in the code where a message is used."""

    file: str
    line: int
    context: str | None
    message: str
    plural: str | None

    @property
    def key(self) -> Key:
        return (self.context, self.message)


def singular(message: Message) -> str:
    """The English of a message, its singular where it has two forms."""
    return str(message.id[0] if isinstance(message.id, (tuple, list)) else message.id)


def merged(parts: Path = PARTS) -> Catalog:
    """All parts in one catalogue. Raises CatalogueInvalid where two parts translate one message differently."""
    catalogue = Catalog(locale="zh_Hans", project="Muster", charset="utf-8", fuzzy=False)
    origin: dict[Key, str] = {}
    for path in sorted(parts.glob("*.po")):
        for message in _read(path):
            key = (message.context, singular(message))
            known = catalogue.get(key[1], key[0])
            if known is not None and known.string != message.string:
                raise CatalogueInvalid(f"{path.name}: {key[1]!r} is translated otherwise in {origin[key]}")
            origin[key] = path.name
            catalogue[message.id] = message
    return catalogue


def _read(path: Path) -> Iterator[Message]:
    with path.open("rb") as file:
        try:
            catalogue = read_po(file, locale="zh_Hans", abort_invalid=True)
        except Exception as wrong:
            raise CatalogueInvalid(f"{path.name}: {wrong}") from wrong
    return (message for message in catalogue if message.id)


def uses(package: Path = PACKAGE) -> Iterator[Use]:
    """Every message used in Python, templates and scripts under `package`."""
    for path in sorted(package.rglob("*")):
        if path.suffix == ".py":
            yield from _in_source(path, path.read_bytes(), "python", package)
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            yield from _in_source(path, _as_python(path.read_text("utf-8")), "python", package)
        elif path.suffix == ".js":
            yield from _in_source(path, path.read_bytes(), "javascript", package)


def _as_python(template: str) -> bytes:
    """The trans tags of a template as calls of gettext, one a line as in the template."""
    return "\n".join(line.strip() for line in templatize(template).splitlines()).encode()


def _in_source(path: Path, source: bytes, method: str, package: Path) -> Iterator[Use]:
    for line, message, _comments, context in extract(method, BytesIO(source), keywords=KEYWORDS):
        one, many = (message[0], message[1]) if isinstance(message, tuple) else (message, None)
        if one:
            yield Use(str(path.relative_to(package)), line, context, one, many)


def untranslated(catalogue: Catalog, used: Iterable[Use]) -> list[Use]:
    """Uses of messages that have no Chinese, or only a doubtful one."""
    return [use for use in used if not _is_translated(catalogue.get(use.message, use.context))]


def _is_translated(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    strings = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return bool(strings) and all(strings)


def compile_catalogues(parts: Path = PARTS, target: Path = COMPILED, package: Path = PACKAGE) -> Catalog:
    """Write django.po/.mo with everything and djangojs.po/.mo with what scripts use; return the whole."""
    whole = merged(parts)
    target.mkdir(parents=True, exist_ok=True)
    _write(whole, target / "django")
    _write(_used_by_scripts(whole, package), target / "djangojs")
    return whole


def _used_by_scripts(whole: Catalog, package: Path) -> Catalog:
    part = Catalog(locale="zh_Hans", project="Muster", charset="utf-8", fuzzy=False)
    for use in uses(package):
        message = whole.get(use.message, use.context)
        if use.file.endswith(".js") and message is not None:
            part[message.id] = message
    return part


def _write(catalogue: Catalog, stem: Path) -> None:
    for suffix, write in ((".po", write_po), (".mo", write_mo)):
        handle, name = tempfile.mkstemp(dir=stem.parent, suffix=suffix)
        with os.fdopen(handle, "wb") as file:
            write(file, catalogue)
        os.chmod(name, 0o644)
        Path(name).replace(stem.with_suffix(suffix))


def is_stale(parts: Path = PARTS, target: Path = COMPILED) -> bool:
    """Is a part newer than what was compiled, or was nothing compiled yet?"""
    compiled = [target / "django.mo", target / "djangojs.mo"]
    if not all(path.exists() for path in compiled):
        return True
    oldest = min(path.stat().st_mtime for path in compiled)
    return any(path.stat().st_mtime > oldest for path in [parts, *parts.glob("*.po")])


def main() -> int:
    """Compile, and say what is missing."""
    try:
        catalogue = compile_catalogues()
    except CatalogueInvalid as wrong:
        print(wrong, file=sys.stderr)
        return 2
    missing = untranslated(catalogue, uses())
    for use in missing:
        print(f"muster/{use.file}:{use.line}: no Chinese for {use.message!r}", file=sys.stderr)
    print(f"{len(catalogue)} messages, {len(missing)} uses without Chinese")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
