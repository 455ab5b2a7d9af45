"""Elements of WordprocessingML. Text goes in as text: what it looks like cannot become markup."""

from __future__ import annotations

from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap

from muster.engines.documents import Words

Element = Any  # of lxml, which has no types of its own
Value = str | int
_W: Final = f"{{{nsmap['w']}}}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def w(tag: str, /, *children: Element, **attributes: Value) -> Element:
    """An element of the main namespace; attributes are of it, too."""
    made = OxmlElement(f"w:{tag}", attrs={_W + key: str(value) for key, value in attributes.items()})
    for child in children:
        made.append(child)
    return made


def run(text: str, style: str = "") -> Element:
    """A piece of text, with a character style by its id."""
    said = w("t")
    said.text = text
    said.set(_SPACE, "preserve")
    return w("r", *([w("rPr", w("rStyle", val=style))] if style else []), said)


def field(code: str, shown: str = "") -> list[Element]:
    """A field with the result that it has until it is updated."""
    return [mark("begin"), instruction(code), mark("separate"), run(shown), mark("end")]


def mark(kind: str) -> Element:
    """The beginning, middle or end of a field."""
    return w("r", w("fldChar", fldCharType=kind))


def instruction(code: str) -> Element:
    """What a field says."""
    said = w("instrText")
    said.text = f" {code} "
    said.set(_SPACE, "preserve")
    return w("r", said)


def paragraph(style: str, *content: Element) -> Element:
    """A paragraph in a style by its id."""
    return w("p", w("pPr", w("pStyle", val=style)), *content)


def said(words: Words, style: str = "") -> list[Element]:
    """Words, and beneath them, smaller, those of the other language."""
    first = run(words.main, style)
    return [first, w("r", w("br")), run(words.beneath, "Beneath")] if words.beneath else [first]
