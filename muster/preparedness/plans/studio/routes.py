"""Addresses of the studio, and who may use them."""

from __future__ import annotations

from typing import Final

from django.urls import path

from muster.kernel.access import roles
from muster.kernel.access.policy import Routes, allow
from muster.preparedness.plans.studio import drafts, heads, importing, looking, remarks, writing

READERS: Final = tuple(sorted(roles.BUREAU))

PATHS: Final = [
    path("studio/compare/", looking.compare, name="studio_compare"),
    path("studio/<int:pk>/", drafts.cards, name="studio_draft"),
    path("studio/<int:pk>/clause/<str:key>/", writing.clause, name="studio_clause"),
    path("studio/<int:pk>/act/", drafts.act, name="studio_act"),
    path("studio/<int:pk>/check/", writing.check, name="studio_check"),
    path("studio/<int:pk>/findings/", writing.findings, name="studio_findings"),
    path("studio/<int:pk>/rows/", writing.rows, name="studio_rows"),
    path("studio/<int:pk>/head/", writing.head, name="studio_head"),
    path("studio/<int:pk>/head/<str:name>/<str:key>/", heads.part, name="studio_part"),
    path("studio/<int:pk>/text/", writing.text, name="studio_text"),
    path("studio/<int:pk>/merge/", writing.merge, name="studio_merge"),
    path("studio/<int:pk>/order/", looking.order, name="studio_order"),
    path("studio/<int:pk>/word/", importing.word, name="studio_word"),
    path("studio/<int:pk>/comments/", remarks.remarks, name="studio_remarks"),
    path("studio/<int:pk>/comments/<int:remark>/", remarks.settle, name="studio_settle"),
]

_READ: Final = allow(*READERS)
_WRITE: Final = allow(roles.PLANS_OFFICER, methods=("POST",))
_BOTH: Final = allow(*READERS, methods=("GET", "POST"), writers=(roles.PLANS_OFFICER,))
_SAY: Final = allow(*READERS, methods=("POST",))
ROUTES: Final[Routes] = {
    "plans:studio_compare": _READ,
    "plans:studio_draft": _READ,
    "plans:studio_clause": _BOTH,
    "plans:studio_act": _WRITE,
    "plans:studio_check": _WRITE,
    "plans:studio_findings": _READ,
    "plans:studio_rows": _WRITE,
    "plans:studio_head": _BOTH,
    "plans:studio_part": _BOTH,
    "plans:studio_text": _BOTH,
    "plans:studio_merge": _WRITE,
    "plans:studio_order": _READ,
    "plans:studio_word": _BOTH,
    "plans:studio_remarks": allow(*READERS, methods=("GET", "POST")),
    "plans:studio_settle": _SAY,
    "api:plans_comments": allow(*READERS, methods=("GET", "POST")),
    "api:plans_settle_comment": _SAY,
}
