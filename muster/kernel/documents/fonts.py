"""The faces in which a PDF is set, and what stands in for those of GB/T 9704-2012.

| of the standard | stands in | of the office's own folder |
|---|---|---|
| 小标宋体 (titles, issuer) | Noto Serif SC Bold | FZXiaoBiaoSong-B05S |
| 仿宋体 (text) | Noto Serif SC Regular | FangSong_GB2312, FangSong |
| 黑体 (first headings) | Noto Sans SC Medium | SimHei |
| 楷体 (second headings) | Noto Serif SC SemiBold | KaiTi_GB2312, KaiTi |

Noto is under the SIL Open Font License 1.1, which lets a document embed it. MUSTER_FONTS names a folder with faces that
the office has a licence for; those that are in it come first.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from muster.kernel.errors import DomainError

_SERIF, _SANS = "Noto Serif SC", "Noto Sans SC"
INSTALLED: Final = Path(__file__).resolve().parents[3] / "node_modules" / "@expo-google-fonts"
_FOLDERS: Final = (
    "noto-serif-sc/400Regular",
    "noto-serif-sc/600SemiBold",
    "noto-serif-sc/700Bold",
    "noto-sans-sc/500Medium",
)
_WANTED: Final = {
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", _SERIF),
    "head": ("SimHei", _SANS),
    "second": ("KaiTi_GB2312", "KaiTi", _SERIF),
    "body": ("FangSong_GB2312", "FangSong", _SERIF),
}


class FontsMissing(DomainError):
    """The faces were not installed, or not wholly."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            what=_("The fonts for documents are not installed."),
            where=str(folder),
            expected=_("Noto Serif SC and Noto Sans SC"),
            mend=_("Start ./run once: it installs them."),
        )


def wanted() -> dict[str, Any]:
    """Where the faces are and which is wanted for what; of the machine's own none is used, so that all set alike.

    Raises FontsMissing.
    """
    folders = [INSTALLED / folder for folder in _FOLDERS]
    if not all(any(folder.glob("*.ttf")) for folder in folders):
        raise FontsMissing(INSTALLED)
    own = os.environ.get("MUSTER_FONTS", "")
    return {"folders": [*([own] if own else []), *map(str, folders)], "faces": _WANTED}
