"""Words of the plan language in the reader's language."""

from __future__ import annotations

from django.utils.translation import get_language

from muster.engines.plan import Plan, Text
from muster.engines.plan.checks.titles import title_of


def title(word: str, kind: str = "") -> str:
    """What a word of the plan language is called, such as "kn95" or "handover_receipt".

    `kind` is "site", "arising", "action", "qualification", "item", "partner", "data_class", "evidence" or "measure",
    for words that stand in several vocabularies; a word that is in none is given back as it is.
    """
    return in_readers_language(title_of(word, kind))


def in_readers_language(text: Text) -> str:
    """The half of a bilingual text that the reader reads."""
    return text.in_language(get_language() or "zh-hans")


def ground_title(plan: Plan, code: str) -> str:
    """A legal ground with its articles; its code where the plan does not list it."""
    ground = next((one for one in plan.legal_basis if one.id == code), None)
    return code if ground is None else f"{in_readers_language(ground.title)} {ground.articles}".strip()
