"""What can be done with a draft on its page: each step with its form and the service that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import Http404

from muster.kernel.commands import Actor
from muster.preparedness.plans import queries, services
from muster.preparedness.plans.life import forms as asked
from muster.preparedness.plans.models import ClauseAnswer, Consultation, Draft

Form = Any


@dataclass(frozen=True, slots=True)
class Step:
    """A form, and what is done with it once it is filled in."""

    form: type[forms.Form]
    do: Callable[[Actor, Draft, Form], object]


def save(by: Actor, draft: Draft, form: Form) -> object:
    """Replace the text by that of a file."""
    base = form.cleaned_data["base_revision"]
    return services.draft_save(by=by, draft=draft, base_revision=base, text=form.text())


def attach(by: Actor, draft: Draft, form: Form) -> object:
    """Put a document beside the draft."""
    file, kind = form.cleaned_data["file"], form.cleaned_data["kind"]
    return services.document_attach(by=by, draft=draft, kind=kind, file_name=file.name, content=file.read())


def books(by: Actor, draft: Draft, form: Form) -> object:
    """Put what Muster knew on a day beside the draft."""
    return services.books_attach(by=by, draft=draft, **form.cleaned_data)


def consult(by: Actor, draft: Draft, form: Form) -> object:
    """Ask the partners."""
    deadline = queries.moment_of(form.cleaned_data["deadline"])
    return services.consultation_begin(by=by, draft=draft, deadline=deadline)


def again(by: Actor, draft: Draft, form: Form) -> object:
    """Give one partner another deadline."""
    found = Consultation.objects.filter(draft=draft, pk=form.cleaned_data["consultation"]).first()
    if found is None:
        raise Http404
    deadline = queries.moment_of(form.cleaned_data["deadline"])
    return services.deadline_move(by=by, consultation=found, deadline=deadline)


def reply(by: Actor, draft: Draft, form: Form) -> object:
    """Answer an objection with reasons."""
    key = form.cleaned_data["objection"]
    found = ClauseAnswer.objects.filter(consultation__draft=draft, pk=key).select_related("consultation__draft").first()
    if found is None:
        raise Http404
    return services.objection_reply(by=by, objection=found, reason=form.cleaned_data["reason"])


def plain(service: Any) -> Callable[[Actor, Draft, Form], object]:
    """A step whose fields are the arguments of its service."""

    def do(by: Actor, draft: Draft, form: Form) -> object:
        return service(by=by, draft=draft, **form.cleaned_data)

    return do


STEPS: Final[dict[str, Step]] = {
    "save": Step(asked.Text, save),
    "attach": Step(asked.Paper, attach),
    "books": Step(asked.Books, books),
    "consult": Step(asked.Deadline, consult),
    "again": Step(asked.Again, again),
    "reply": Step(asked.Reply, reply),
    "submit": Step(asked.Nothing, plain(services.legal_submit)),
    "opine": Step(asked.LegalOpinion, plain(services.legal_opine)),
    "approve": Step(asked.Seen, plain(services.draft_approve)),
    "refuse": Step(asked.Because, plain(services.draft_refuse)),
    "back": Step(asked.Because, plain(services.draft_take_back)),
    "release": Step(asked.Nothing, plain(services.draft_release)),
    "withdraw": Step(asked.Because, plain(services.draft_withdraw)),
}
