"""What every page of the Word file has: margins, number, version and hash, and the mark of what is not in force."""

from __future__ import annotations

from typing import Any, Final

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.shared import Mm

from muster.engines.documents import Document
from muster.kernel.documents.word.xml import Element, field, paragraph, run, w

_NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_MARK: Final = f"""<w:r {_NAMESPACES}><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" path="m,l21600,m,21600l21600,21600e">
<v:path textpathok="t" o:connecttype="none"/><v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape type="#_x0000_t136" fillcolor="#d8d8d8" stroked="f" o:allowincell="f"
 style="position:absolute;rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-vertical:center;
mso-position-horizontal-relative:page;mso-position-vertical-relative:page">
<v:textpath style="font-family:'黑体';font-size:1pt"/></v:shape></w:pict></w:r>"""


def set_pages(word: WordDocument, document: Document) -> None:
    """Margins and lines at the foot; GB/T 9704-2012, 5.2.1 and 7.5."""
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(17)
    word.settings.odd_and_even_pages_header_footer = True
    _fill(section.footer, _number("right"), paragraph("Version", run(document.footer)))
    _fill(section.even_page_footer, _number("left"), paragraph("Version", run(document.footer)))
    for header in (section.header, section.even_page_header):
        _fill(header, paragraph("Version", *_marks(document)))


def _fill(part: Any, *paragraphs: Element) -> None:
    part.is_linked_to_previous = False
    for old in list(part._element):
        part._element.remove(old)
    for one in paragraphs:
        part._element.append(one)


def _number(side: str) -> Element:
    """— 1 —, at the outer edge, one sign in."""
    made = paragraph("PageNumber", run("— "), *field("PAGE", "1"), run(" —"))
    made.pPr.append(w("ind", **{side: 280}))
    made.pPr.append(w("jc", val=side))
    return made


def _marks(document: Document) -> list[Element]:
    if document.mark is None:
        return []
    said = " ".join(filter(None, (document.mark.main, document.mark.beneath)))
    made = parse_xml(_MARK)
    shape = made.find(".//{urn:schemas-microsoft-com:vml}shape")
    wide = sum(60 if sign > "\u2e80" else 32 for sign in said)
    shape.set("style", f"{shape.get('style')};width:{min(wide, 520)}pt;height:72pt")
    shape[0].set("string", said)
    return [made]
