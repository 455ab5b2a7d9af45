"""The shape of a plan as people write it. The JSON Schema of `json_schema` is made from these classes."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from muster.engines.plan import words
from muster.engines.plan.conditions import NO_CONDITION
from muster.engines.plan.notation import (
    ConditionText,
    Day,
    Due,
    Duration,
    LevelNumber,
    Line,
    Prose,
    Source,
    Switch,
    Zone,
    named,
    number,
    one_of,
    wrong,
)
from muster.engines.plan.text import Text

LANGUAGE: Final = "muster-plan/1"
_NAME = r"[a-z][a-z0-9_]{0,39}"

Name = Annotated[
    str,
    named(
        _NAME,
        Text("小写字母、数字和 _ 组成的名称（最多 40 个字符）", "a name of small letters, figures and _ (at most 40)"),
    ),
]
ClauseId = Annotated[
    str,
    named(
        r"[A-Z][A-Z0-9-]{0,15}",
        Text(
            "编号，例如 K01（大写字母、数字和 -，最多 16 个字符）",
            "an id such as K01 (capitals, figures and -; at most 16)",
        ),
    ),
]
UnitCode = Annotated[
    str, named(r"[A-Z][A-Z0-9-]{0,31}", Text("单位代码，例如 TRAFFIC", "a unit's code such as TRAFFIC"))
]
PlanId = Annotated[str, named(r"[A-Z0-9][A-Z0-9-]{0,63}", Text("编号，例如 S-PHE-01", "an id such as S-PHE-01"))]
Version = Annotated[
    str,
    named(
        r"\d{1,4}(\.\d{1,4}){1,2}(\+[0-9a-z]{1,16})?", Text("版本号，例如 3.0", "a version such as 3.0"), unquoted=True
    ),
]
Months = Annotated[int, number(int, 1, 1200)]
Days = Annotated[int, number(int, 0, 365)]
Count = Annotated[int, number(int, 0, 100_000)]
Shifts = Annotated[int, number(int, 0, 6)]
Handles = Annotated[int, number(int, 1, 100_000)]
Amount = Annotated[float, number(float, 0, 1_000_000)]
Item = Annotated[str, one_of(words.ITEMS, Text("物资", "item"))]
Partner = Annotated[str, one_of(words.PARTNERS, Text("协作单位", "partner"))]
Per = Annotated[str, one_of((*words.SITE_KINDS, *words.ARISING), Text("点位或事项类别", "kind of place or event"))]


class Form(BaseModel):
    """A mapping of known words; a word without a value, or with an empty one, counts as not written."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {key: one for key, one in value.items() if one not in (None, "") or key not in cls._known()}

    @classmethod
    def _known(cls) -> frozenset[str]:
        """An unknown word is told even without a value: a comma in words without quotes makes one of their rest."""
        return frozenset(field.alias or name for name, field in cls.model_fields.items())


class TextForm(Form):
    """The same words in both languages; one that is missing is a finding of the checks."""

    zh: Prose = ""
    en: Prose = ""

    @model_validator(mode="after")
    def _says_something(self) -> TextForm:
        if not (self.zh or self.en):
            expected = Text("zh 和 en 两种文字", "words in `zh` and `en`")
            raise wrong(
                Text("没有文字", "no words"), expected, Text("写 `{zh: ..., en: ...}`", "write `{zh: ..., en: ...}`")
            )
        return self


class GroundForm(Form):
    """A legal basis; `until` is its last day in force."""

    title: TextForm
    articles: Line = ""
    until: Day | None = None


class AuthorityForm(Form):
    """Who may set which level."""

    declared_by: Line
    system_may: Annotated[str, one_of(["recommend"], Text("系统权限", "power of the system"))] = "recommend"
    above_government: Annotated[int, number(int, 0, 3)] = 1
    above_needs: Line
    below_needs: Line
    persons: Annotated[int, number(int, 1, 9)] = 2
    record: tuple[Name, ...] = ()
    rules: tuple[TextForm, ...] = ()


class GradeForm(Form):
    id: Name
    name: TextForm


class GradingsForm(Form):
    """The three scales beside the response level, each from the highest down."""

    event_grade: tuple[GradeForm, ...] = ()
    warning_colour: tuple[GradeForm, ...] = ()
    duty_grade: tuple[GradeForm, ...] = ()


