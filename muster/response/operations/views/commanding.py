"""The pages of two people: to activate, to change the level, to stand down; to approve or refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from muster.engines.plan.words import NO_LEVEL
from muster.kernel.commands import NotPermitted
from muster.kernel.errors import DomainError
from muster.kernel.organisation.models import Area
from muster.kernel.ui.templatetags.ui import bilingual, when
from muster.kernel.ui.wording import LEVELS, level_title
from muster.preparedness.plans import queries as plans
from muster.response.operations import errors, forms, services
from muster.response.operations.board.difference import DifferenceWords, in_words
from muster.response.operations.board.moment import moment_of, now_of, require_there
from muster.response.operations.board.plan import words_of
from muster.response.operations.board.shape import Moment
from muster.response.operations.models import Operation, Proposal
from muster.response.operations.queries.difference import Difference, difference, release_at
from muster.response.operations.services.authority import steps_above
from muster.response.operations.views.frame import Fact, asked_moment, frame
from muster.response.operations.views.reading import UNPROCESSABLE, actor, answered, may_command, operation_of, told
from muster.response.operations.views.records import known_facts


@told
def activate(request: HttpRequest) -> HttpResponse:
    """State what is to be activated and why; another person approves it."""
    versions = {version.pk: version for version in plans.versions_to_activate()}
    titles = [(pk, f"{bilingual(version, 'title')} {version.version}") for pk, version in versions.items()]
    if not titles:
        return render(request, "operations/activate.html", {})
    initial = {"government_level": 0, "area": Area.objects.filter(parent=None).first()}
    form = forms.Activation(request.POST or None, plans=titles, initial=initial)

    def propose(stated: dict[str, Any]) -> str:
        version = versions[stated.pop("plan_version")]
        return _page_of(services.activation_propose(by=actor(request), plan_version=version, **stated))

    return answered(request, "operations/activate.html", {}, form, propose)


@told
def change_level(request: HttpRequest, code: str) -> HttpResponse:
    """Show exactly what another level would change; then propose it."""
    operation, now = _active(request, code)
    chosen = _chosen_level(request, operation)
    form = forms.Level(request.POST or None, initial=forms.papers_of(operation) | {"level": chosen})
    context = frame(request, operation, now) | {
        "levels": [(number, title) for number, title in LEVELS.items() if number not in {0, operation.level}],
        "chosen": chosen,
        "difference": _difference(operation, Proposal.Kind.CHANGE_LEVEL, chosen) if chosen else None,
    }
    context |= _release(operation, chosen, now) if chosen else {}

    def propose(stated: dict[str, Any]) -> str:
        return _page_of(services.level_propose(by=actor(request), operation=operation, **stated))

    return answered(request, "operations/change_level.html", context, form, propose)


@told
def stand_down(request: HttpRequest, code: str) -> HttpResponse:
    """Show what ending the operation would change; then propose it."""
    operation, now = _active(request, code)
    form = forms.StandDown(request.POST or None, initial=forms.papers_of(operation))
    context = frame(request, operation, now) | {"difference": _difference(operation, Proposal.Kind.STAND_DOWN, 0)}
    context |= _release(operation, NO_LEVEL, now)

    def propose(stated: dict[str, Any]) -> str:
        return _page_of(services.stand_down_propose(by=actor(request), operation=operation, **stated))

    return answered(request, "operations/stand_down.html", context, form, propose)


@told
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal with what it would change now; whoever may, approves or refuses it."""
    joined = ("operation__plan_version", "operation__area", "proposed_person", "decided_person")
    found = get_object_or_404(Proposal.objects.select_related(*joined), pk=pk)
    if request.method != "POST":
        return render(request, "operations/proposal.html", _proposal_context(request, found))
    outcome = request.POST.get("outcome", "")
    if outcome not in DECIDE:
        raise Http404
    form_of, decide = DECIDE[outcome]
    form = form_of(request.POST, prefix=outcome)
    context: dict[str, Any] = {outcome: form}
    if form.is_valid():
        try:
            decide(request, found, form.cleaned_data)
            return HttpResponseRedirect(reverse("operations:detail", args=[found.operation.code]))
        except DomainError as problem:
            context["problem"] = problem
            found.refresh_from_db()
    whole = _proposal_context(request, found) | context
    return render(request, "operations/proposal.html", whole, status=UNPROCESSABLE)


def _approve(request: HttpRequest, found: Proposal, stated: dict[str, Any]) -> None:
    services.proposal_approve(by=actor(request), proposal=found, seen=request.POST.get("seen", ""), **stated)


def _refuse(request: HttpRequest, found: Proposal, stated: dict[str, Any]) -> None:
    services.proposal_refuse(by=actor(request), proposal=found, **stated)


def _take_up(request: HttpRequest, found: Proposal, stated: dict[str, Any]) -> None:
    services.recommendation_take_up(by=actor(request), proposal=found, **stated)


def _withdraw(request: HttpRequest, found: Proposal, _stated: dict[str, Any]) -> None:
    services.proposal_withdraw(by=actor(request), proposal=found)


