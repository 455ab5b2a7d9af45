"""Which documents are kept beside a plan: known by their name and by their first bytes, and never opened here."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final

from django.utils.translation import gettext_lazy as _

from muster.kernel.texts import clean, hides_something
from muster.preparedness.plans.refusals import AttachmentWrong

LARGEST: Final = 10_000_000  # bytes
NAME: Final = 120  # characters
_ZIP: Final = (b"PK\x03\x04",)
BEGINNINGS: Final[dict[str, tuple[bytes, ...]]] = {  # by ending; text has none
    ".pdf": (b"%PDF-",),
    ".docx": _ZIP,
    ".xlsx": _ZIP,
    ".odt": _ZIP,
    ".ods": _ZIP,
    ".doc": (b"\xd0\xcf\x11\xe0",),
    ".xls": (b"\xd0\xcf\x11\xe0",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".txt": (),
    ".md": (),
    ".csv": (),
    ".json": (),
}
_MACROS: Final = b"vbaProject.bin"


def document(file_name: str, content: bytes) -> str:
    """The name under which an uploaded document is kept: without folders and hidden signs.

    Raises AttachmentWrong for what is empty, too large, of another kind than its name says, or carries macros.
    """
    name = _name(file_name)
    ending = PurePosixPath(name).suffix.lower()
    if not content:
        raise _wrong(name, _("The file is empty."), _("a document"))
    if len(content) > LARGEST:
        raise _wrong(name, _("The file is too large."), _("at most 10 MB"))
    if ending not in BEGINNINGS:
        raise _wrong(name, _("This kind of file is not kept."), ", ".join(BEGINNINGS))
    if not _begins_as_it_says(content, BEGINNINGS[ending]):
        raise _wrong(name, _("The file is of another kind than its name says."), ending)
    if _MACROS in content:
        raise _wrong(name, _("The document carries macros."), _("a document without macros"))
    return name


def _begins_as_it_says(content: bytes, beginnings: tuple[bytes, ...]) -> bool:
    if beginnings:
        return content.startswith(beginnings)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\x00" not in content


def _name(file_name: str) -> str:
    last = re.split(r"[/\\]", clean(file_name))[-1]
    if not last.strip(". ") or hides_something(last):
        raise _wrong("", _("The file has no name that can be kept."), _("a name of visible signs"))
    path = PurePosixPath(last)
    return f"{path.stem[:NAME]}{path.suffix}"[:200]


def _wrong(name: str, what: object, expected: object) -> AttachmentWrong:
    return AttachmentWrong(
        what=str(what), where=name, expected=str(expected), mend=str(_("Save it as PDF and attach that."))
    )
