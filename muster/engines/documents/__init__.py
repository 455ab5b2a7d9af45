"""What an official document says, apart from how Word or PDF writes it down."""

from muster.engines.documents.blocks import (
    BOTH,
    CHINESE,
    ENGLISH,
    LANGUAGES,
    Block,
    Document,
    Facts,
    Heading,
    Paragraph,
    Sheet,
    Sheets,
    Table,
    Words,
    plain,
)
from muster.engines.documents.voice import Voice

__all__ = [
    "BOTH",
    "CHINESE",
    "ENGLISH",
    "LANGUAGES",
    "Block",
    "Document",
    "Facts",
    "Heading",
    "Paragraph",
    "Sheet",
    "Sheets",
    "Table",
    "Voice",
    "Words",
    "plain",
]
