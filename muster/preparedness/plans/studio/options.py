"""What may be chosen in the fields of a clause, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext as _

from muster.engines.plan import Text, words
from muster.engines.plan.checks.titles import VOCABULARIES
from muster.kernel.organisation import queries as organisation
from muster.preparedness.plans.queries.words import in_readers_language, title
from muster.preparedness.plans.studio.sheets import Sheet, text_of
from muster.preparedness.plans.wording import MOMENTS, PHASES

Option = tuple[str, str]
MANY: Final = 400  # clauses; beyond that their ids are typed, not chosen


def options(sheet: Sheet, entry: dict[str, Any]) -> dict[str, Any]:
    """The choices for each field; what the clause says now is among them even where nothing defines it."""
    return {
        "phase": [(code, str(name)) for code, name in PHASES.items()],
        "levels": [(roman, roman) for roman in reversed(words.ROMAN)],
        "on": [("", _("at its levels")), *((code, str(name)) for code, name in MOMENTS.items())],
        "actor": _with(_named(sheet, "roles"), entry["actor"]),
        "action": _with(_titled(words.ACTION_KINDS, "action"), entry["action"]),
        "per": _with([*_titled(words.SITE_KINDS, "site"), *_titled(words.ARISING, "arising")], entry["per"]),
        "standard": _with(_named(sheet, "standards"), entry["standard"]),
        "ground": _with(_named(sheet, "legal_basis"), entry["ground"]),
        "partners": _titled(words.PARTNERS, "partner"),
        "data_class": _titled(words.DATA_CLASSES, "data_class"),
        "qualification": _titled(words.QUALIFICATIONS, "qualification"),
        "item": _titled(words.ITEMS, "item"),
        "basis": [("officer_shift", _("for each officer and shift")), ("day", _("a day")), ("event", _("each time"))],
        "from": _sources(entry),
        "kind": _titled(VOCABULARIES["measure"], "measure"),
        "evidence": _titled(VOCABULARIES["evidence"], "evidence"),
        "renews": _with(_restricting(sheet), entry["renews"]),
        "clauses": [(card.key, in_readers_language(card.title)) for card in sheet.cards[:MANY]],
    }


def _titled(codes: Iterable[str], kind: str) -> list[Option]:
    return [(code, title(code, kind)) for code in codes]


def _named(sheet: Sheet, part: str) -> list[Option]:
    """Roles, standards or legal grounds: those of the text, and those that it inherits."""
    own = sheet.head.get(part)
    rows = own.items() if isinstance(own, dict) else ()
    found = {code: text_of(one.get("title")) for code, one in rows if isinstance(one, dict)}
    found = _inherited(sheet, part) | found
    names = {code: in_readers_language(name) or code for code, name in found.items()}
    return [(code, f"{name} {_articles(own, code)}".strip()) for code, name in names.items()]


def _inherited(sheet: Sheet, part: str) -> dict[str, Text]:
    if sheet.plan is None:
        return {}
    plan = sheet.plan
    if part == "roles":
        return {one.id: one.title for one in plan.roles.values()}
    if part == "standards":
        return {one.id: one.title for one in plan.standards.values()}
    return {one.id: one.title for one in plan.legal_basis}


def _articles(own: Any, code: str) -> str:
    one = own.get(code) if isinstance(own, dict) else None
    articles = one.get("articles") if isinstance(one, dict) else None
    return f"§ {articles}" if articles else ""


def _restricting(sheet: Sheet) -> list[Option]:
    found = [card for card in sheet.cards if isinstance(card.said.get("measure"), dict)]
    return [(card.key, f"{card.key} {in_readers_language(card.title)}") for card in found]


def _sources(entry: dict[str, Any]) -> list[Option]:
    fixed = [
        ("place", _("from the station of the place")),
        ("force", _("from the whole force")),
        ("each:sub_bureau", _("in each sub-bureau")),
        ("each:station", _("in each station")),
    ]
    units = [
        (f"unit:{unit.code}", unit.name)
        for unit in organisation.unit_tree()
        if unit.is_active and unit.kind not in ("station", "sub_bureau")
    ]
    known = {code for code, _name in (*fixed, *units)}
    said = {row["from"] for row in entry["people"]} - known - {""}
    return [*fixed, *units, *((code, code) for code in sorted(said))]


def _with(found: list[Option], said: str) -> list[Option]:
    known = [("", "–"), *found]
    return known if not said or any(code == said for code, _name in found) else [*known, (said, f"{said} ?")]
