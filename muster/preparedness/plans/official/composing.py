"""The document of a released version, of a draft, or of a text that is in no database."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext_lazy as _

from muster.engines.documents import LANGUAGES, Document, Sheets
from muster.engines.plan import Plan, Text
from muster.engines.plan.document import DRAFT, RELEASED, SUPERSEDED, Standing, card_sheets, plan_document
from muster.engines.plan.text import UNSAID
from muster.kernel.documents.pdf import pages_of, pdf_of, sheets_pdf_of
from muster.kernel.documents.word import docx_of
from muster.kernel.errors import DomainError
from muster.kernel.organisation import queries as organisation
from muster.preparedness.plans import queries
from muster.preparedness.plans.errors import PlanTextInvalid
from muster.preparedness.plans.models import Draft, PlanVersion

DOCX, PDF = "docx", "pdf"
FORMS: Final[Mapping[str, str]] = {
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PDF: "application/pdf",
}


class DocumentLanguageUnknown(DomainError):
    """A document is in one of three languages."""

    def __init__(self, asked: str) -> None:
        super().__init__(
            what=_("There is no document in this language."),
            where=asked[:20],
            expected="zh, en, both",
            mend=_("Choose Chinese, English or both."),
        )


def of_version(version: PlanVersion, language: str) -> Document:
    """The document of a released version; one that is no longer in force says so. Raises DocumentLanguageUnknown."""
    return _composed(queries.plan_of(version), language, _standing(version), unit_names())


def cards_of_version(version: PlanVersion, language: str) -> Sheets:
    """Every action card of a released version. Raises DocumentLanguageUnknown."""
    _known(language)
    plan, standing = queries.plan_of(version), _standing(version)
    return card_sheets(plan, language=language, standing=standing, units=unit_names())


def _standing(version: PlanVersion) -> Standing:
    newest = queries.latest_version(version.plan.code)
    later = newest.version if newest is not None and newest.pk != version.pk else ""
    owner = Text(version.unit.name_zh, version.unit.name_en) if version.unit else bureau_name()
    kind = SUPERSEDED if later else RELEASED
    return Standing(kind, dated=version.released_at, issuer=owner, successor=later)


def of_draft(draft: Draft, language: str) -> Document:
    """The document of what a draft says. Raises DocumentLanguageUnknown; PlanTextInvalid for what is no plan yet."""
    plan = queries.draft_plan(draft)
    if isinstance(plan, tuple):
        raise PlanTextInvalid(plan)
    return _composed(plan, language, Standing(DRAFT, dated=draft.changed_at), unit_names())


def of_text(plan: Plan, language: str, units: Mapping[str, Text]) -> Document:
    """The document of a plan out of a file: a draft. Raises DocumentLanguageUnknown."""
    return _composed(plan, language, Standing(DRAFT), units)


def cards_of_text(plan: Plan, language: str, units: Mapping[str, Text]) -> Sheets:
    """Every action card of a plan out of a file. Raises DocumentLanguageUnknown."""
    _known(language)
    return card_sheets(plan, language=language, standing=Standing(DRAFT), units=units)


@lru_cache(maxsize=4)
def written(document: Document, form: str) -> bytes:
    """The file, `form` DOCX or PDF; the same document gives the same bytes. Raises FontsMissing."""
    return pdf_of(document) if form == PDF else docx_of(document, pages_of(document))


@lru_cache(maxsize=2)
def written_cards(sheets: Sheets) -> bytes:
    """The cards as PDF, one a page. Raises FontsMissing."""
    return sheets_pdf_of(sheets)


def unit_names() -> dict[str, Text]:
    """Every unit by its code in both languages."""
    return {unit.code: Text(unit.name_zh, unit.name_en) for unit in organisation.unit_tree()}


def bureau_name() -> Text:
    """What the bureau itself is called; nothing where no unit is known yet."""
    top = next((unit for unit in organisation.unit_tree() if unit.depth == 0), None)
    return Text(top.name_zh, top.name_en) if top else UNSAID


def _composed(plan: Plan, language: str, standing: Standing, units: Mapping[str, Text]) -> Document:
    _known(language)
    return plan_document(plan, language=language, standing=standing, units=units)


def _known(language: str) -> None:
    if language not in LANGUAGES:
        raise DocumentLanguageUnknown(language)
