"""Whom an entry of the log is about, without naming him: tokens under a key of his own.

Whoever is erased loses his key: the entries stay, and their proofs, but nobody can tell any more about whom they are.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Collection, Mapping

from muster.kernel.access.models import SubjectKey

KEY_BYTES = 32
TOKEN_FIGURES = 32


def subject_tokens(people: Collection[int]) -> dict[int, str]:
    """The token of each person, by key of the person. Whoever has no key yet gets one: call it where one may write."""
    known = _keys(people)
    fresh = [SubjectKey(person_id=key, key=secrets.token_bytes(KEY_BYTES)) for key in people if key not in known]
    if fresh:
        SubjectKey.objects.bulk_create(fresh, ignore_conflicts=True)
        known = _keys(people)
    return _tokens(known)


def known_tokens(people: Collection[int]) -> dict[int, str]:
    """The tokens of those about whom anything was recorded; nothing is written."""
    return _tokens(_keys(people))


def _keys(people: Collection[int]) -> dict[int, bytes]:
    rows = SubjectKey.objects.filter(person__in=people).values_list("person_id", "key")
    return {person: bytes(key) for person, key in rows}


def _tokens(keys: Mapping[int, bytes]) -> dict[int, str]:
    return {
        person: hmac.digest(key, f"person:{person}".encode(), "sha256").hex()[:TOKEN_FIGURES]
        for person, key in keys.items()
    }