Decide = Callable[[HttpRequest, Proposal, dict[str, Any]], None]
DECIDE: Final[dict[str, tuple[type[Form], Decide]]] = {
    "accept": (forms.Reason, _approve),
    "refuse": (forms.Reason, _refuse),
    "take_up": (forms.Papers, _take_up),
    "withdraw": (Form, _withdraw),
}


def _page_of(made: Proposal) -> str:
    return reverse("operations:proposal", args=[made.pk])


def _active(request: HttpRequest, code: str) -> tuple[Operation, Moment]:
    """An operation whose level this reader can change, and its now. Raises NotPermitted, WrongState, NotInThePast."""
    operation = operation_of(code)
    if not may_command(request, operation):
        raise NotPermitted(operation.code)
    services.require_active(operation)
    if "as_of" in request.GET:
        raise errors.not_in_the_past(operation.code)
    return operation, moment_of(operation)


def _chosen_level(request: HttpRequest, operation: Operation) -> int:
    """The level that the page is about; 0 while none was chosen."""
    asked = request.POST.get("level") or request.GET.get("level", "")
    return int(asked) if asked in {"1", "2", "3", "4"} and int(asked) != operation.level else 0


def _difference(operation: Operation, kind: str, level: int) -> DifferenceWords:
    found = difference(operation=operation, kind=kind, level=level, at=now_of(operation))
    return in_words(found, words_of(operation.plan_version))


def _proposal_context(request: HttpRequest, found: Proposal) -> dict[str, Any]:
    operation = found.operation
    moment = asked_moment(request, operation)
    require_there(found.proposed_at, moment, f"{operation.code}: {found.get_kind_display()}")
    outcome = found.outcome_at(moment.at)
    waits = found.outcome == Proposal.Outcome.WAITING and not moment.is_past
    own = found.proposed_by == actor(request).principal
    context = frame(request, operation, moment) | {
        "proposal": found,
        "outcome": outcome,
        "facts": _facts(found, decided=outcome != Proposal.Outcome.WAITING),
        "known": known_facts(found.seen),
        "waits": waits,
        "difference": _difference(operation, found.kind, found.level) if waits else _kept_difference(found, outcome),
        "is_advice": found.source == Proposal.Source.SYSTEM,
        "may_decide": waits and not own and may_command(request, operation),
        "why_not": _("You proposed this yourself; another person decides it.")
        if own
        else _("You may look, not decide."),
    }
    context |= _release(operation, found.level, moment) if waits else {}
    context["may_withdraw"] = waits and own and may_command(request, operation)
    return context | {
        "accept": forms.Reason(prefix="accept"),
        "refuse": forms.Reason(prefix="refuse"),
        "take_up": forms.Papers(prefix="take_up", initial=forms.papers_of(operation)),
    }


def _release(operation: Operation, level: int, now: Moment) -> dict[str, Any]:
    """Whether the plan calls for leaving the present level, where one goes down from it."""
    lower = steps_above(operation.level, level) > 0
    found = release_at(operation=operation, at=now.at) if lower else None
    if found is None:
        return {}
    return {"release": found, "release_condition": words_of(operation.plan_version).condition(found.condition)}


def _kept_difference(found: Proposal, outcome: str) -> DifferenceWords:
    """What was confirmed, or what it was to change when it was proposed."""
    kept = found.confirmed if outcome == Proposal.Outcome.APPROVED else found.difference
    return in_words(Difference.from_json(kept), words_of(found.operation.plan_version))


def _facts(found: Proposal, *, decided: bool) -> list[Fact]:
    """What was stated, by whom, and by whom it was decided; of an activation what the law names comes first."""
    operation = found.operation
    stated = [
        Fact(_("Matter"), bilingual(operation, "matter")),
        Fact(_("Area"), operation.area.name),
        Fact(_("Expected until"), f"{operation.expected_until:%Y-%m-%d}"),
        Fact(_("Measures"), operation.measures),
        Fact(_("Legal basis"), operation.legal_basis),
    ]
    papers = [
        Fact(_("Level that the government declared"), _declared(found.government_level)),
        Fact(_("Reason"), bilingual(found, "reason")),
        Fact(_("Legal ground"), "" if found.kind == Proposal.Kind.ACTIVATE else found.ground),
        Fact(_("Number of the written order"), found.written_order),
        Fact(_("The government's consent"), found.government_consent),
        Fact(_("Proposed by"), f"{found.proposer} · {when(found.proposed_at)}"),
    ]
    if decided:
        papers.append(Fact(_("Decided by"), " · ".join(filter(None, [found.decider, when(found.decided_at)]))))
        papers.append(Fact(_("Decided because"), bilingual(found, "because")))
    is_activation = found.kind == Proposal.Kind.ACTIVATE
    return (stated if is_activation else []) + [fact for fact in papers if fact.value]


def _declared(level: int) -> str:
    return str(level_title(level) if level else _("None declared"))
