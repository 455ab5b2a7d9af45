"""The part of the simulation that is compiled: one replication after another, on arrays. Numba compiles it.

What is compiled is kept beside the sources, in a folder whose name is their digest: Numba itself looks only at the file
of the function that is called, and would go on using old code of another file.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

import numba

_HERE = Path(__file__).parent


def _kept_in() -> Path:
    digest = hashlib.sha256(numba.__version__.encode())
    for source in sorted(_HERE.glob("*.py")):
        digest.update(source.read_bytes())
    beside = _HERE / "__pycache__"
    writable = os.access(beside if beside.exists() else _HERE, os.W_OK)
    base = beside if writable else Path(tempfile.gettempdir()) / f"muster-compiled-{os.getuid()}"
    return base / digest.hexdigest()[:16]


if not os.environ.get("NUMBA_CACHE_DIR"):
    numba.config.CACHE_DIR = str(_kept_in())  # type: ignore[attr-defined]
