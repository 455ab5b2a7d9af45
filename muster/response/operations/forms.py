"""What people fill in to propose, decide and complete. The services decide whether it may be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from muster.engines.plan.words import LEVELS
from muster.kernel.organisation.models import Area, Site, Unit
from muster.kernel.ui.fields import NamedChoice, PlainText
from muster.kernel.ui.wording import level_title
from muster.preparedness.plans.queries import title
from muster.response.operations.models import Mode, Operation
from muster.response.operations.services import EvidenceRow

GOVERNMENT_LEVELS = [(0, _("None declared")), *((number, level_title(number)) for number in LEVELS)]
LONG = forms.Textarea(attrs={"rows": 3})
DOT = " · "
DECISION = "decision_record"  # the evidence that is a decision itself


class Papers(forms.Form):
    """Why, on what ground, and the papers that a level above or below the government's needs."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=LONG)
    ground = forms.CharField(label=_("Legal ground"), max_length=500, required=False)
    government_level = forms.TypedChoiceField(
        label=_("Level that the government declared"), choices=GOVERNMENT_LEVELS, coerce=int
    )
    written_order = forms.CharField(
        label=_("Number of the written order"),
        max_length=200,
        required=False,
        help_text=_("Needed for a level above the government's."),
    )
    government_consent = forms.CharField(
        label=_("The government's consent"),
        max_length=200,
        required=False,
        help_text=_("Needed for a level below the government's."),
    )

    def papers(self) -> dict[str, Any]:
        """Arguments for the service."""
        return dict(self.cleaned_data)


class Activation(Papers):
    """The first of two people states what the law wants stated (Emergency Response Law, article 72)."""

    field_order = [
        "plan_version", "mode", "level", "area", "matter_zh", "matter_en", "expected_until", "measures", "legal_basis",
        "reason", "government_level", "written_order", "government_consent",
    ]  # fmt: skip
    plan_version = forms.TypedChoiceField(label=_("Plan"), coerce=int)
    mode = forms.ChoiceField(
        label=_("Mode"), choices=[(Mode.LIVE, Mode.LIVE.label), (Mode.EXERCISE, Mode.EXERCISE.label)]
    )
    level = forms.TypedChoiceField(
        label=_("Level"), choices=[(number, level_title(number)) for number in reversed(LEVELS)], coerce=int
    )
    area = forms.ModelChoiceField(label=_("Area"), queryset=Area.objects.filter(kind__in=["city", "district"]))
    matter_zh = forms.CharField(label=_("Matter, in Chinese"), max_length=200)
    matter_en = forms.CharField(label=_("Matter, in English"), max_length=200, required=False)
    expected_until = forms.DateField(
        label=_("Expected until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    measures = forms.CharField(label=_("Measures"), widget=LONG)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=500)

    def __init__(self, *args: Any, plans: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["ground"]  # the legal basis of the activation is its ground
        self.fields["plan_version"].choices = list(plans)  # type: ignore[attr-defined]
        self.fields["area"].label_from_instance = lambda area: area.name  # type: ignore[attr-defined]


class Level(Papers):
    """Another level; which one comes with the difference that was shown."""

    level = forms.TypedChoiceField(
        choices=[(number, number) for number in LEVELS], coerce=int, widget=forms.HiddenInput()
    )


class StandDown(Papers):
    """The end of an operation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["written_order"]


class Note(forms.Form):
    """A line of one's own in the log."""

    text = PlainText(label=_("A line of your own"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class Recorded(forms.Form):
    """A decision that somebody made beside the plan."""

    subject = PlainText(label=_("What was decided"), max_length=300)
    reason = PlainText(label=_("Reason"), max_length=1000, widget=LONG)
    ground = PlainText(label=_("Legal ground"), max_length=500)


class Arisen(forms.Form):
    """A request, a case or a batch that the operation has to deal with."""

    kind = forms.ChoiceField(label=_("What came in"))
    ref = PlainText(
        label=_("Reference"), max_length=64, help_text=_("Its number where it comes from; each is entered once.")
    )
    unit = NamedChoice(
        label=_("Unit"), queryset=Unit.objects.order_by("pk"), required=False, help_text=_("Whose area it is in.")
    )

    def __init__(self, *args: Any, kinds: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("choose")), *kinds]  # type: ignore[attr-defined]


class Place(forms.Form):
    """A place to be opened or closed: by its code, or as the list beside the field offers it."""

    site = PlainText(label=_("Place"), max_length=300, widget=forms.TextInput(attrs={"list": "op-sites"}))

    def __init__(self, *args: Any, sites: QuerySet[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sites = sites

    def offered(self) -> Iterator[tuple[str, Any]]:
        """Every place that may be named, as it is named, with its kind."""
        for site in self.sites:
            yield f"{site.name}{DOT}{site.code}", site.get_kind_display()

    def clean_site(self) -> Site:
        """The site that is meant."""
        found = self.sites.filter(code=self.cleaned_data["site"].rpartition(DOT)[2]).first()
        if found is None:
            raise forms.ValidationError(_("Choose a place from the list."))
        return found


class Reason(forms.Form):
    """Why somebody decides as he does."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=LONG)


class Completion(forms.Form):
    """One field for each kind of evidence that the clause asks for."""

    def __init__(self, *args: Any, kinds: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = tuple(kinds)
        for kind in self.kinds:
            decision = kind == DECISION
            self.fields[kind] = forms.CharField(
                label=title(kind, "evidence"),
                max_length=500,
                widget=LONG if decision else forms.TextInput,
                help_text=_("What was decided, and why; it is kept among the decisions with what is known now.")
                if decision
                else _("Number of the document, or what was seen."),
            )

    def evidence(self) -> list[EvidenceRow]:
        """What was filled in."""
        return [EvidenceRow(kind, self.cleaned_data[kind]) for kind in self.kinds]


def papers_of(operation: Operation) -> dict[str, Any]:
    """What a form about a running operation begins with."""
    return {"government_level": operation.government_level}
