"""What somebody states who asks for a stress test: the epidemic, how people work, what is late, and variants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.engines.plan import words
from muster.kernel.errors import DomainError
from muster.preparedness.plans.queries.words import title
from muster.preparedness.plans.services.stressing import MOST_REPLICATIONS, MOST_SEED, NAME
from muster.preparedness.plans.stress.curves import feed_names

SEIR, TYPED, FEED = "seir", "typed", "feed:"
PERCENT: Final = 100.0
FIELD_OF: Final[Mapping[str, str]] = {  # path in the scenario: field of the form
    "days": "days",
    "replications": "replications",
    "seed": "seed",
    "cases.counts": "counts",
    "cases.scale": "scale",
    "cases.spread": "spread",
    "cases.r0": "r0",
    "cases.incubation_days": "incubation_days",
    "cases.infectious_days": "infectious_days",
    "cases.first_infectious": "first_infectious",
    "cases.reported_share": "reported_share",
    "cases.control": "control",
    "absence.normal": "absence_normal",
    "absence.peak": "absence_peak",
    "infection.at_work": "at_work",
    "infection.outside": "outside",
    "partners.hours": "partner_hours",
    "reporting.days": "report_days",
    "reporting.missed": "missed",
    "deciding.hours": "deciding_hours",
    "supply.lead_factor": "lead_factor",
    "bureau.people": "data_date",
    **{f"{level}.trigger": "trigger" for level in words.ROMAN},
}
GROUPS: Final = (
    (_("The epidemic"), ("curve", "counts", "first_day", "days", "scale", "spread")),
    (
        _("Equations (SEIR)"),
        ("r0", "incubation_days", "infectious_days", "first_infectious", "reported_share", "control_day", "control"),
    ),
    (_("The force"), ("mode", "absence_normal", "absence_peak", "at_work", "outside", "data_date")),
    (_("Delays"), ("report_days", "missed", "deciding_hours", "partner_hours", "lead_factor")),
    (_("Variants, each on the same fates"), (
        "people_qualification", "people_count", "cross_train", "stock_item", "stock_days", "other_mode",
        "trigger_level", "trigger", "silent_partner",
    )),
    (_("The run"), ("title", "replications", "seed")),
)  # fmt: skip


def _figure(label: Any, initial: float, help_text: Any = "", **limits: Any) -> forms.FloatField:
    return forms.FloatField(label=label, initial=initial, help_text=help_text, **limits)


def _percent(label: Any, initial: float, help_text: Any = "") -> forms.FloatField:
    return _figure(label, initial, help_text, min_value=0, max_value=100)


class Builder(forms.Form):
    """A scenario with its variants; every default is a planning assumption with its source in docs/stress-test.md."""

    title = forms.CharField(label=_("Name"), max_length=NAME, required=False, help_text=_("What you will know it by."))
    curve = forms.ChoiceField(label=_("Cases by day"))
    counts = forms.CharField(
        label=_("Numbers of your own"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("New cases of each day, separated by blanks or commas; only with “numbers of my own”."),
    )
    first_day = forms.DateField(
        label=_("First day"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Of a recorded curve its own first day, if you leave this empty."),
    )
    days = forms.IntegerField(label=_("Days"), initial=60, min_value=1, max_value=730)
    scale = _figure(_("Times as many cases"), 1.0, _("2 doubles each day."), min_value=0.01, max_value=1000)
    spread = _figure(_("Scatter of the cases"), 0.1, _("0: the curve as it is, in every replication."), min_value=0)
    r0 = _figure(_("R0"), 2.6, min_value=0)
    incubation_days = _figure(_("Days of incubation"), 5.2, min_value=0.1)
    infectious_days = _figure(_("Days infectious"), 5.0, min_value=0.1)
    first_infectious = _figure(_("Infectious on the first day"), 5.0, min_value=0.1)
    reported_share = _percent(_("Cases that are confirmed (%)"), 60)
    control_day = forms.IntegerField(
        label=_("Day of the measures"), required=False, min_value=0, help_text=_("Counted from 0; empty: none.")
    )
    control = _figure(_("Contacts that remain then"), 0.3, _("0.3: three in ten."), min_value=0)
    mode = forms.ChoiceField(
        label=_("Work mode"), choices=[("open", _("open shifts")), ("closed", _("closed teams"))], initial="open"
    )
    absence_normal = _percent(_("Usually absent (%)"), 3.5)
    absence_peak = _percent(_("Absent at the peak (%)"), 19.8)
    at_work = _figure(_("Infected at work by one colleague a day"), 0.06, min_value=0)
    outside = _figure(_("Chance outside, as a multiple of an inhabitant's"), 2.0, min_value=0)
    data_date = forms.DateField(
        label=_("People and stock as of"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("The end of that day, by the books."),
    )
    report_days = forms.IntegerField(label=_("Cases are reported after (days)"), initial=0, min_value=0, max_value=30)
    missed = _percent(_("Bulletins that come a day late (%)"), 5)
    deciding_hours = _figure(_("Hours to decide a level"), 2.0, min_value=0)
    partner_hours = _figure(_("Hours until a partner answers"), 0.5, min_value=0)
    lead_factor = _figure(_("Times as long for deliveries"), 1.0, min_value=0.1)
    people_qualification = forms.ChoiceField(label=_("More people who can do"), required=False)
    people_count = forms.IntegerField(label=_("How many more"), initial=20, required=False, min_value=1, max_value=9999)
    cross_train = forms.BooleanField(label=_("Trained from those who are there"), required=False)
    stock_item = forms.ChoiceField(label=_("More stock of"), required=False)
    stock_days = forms.IntegerField(
        label=_("For how many days"), initial=14, required=False, min_value=1, max_value=365
    )
    other_mode = forms.BooleanField(label=_("The other work mode"), required=False)
    trigger_level = forms.ChoiceField(
        label=_("Another trigger for level"), required=False, choices=[("", "–"), *((one, one) for one in words.ROMAN)]
    )
    trigger = forms.CharField(
        label=_("Trigger"),
        required=False,
        max_length=300,
        help_text=_("In the plan language, such as local_cases_7d >= 5."),
    )
    silent_partner = forms.ChoiceField(label=_("A partner that is silent"), required=False)
    replications = forms.IntegerField(
        label=_("Replications"),
        initial=500,
        min_value=1,
        max_value=MOST_REPLICATIONS,
        help_text=_("Four times as many halve the error."),
    )
    seed = forms.IntegerField(
        label=_("Seed"), initial=1, min_value=0, max_value=MOST_SEED, help_text=_("The same seed meets the same fates.")
    )

    def __init__(self, *given: Any, **stated: Any) -> None:
        super().__init__(*given, **stated)
        self._choose("curve", [*self._feeds(), (TYPED, _("numbers of my own")), (SEIR, _("equations (SEIR)"))])
        self._choose("people_qualification", _named(words.QUALIFICATIONS, "qualification"))
        self._choose("stock_item", _named(words.ITEMS, "item"))
        self._choose("silent_partner", _named(words.PARTNERS, "partner"))
        for name, field in self.fields.items():
            if isinstance(field, forms.FloatField) and not isinstance(field, forms.IntegerField):
                field.widget.attrs["step"] = "any"
            field.widget.attrs.setdefault("data-stress", name)

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _feeds(self) -> Iterator[tuple[str, Any]]:
        for feed in feed_names():
            yield f"{FEED}{feed}", _("recorded: %(feed)s") % {"feed": feed if feed != "live" else _("live feed")}

    def groups(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        """The fields as they are shown."""
        for heading, names in GROUPS:
            yield heading, [self[name] for name in names]

    def clean_counts(self) -> tuple[int, ...]:
        """Whole numbers."""
        text = str(self.cleaned_data["counts"]).replace("，", ",").replace("、", ",").replace(",", " ")
        try:
            return tuple(int(word) for word in text.split())
        except ValueError as wrong:
            raise forms.ValidationError(_("Whole numbers, such as 0 0 1 3 8.")) from wrong

    def clean(self) -> dict[str, Any]:
        """What depends on something else."""
        said = super().clean() or {}
        if said.get("curve") == TYPED and "counts" in said and not any(said["counts"]):
            self.add_error("counts", _("Enter the cases of each day, at least one."))
        if said.get("trigger_level") and not said.get("trigger"):
            self.add_error("trigger", _("Write the condition, or choose no level."))
        return said

    def refused(self, problem: DomainError, path: str) -> None:
        """Puts what was refused to the field that is to blame, or above the form."""
        field = FIELD_OF.get(path)
        told = f"{problem.what} {problem.expected} {problem.mend}".strip()
        self.add_error(field, told if field else f"{problem.where} {told}".strip())


def initial(day: date) -> dict[str, Any]:
    """What the builder begins with; `day` is the last that the books tell of."""
    return {"data_date": day, "first_day": "" if feed_names() else day}


def _named(codes: Any, kind: str) -> list[tuple[str, Any]]:
    return [("", "–"), *((code, title(code, kind)) for code in codes)]
