"""Frozen dataclasses to JSON and back: the same value gives the same bytes, and what does not fit is refused."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final, Self

from pydantic import TypeAdapter, ValidationError

from muster.engines.plan.text import Text, same
from muster.engines.stress.errors import StressRefused


class Plain:
    """To plain values and back."""

    __slots__ = ()

    def to_plain(self) -> dict[str, Any]:
        """Values that JSON knows; `from_plain` gives an equal object back."""
        plain: dict[str, Any] = _adapter(type(self)).dump_python(self, mode="json")
        return plain

    def to_json(self) -> bytes:
        """UTF-8, keys in their stated order: the same content is the same bytes."""
        return json.dumps(self.to_plain(), ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_plain(cls, plain: object) -> Self:
        """Raises StressRefused for the first value that does not fit, with the path to it."""
        found: Self = _read(cls, plain)
        return found

    @classmethod
    def from_json(cls, text: bytes | str) -> Self:
        """Raises StressRefused for what is no JSON, or not of this shape."""
        try:
            plain = json.loads(text)
        except ValueError as problem:
            what = Text("不是 JSON", f"this is no JSON: {problem}")
            raise StressRefused(what, expected=same(cls.__name__)) from problem
        return cls.from_plain(plain)

    def digest(self) -> str:
        """SHA-256 of `to_json`, in hexadecimal."""
        return hashlib.sha256(self.to_json()).hexdigest()


_ADAPTERS: Final[dict[type, TypeAdapter[Any]]] = {}


def _adapter(kind: type) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def _read(kind: type, plain: object) -> Any:
    try:
        return _adapter(kind).validate_python(plain, strict=False)
    except ValidationError as invalid:
        first = invalid.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise StressRefused(
            Text(f"值不符合要求：{first['msg']}", f"the value does not fit: {first['msg']}"),
            same(where),
            same(kind.__name__),
        ) from invalid
