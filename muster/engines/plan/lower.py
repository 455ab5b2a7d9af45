"""The shape of a plan that extends another one: what it adds, and what it narrows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from muster.engines.plan.notation import Day, Due, Duration, LevelNumber, wrong
from muster.engines.plan.schema import (
    LANGUAGE,
    AuthorityForm,
    ClauseForm,
    ClauseId,
    Days,
    Form,
    GroundForm,
    Item,
    LevelForm,
    Months,
    Name,
    Partner,
    PeopleForm,
    PlanId,
    RoleForm,
    StandardForm,
    SupplyForm,
    TextForm,
    UnitCode,
    Version,
)
from muster.engines.plan.text import Text


class ExtendsForm(Form):
    """The released version of the plan above."""

    plan: PlanId
    version: Version


class NarrowedMeasureForm(Form):
    """A restriction that ends or is reviewed earlier."""

    expires: Duration | None = None
    review: Duration | None = None


class NarrowingForm(Form):
    """A clause of the higher plan made stricter: only what is written replaces what the higher plan says."""

    clause: ClauseId
    text: TextForm | None = None
    actor: Name | None = None
    due: Due | None = None
    every: Duration | None = None
    levels: tuple[LevelNumber, ...] | None = None
    people: tuple[PeopleForm, ...] | None = None
    standard: Name | None = None
    supplies: tuple[SupplyForm, ...] | None = None
    partners: tuple[Partner, ...] | None = None
    evidence: tuple[Name, ...] | None = None
    measure: NarrowedMeasureForm | None = None

    @model_validator(mode="after")
    def _narrows_something(self) -> NarrowingForm:
        if self.model_fields_set <= {"clause"}:
            what = Text("没有写明细化什么", "does not say what it narrows")
            fields = ", ".join(name for name in type(self).model_fields if name != "clause")
            raise wrong(what, Text(f"以下之一：{fields}", f"one of {fields}"))
        return self


class LowerPlanForm(Form):
    """A plan that extends a higher one. `levels` and `authority` are read so that the checks can refuse them."""

    language: Annotated[Literal["muster-plan/1"], Field(alias="schema")] = LANGUAGE
    plan: PlanId
    version: Version
    title: TextForm
    unit: UnitCode = ""
    extends: ExtendsForm
    legal_basis: dict[Name, GroundForm] = {}
    reviewed_on: Day | None = None
    review_months: Months | None = None
    exercise_months: Months | None = None
    authority: AuthorityForm | None = None
    levels: dict[LevelNumber, LevelForm] = {}
    roles: dict[Name, RoleForm] = {}
    standards: dict[Name, StandardForm] = {}
    reserve_days: dict[Item, Days] = {}
    narrows: tuple[NarrowingForm, ...] = ()
    clauses: tuple[ClauseForm, ...] = ()

    def content(self, higher_hash: str) -> Mapping[str, Any]:
        """The canonical content: its own, and the hash of the higher plan, whose content it includes."""
        own = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        narrows = [one.model_dump(mode="json", by_alias=True, exclude_unset=True) for one in self.narrows]
        extends = {**self.extends.model_dump(mode="json"), "hash": higher_hash}
        return {**own, "extends": extends, **({"narrows": narrows} if narrows else {})}
