"""From the checked form to the engine's frozen types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

from muster.engines.plan import words
from muster.engines.plan.extension import Lower
from muster.engines.plan.lower import LowerPlanForm, NarrowingForm
from muster.engines.plan.narrowing import Narrowing
from muster.engines.plan.reading import Document
from muster.engines.plan.schema import (
    ClauseForm,
    GradeForm,
    GroundForm,
    LevelForm,
    PeopleForm,
    PlanForm,
    RoleForm,
    StandardForm,
    SupplyForm,
    TextForm,
)
from muster.engines.plan.types import (
    Authority,
    Clause,
    Grade,
    Ground,
    Level,
    Measure,
    PeopleNeed,
    Plan,
    Role,
    Standard,
    Supply,
    Text,
)


def build(form: PlanForm, document: Document, *, file: str, content_hash: str) -> Plan:
    """The plan of a checked form; lines come from the document that it was read from."""
    return Plan(
        id=form.plan,
        version=form.version,
        title=_text(form.title),
        hash=content_hash,
        zone=ZoneInfo(form.zone),
        legal_basis=_grounds(form.legal_basis),
        reviewed_on=form.reviewed_on,
        review_months=form.review_months,
        exercise_months=form.exercise_months,
        authority=_authority(form),
        gradings={scale: _grades(grades) for scale, grades in form.gradings if grades},
        levels=tuple(_level(number, form.levels[number], document) for number in sorted(form.levels)),
        fresh_for=form.fresh_for,
        roles={name: _role(name, role, document) for name, role in form.roles.items()},
        standards=_standards(form.standards),
        reserve_days=dict(form.reserve_days),
        clauses=tuple(_clause(one, document.line(("clauses", at))) for at, one in enumerate(form.clauses)),
        unit=form.unit,
        file=file,
    )


def build_lower(
    form: LowerPlanForm, document: Document, *, file: str, content_hash: str, per: Mapping[str, str]
) -> Lower:
    """What a lower plan writes; `per` has the kind of place or event of each inherited clause, by its id."""
    return Lower(
        id=form.plan,
        version=form.version,
        title=_text(form.title),
        hash=content_hash,
        unit=form.unit,
        reviewed_on=form.reviewed_on,
        review_months=form.review_months,
        exercise_months=form.exercise_months,
        legal_basis=_grounds(form.legal_basis),
        roles={name: _role(name, role, document) for name, role in form.roles.items()},
        standards=_standards(form.standards),
        reserve_days=dict(form.reserve_days),
        narrowings=tuple(
            _narrowing(one, per.get(one.clause, ""), document.line(("narrows", at)))
            for at, one in enumerate(form.narrows)
        ),
        clauses=tuple(_clause(one, document.line(("clauses", at))) for at, one in enumerate(form.clauses)),
        claims={word: document.line((word,)) for word in ("levels", "authority") if getattr(form, word)},
        lines=_head_lines(form, document),
        file=file,
    )


_HEAD = {"legal_basis": "ground", "roles": "role", "standards": "standard", "reserve_days": "reserve"}


def _head_lines(form: LowerPlanForm, document: Document) -> dict[str, int]:
    """Where each entry of the head stands."""
    entries = ((word, what, name) for word, what in _HEAD.items() for name in getattr(form, word))
    return {f"{what}:{name}": document.line((word, name)) for word, what, name in entries}


def _narrowing(form: NarrowingForm, per: str, line: int) -> Narrowing:
    words = [name for name in type(form).model_fields if name in form.model_fields_set and name != "clause"]
    written = {name: getattr(form, name) for name in words}
    values = {name: _VALUES[name](value, per) if name in _VALUES else value for name, value in written.items()}
    return Narrowing(form.clause, values, line)


_VALUES: Final[Mapping[str, Callable[[Any, str], Any]]] = {
    "text": lambda form, _per: _text(form),
    "levels": lambda levels, _per: frozenset(levels),
    "people": lambda needs, per: tuple(_people(need, per) for need in needs),
    "supplies": lambda forms, _per: tuple(_supply(form) for form in forms),
    "measure": lambda form, _per: Measure("", form.expires, form.review),
}


def _grounds(forms: Mapping[str, GroundForm]) -> tuple[Ground, ...]:
    return tuple(Ground(name, _text(one.title), one.articles, one.until) for name, one in forms.items())


def _standards(forms: Mapping[str, StandardForm]) -> dict[str, Standard]:
    return {name: Standard(name, _text(one.title), dict(one.items)) for name, one in forms.items()}


def _supply(form: SupplyForm) -> Supply:
    return Supply(form.item, form.quantity, form.basis)


def _text(form: TextForm | None) -> Text:
    return Text(form.zh, form.en) if form else Text("")


def _authority(form: PlanForm) -> Authority:
    one = form.authority
    return Authority(
        declared_by=one.declared_by,
        system_may=one.system_may,
        above_government=one.above_government,
        above_needs=one.above_needs,
        below_needs=one.below_needs,
        persons=one.persons,
        record=one.record,
        rules=tuple(_text(rule) for rule in one.rules),
    )


def _grades(grades: tuple[GradeForm, ...]) -> tuple[Grade, ...]:
    return tuple(Grade(number, grade.id, _text(grade.name)) for number, grade in enumerate(grades, start=1))


def _level(number: int, form: LevelForm, document: Document) -> Level:
    roman = words.LEVEL_NAMES[number]
    return Level(
        number=number,
        id=roman,
        name=_text(form.name),
        colour=form.colour,
        duty_grade=form.duty_grade,
        activated_by=form.activated_by,
        trigger=form.trigger,
        release=form.release,
        held_days=form.held_days,
        review=form.review,
        report_every=form.report_every,
        line=document.line(("levels", roman)),
    )


def _role(name: str, form: RoleForm, document: Document) -> Role:
    return Role(
        id=name,
        title=_text(form.title),
        unit=form.unit,
        scope=form.per or "unit",
        holder=form.holder,
        deputies=form.deputies,
        qualification=form.qualification,
        line=document.line(("roles", name)),
    )


def _clause(form: ClauseForm, line: int) -> Clause:
    return Clause(
        id=form.id,
        title=_text(form.title),
        text=_text(form.text),
        phase=form.phase,
        annex=form.annex,
        actor=form.actor,
        action=form.action,
        levels=frozenset(form.levels),
        on=form.on,
        due=form.due,
        every=form.every,
        after=form.after,
        scales=_scales(form.per),
        per=form.per,
        people=tuple(_people(need, form.per) for need in form.people),
        standard=form.standard,
        supplies=tuple(_supply(one) for one in form.supplies),
        partners=form.partners,
        evidence=form.evidence,
        ends=_text(form.ends),
        data_class=form.data_class,
        ground=form.ground,
        measure=Measure(form.measure.kind, form.measure.expires, form.measure.review) if form.measure else None,
        renews=form.renews,
        decision=form.decision,
        public=form.public,
        line=line,
    )


def _scales(per: str) -> str:
    if not per:
        return "once"
    return words.ARISING.get(per, "site")


def _people(form: PeopleForm, per: str) -> PeopleNeed:
    """Without `from`, the station responsible for a place fills its posts, anyone in the bureau all others."""
    source = form.source or ("place" if per in words.SITE_KINDS else "force")
    return PeopleNeed(form.qualification, form.count, form.shifts, source, form.handles)
