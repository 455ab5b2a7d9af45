"""What people enter on the way of a draft."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.kernel.organisation import queries as organisation
from muster.kernel.organisation.models import Unit
from muster.preparedness.plans import queries
from muster.preparedness.plans.choices import REQUIRED, AttachmentKind, Opinion
from muster.preparedness.plans.files import LARGEST
from muster.preparedness.plans.forms import PlanFile

BOOKS: Final = [(str(kind), kind.label) for kind in REQUIRED]


def day(label: Any, **stated: Any) -> forms.DateField:
    """A day, chosen from a calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **stated)


def words(label: Any, rows: int = 3, longest: int = 1000, **stated: Any) -> forms.CharField:
    """Something said in words."""
    return forms.CharField(
        label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": rows}), strip=True, **stated
    )


class Nothing(forms.Form):
    """A step that needs no more than the press of its button."""


class Seen(forms.Form):
    """Says which text was read."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class Open(forms.Form):
    """A new draft: of which plan, and what it begins with."""

    code = forms.CharField(
        label=_("Code of the plan"),
        max_length=64,
        required=False,
        help_text=_("Such as S-PHE-01. The plan of a unit gets one by itself."),
    )
    based_on = forms.ChoiceField(label=_("Begin with"), required=False)
    unit = forms.ChoiceField(label=_("Plan of a unit"), required=False)
    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=200, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    file = forms.FileField(
        label=_("Or from a file"),
        required=False,
        help_text=_(
            "A plan's text (YAML), or a Word document: its headings, numbered lists and tables become draft clauses."
        ),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.docx"}),
    )

    def __init__(self, *given: Any, **stated: Any) -> None:
        super().__init__(*given, **stated)
        self.versions = {str(one.pk): one for one in queries.versions_to_activate()}
        names = [(key, f"{one.plan.code} {one.version}") for key, one in self.versions.items()]
        frame = [("", _("an empty frame: levels, two roles, no clause")), *names]
        self.fields["based_on"].choices = frame  # type: ignore[attr-defined]
        units = [(unit.code, f"{unit.name} {unit.code}") for unit in organisation.unit_tree() if unit.is_active]
        self.fields["unit"].choices = [("", _("the bureau's own")), *units]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuses a draft of which neither the code nor anything that gives one is known."""
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and not (said["code"] or said["unit"] or said["based_on"]):
            self.add_error("code", _("Without a unit or a version to follow, the plan needs a code."))
        return said

    def begun(self) -> dict[str, Any]:
        """What the draft begins with."""
        said = self.cleaned_data
        return {
            "code": said["code"],
            "titles": (said["title_zh"], said["title_en"]),
            "based_on": self.versions.get(said["based_on"]),
            "unit": Unit.objects.filter(code=said["unit"]).first() if said["unit"] else None,
            "file": said["file"],
        }


class Text(PlanFile):
    """The whole text as a file, made from a revision."""

    base_revision = forms.IntegerField(widget=forms.HiddenInput)


class Paper(forms.Form):
    """A document beside the draft."""

    kind = forms.ChoiceField(label=_("Kind"), choices=AttachmentKind.choices)
    file = forms.FileField(label=_("Document"), help_text=_("PDF, Word, Excel, picture or text; at most 10 MB."))

    def clean_file(self) -> Any:
        """Refuses what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is too large."))
        return file


class Books(forms.Form):
    """What Muster's own books said on a day."""

    kind = forms.ChoiceField(label=_("Kind"), choices=BOOKS)
    day = day(_("As of the end of"))


class Deadline(forms.Form):
    """Until when partners may answer."""

    deadline = day(_("Answers until the end of"))


class Again(Deadline):
    """Another deadline for one partner."""

    consultation = forms.IntegerField(widget=forms.HiddenInput)


class Because(forms.Form):
    """Why."""

    reason = words(_("Reason"))


class Reply(Because):
    """The answer to one objection."""

    objection = forms.IntegerField(widget=forms.HiddenInput)


class LegalOpinion(Seen):
    """The written opinion of the legal review."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Opinion.choices)
    advice = words(_("Opinion"), rows=6, longest=20_000)


class Filed(forms.Form):
    """Under which number, with which authority, on which day a version was put on file."""

    number = forms.CharField(label=_("Number"), max_length=80)
    authority = forms.CharField(label=_("Authority"), max_length=200)
    day = day(_("Day"))


class Decide(Because):
    """A decision about a review that is due."""

    review = forms.IntegerField(widget=forms.HiddenInput)
