"""A command's arguments and results as canonical JSON: the same content is the same bytes, on any machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model

MODEL = "$model"
_AS_IT_IS = frozenset({str, int, float, bool, type(None)})


def canonical(value: Any) -> bytes:
    """JSON in UTF-8 with sorted keys and no blanks. Raises TypeError for what has no fixed form."""
    return _encode(plain(value)).encode()


_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def content_hash(value: Any) -> str:
    """SHA-256 of the canonical form, 64 hexadecimal figures."""
    return hashlib.sha256(canonical(value)).hexdigest()


def plain(value: Any) -> Any:
    """Only what JSON knows: rows by model and key, times as ISO 8601, bytes by their hash."""
    if type(value) in _AS_IT_IS:  # most of what is asked, and asked in every write
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Model):
        return {MODEL: value._meta.label_lower, "pk": plain(value.pk)}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((plain(item) for item in value), key=str)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return _plain_object(value)


def _plain_object(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, bytes | memoryview):
        return {"$sha256": hashlib.sha256(value).hexdigest()}
    if isinstance(value, UUID | Decimal | PurePath):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"a command cannot take {type(value).__name__}: it has no canonical form")


def restored(value: Any) -> Any:
    """What `plain` made of a result, with rows fetched again."""
    if isinstance(value, dict):
        if MODEL in value:
            return apps.get_model(value[MODEL])._default_manager.get(pk=value["pk"])
        return {key: restored(item) for key, item in value.items()}
    if isinstance(value, list):
        return [restored(item) for item in value]
    return value
