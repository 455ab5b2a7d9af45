"""A released version as one file that anybody can check without Muster's database: text, content, chain, facts, sums.

The file is a ZIP archive whose bytes depend on nothing but what is in it: entries in order of name, stored as they are,
with the date 1980-01-01. `manifest.json` has the SHA-256 (FIPS 180-4) of every other entry.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any, Final

from muster.engines.plan.hashing import clause_hashes
from muster.engines.plan.loading import canonical_content
from muster.engines.plan.together import Source, Together
from muster.engines.plan.types import Plan

FORM: Final = "muster-plan-package/1"
MANIFEST: Final = "manifest.json"
TEXT: Final = "plan.yaml"
CONTENT: Final = "content.json"
LIFE: Final = "life.json"
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)  # of ZIP
_UNIX, _READABLE = 3, 0o644 << 16


def pack(texts: Sequence[str], life: Mapping[str, Any]) -> bytes:
    """The package of a version.

    Parameters
    ----------
    texts : YAML of the version, of the one that it extends, and so on to the highest.
    life : approvals, acknowledgements and filing as plain JSON values.

    Raises PlanInvalid for texts that are no plans.
    """
    plan = chain_of(texts)
    files = {TEXT: texts[0].encode()}
    files |= {_above(place, one): text.encode() for place, (one, text) in enumerate(_highers(plan, texts), 1)}
    files[CONTENT] = canonical_content(texts[0], plan).encode()
    files[LIFE] = as_json(life)
    return archive({**files, MANIFEST: as_json(_manifest(plan, files))})


def chain_of(texts: Sequence[str | bytes]) -> Plan:
    """The plan of the first text, each extending the next. Raises PlanInvalid."""
    return Together([Source(text, TEXT if not place else f"#{place}") for place, text in enumerate(texts)]).plans()[0]


def archive(files: Mapping[str, bytes]) -> bytes:
    """The same files give the same bytes, on any machine and at any time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            target.writestr(entry, files[name])
    return out.getvalue()


def as_json(value: Any) -> bytes:
    """JSON that people can read and that is the same for the same value."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def sum_of(content: bytes) -> str:
    """SHA-256, 64 hexadecimal figures."""
    return hashlib.sha256(content).hexdigest()


def _highers(plan: Plan, texts: Sequence[str]) -> list[tuple[Plan, str]]:
    return list(zip(plan.chain[1:], texts[1:], strict=True))


def _above(place: int, plan: Plan) -> str:
    return f"higher/{place:02}-{plan.id}-{plan.version}.yaml"


def _manifest(plan: Plan, files: Mapping[str, bytes]) -> dict[str, Any]:
    chain = [
        {"plan": one.id, "version": one.version, "hash": one.hash, "file": _above(place, one)}
        for place, one in enumerate(plan.chain)
    ]
    return {
        "form": FORM,
        "plan": plan.id,
        "version": plan.version,
        "hash": plan.hash,
        "higher": chain[1:],
        "clauses": clause_hashes(plan),
        "files": {name: sum_of(content) for name, content in files.items()},
    }