class LevelForm(Form):
    """A response level: `trigger` proposes it, `release` held on `held_days` days in a row proposes the next lower."""

    name: TextForm
    colour: Name = ""
    duty_grade: Name = ""
    activated_by: Name = ""
    trigger: ConditionText = Field(default_factory=lambda: NO_CONDITION)
    release: ConditionText = Field(default_factory=lambda: NO_CONDITION)
    held_days: Days = 1
    review: Duration = timedelta(hours=72)
    report_every: Duration = timedelta(hours=24)


class RoleForm(Form):
    """A command role, once in `unit` or once `per` sub_bureau or station."""

    title: TextForm
    unit: UnitCode = ""
    per: Annotated[str, one_of(["sub_bureau", "station"], Text("单位类别", "kind of unit"))] = ""
    holder: Line = ""
    deputies: tuple[Line, ...] = ()
    qualification: Annotated[str, one_of(["", *words.QUALIFICATIONS], Text("资格", "qualification"))] = ""


class StandardForm(Form):
    """A protection standard: items of one officer in one shift."""

    title: TextForm
    items: Annotated[dict[Item, Amount], Field(min_length=1)]


class PeopleForm(Form):
    """`count` people of a qualification in each of `shifts` shifts a day; `handles` events a day by one such crew."""

    qualification: Annotated[str, one_of(words.QUALIFICATIONS, Text("资格", "qualification"))]
    count: Count
    shifts: Shifts = 1
    source: Annotated[Source, Field(alias="from")] = ""
    handles: Handles = 1


class SupplyForm(Form):
    """Items beside the protection standard."""

    item: Item
    quantity: Amount
    basis: Annotated[str, one_of(["officer_shift", "day", "event"], Text("计量方式", "basis"))]


class MeasureForm(Form):
    """A restriction of people's rights."""

    kind: Name
    expires: Duration | None = None
    review: Duration | None = None


class ClauseForm(Form):
    """One typed step of a plan. It has either `levels` or `on`; without `per` it is done once for the operation.

    What a clause should have and may lack (an actor, evidence, a moment at which it starts) is for the checks to say,
    with the plan loaded; here stands only what could not be read at all.
    """

    id: ClauseId
    title: TextForm
    text: TextForm | None = None
    phase: Annotated[str, one_of(["prevention", "preparedness", "response", "recovery"], Text("阶段", "phase"))] = (
        "response"
    )
    annex: Line = ""
    actor: Name = ""
    action: Annotated[str, one_of(words.ACTION_KINDS, Text("动作类别", "kind of action"))]
    levels: tuple[LevelNumber, ...] = ()
    on: Annotated[str, one_of(["level_down", "stand_down"], Text("时刻", "moment"))] = ""
    due: Due
    every: Duration | None = None
    after: tuple[ClauseId, ...] = ()
    per: Per = ""
    people: tuple[PeopleForm, ...] = ()
    standard: Name = ""
    supplies: tuple[SupplyForm, ...] = ()
    partners: tuple[Partner, ...] = ()
    evidence: tuple[Name, ...] = ()
    ends: TextForm | None = None
    data_class: Annotated[str, one_of(words.DATA_CLASSES, Text("数据级别", "class of data"))] = "none"
    ground: Name = ""
    measure: MeasureForm | None = None
    renews: ClauseId = ""
    decision: Switch = False
    public: Switch = False


class PlanForm(Form):
    """A contingency plan in the plan language."""

    language: Annotated[Literal["muster-plan/1"], Field(alias="schema")] = LANGUAGE
    plan: PlanId
    version: Version
    title: TextForm
    unit: UnitCode = ""
    zone: Zone = "Asia/Shanghai"
    legal_basis: dict[Name, GroundForm] = {}
    reviewed_on: Day | None = None
    review_months: Months = 36
    exercise_months: Months = 12
    authority: AuthorityForm
    gradings: GradingsForm = GradingsForm()
    fresh_for: Duration = timedelta(hours=36)
    levels: Annotated[dict[LevelNumber, LevelForm], Field(min_length=1)]
    roles: Annotated[dict[Name, RoleForm], Field(min_length=1)]
    standards: dict[Name, StandardForm] = {}
    reserve_days: dict[Item, Days] = {}
    clauses: Annotated[tuple[ClauseForm, ...], Field(min_length=1)]

    def content(self) -> dict[str, Any]:
        """The canonical content: what differs between two plans differs here, and nothing else does."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
