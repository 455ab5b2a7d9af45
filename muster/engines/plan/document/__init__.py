"""A plan as an official document: what stands where, in which words. How a file is written is not known here."""

from muster.engines.plan.document.cards import card_sheets
from muster.engines.plan.document.composing import DRAFT, RELEASED, SUPERSEDED, Standing, plan_document

__all__ = ["DRAFT", "RELEASED", "SUPERSEDED", "Standing", "card_sheets", "plan_document"]
