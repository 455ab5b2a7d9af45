"""Risk assessment and resource survey are put beside a draft: a document, or what Muster itself knew on a day."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from muster.kernel.commands import Actor, command, record
from muster.kernel.commands.content import canonical, plain
from muster.preparedness.plans.choices import OVER, AttachmentKind, DraftState
from muster.preparedness.plans.files import document
from muster.preparedness.plans.models import Attachment, Draft
from muster.preparedness.plans.permits import writes_plans
from muster.preparedness.plans.queries.books import books_of
from muster.preparedness.plans.refusals import DoneAlready
from muster.preparedness.plans.services.stages import locked, signed, told

STAGES = tuple(state for state in DraftState if state not in OVER)


@command("plans.attach_document", policy=writes_plans)
def document_attach(*, by: Actor, draft: Draft, kind: str, file_name: str, content: bytes) -> Attachment:
    """Keep a document beside a draft, as it is, with its hash. Raises AttachmentWrong, DoneAlready for it twice."""
    return _keep(by, draft, AttachmentKind(kind), document(file_name, content), content, "")


@command("plans.attach_books", policy=writes_plans)
def books_attach(*, by: Actor, draft: Draft, kind: str, day: date) -> Attachment:
    """Keep what Muster's own books said at the end of a day: of risk the situation by district, of resources the stock.

    It is kept as JSON, so that it stays what it was whatever is corrected later. Raises AttachmentWrong, DoneAlready.
    """
    source, found = books_of(AttachmentKind(kind), day)
    content = canonical(plain(found))
    return _keep(by, draft, AttachmentKind(kind), f"{kind}-{day.isoformat()}.json", content, source)


def _keep(by: Actor, draft: Draft, kind: AttachmentKind, name: str, content: bytes, source: str) -> Attachment:
    draft = locked(draft, *STAGES)
    sha256 = hashlib.sha256(content).hexdigest()
    if Attachment.objects.filter(draft=draft, kind=kind, sha256=sha256).exists():
        raise DoneAlready(name)
    stated: dict[str, Any] = {"file_name": name, "size": len(content), "sha256": sha256, "content": content}
    attachment = Attachment.objects.create(draft=draft, kind=kind, source=source, **stated, **signed(by))
    record(draft=draft.pk, plan=draft.code, kind=kind, sha256=sha256, source=source)
    told(draft)
    return attachment
