"""Addresses of static files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static


@cache
def asset_url(path: str) -> str:
    """Address of `path` with its age as a mark, so that a browser may keep it until it changes."""
    found = finders.find(path)
    mark = f"?v={int(Path(str(found)).stat().st_mtime):x}" if found else ""
    return static(path) + mark
