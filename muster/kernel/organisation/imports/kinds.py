"""The kinds of table that can be imported, with the headings that strangers give their columns."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from muster.kernel.organisation.choices import AreaKind, PersonKind, SiteKind, UnitKind
from muster.kernel.organisation.imports import cells, people, places, units
from muster.kernel.organisation.imports.rows import Field, Kind
from muster.kernel.tables import Column

_PERSON_WORDS: Final = {
    "警员": "officer",
    "警察": "officer",
    "正式民警": "officer",
    "辅警人员": "auxiliary",
    "联络员": "liaison",
}
_UNIT_WORDS: Final = {"市局": "bureau", "公安局": "bureau", "派出所": "station", "所": "station", "大队": "special"}


def _code(*synonyms: str) -> Field:
    return Field(Column("code", required=True, synonyms=("编码", "代码", *synonyms)), cells.code)


_NAME_ZH: Final = Field(Column("name_zh", synonyms=("名称", "中文名称", "chinese name", "name")), cells.words(120))
_NAME_EN: Final = Field(Column("name_en", synonyms=("英文名称", "english name")), cells.words(160))
_LON: Final = Field(Column("lon", synonyms=("经度", "longitude", "lng")), cells.degrees(180))
_LAT: Final = Field(Column("lat", synonyms=("纬度", "latitude")), cells.degrees(90))
_AREA: Final = Field(Column("area", synonyms=("辖区", "区域", "所属区域", "区域编码", "area code")), cells.reference)
_ACTIVE: Final = ("启用", "是否启用", "状态", "active")

UNITS: Final = Kind(
    name="units",
    title=_("Units"),
    fields=(
        _code("单位编码", "单位代码", "机构代码", "unit code"),
        Field(Column("kind", synonyms=("类型", "单位类型", "类别", "type")), cells.choice(UnitKind, _UNIT_WORDS)),
        Field(
            Column("name_zh", synonyms=("名称", "单位名称", "机构名称", "中文名称", "name", "unit")), cells.words(120)
        ),
        _NAME_EN,
        Field(
            Column("parent", synonyms=("上级", "上级单位", "上级编码", "上级单位编码", "parent unit", "parent code")),
            cells.reference,
        ),
        _AREA,
        Field(Column("cohort", synonyms=("班组", "编组")), cells.words(8)),
        Field(Column("is_active", synonyms=_ACTIVE), cells.truth),
    ),
    needed=units.needed_of_unit,
    existing=units.existing_units,
    resolve=units.resolve_units,
    check=units.check_units,
    differs=places.differs_in_place,
)
PEOPLE: Final = Kind(
    name="people",
    title=pgettext_lazy("organisation", "People"),
    fields=(
        _code("警号", "编号", "工号", "人员编号", "service number", "number"),
        Field(
            Column("kind", synonyms=("身份", "人员类别", "人员类型", "类别", "类型", "type")),
            cells.choice(PersonKind, _PERSON_WORDS),
        ),
        Field(Column("name_zh", synonyms=("姓名", "中文姓名", "name", "chinese name")), cells.words(80)),
        Field(Column("name_en", synonyms=("英文姓名", "英文名", "english name")), cells.words(120)),
        Field(
            Column(
                "phone", synonyms=("电话", "手机", "手机号", "手机号码", "联系电话", "联系方式", "telephone", "mobile")
            ),
            cells.phone,
        ),
        Field(
            Column("unit", synonyms=("单位", "所属单位", "所在单位", "单位编码", "单位代码", "unit code")),
            cells.reference,
        ),
        Field(Column("partner", synonyms=("协作单位", "协作单位编码", "partner code")), cells.reference),
        Field(Column("qualifications", synonyms=("能力", "资质", "资格", "技能", "qualification")), cells.several),
        Field(Column("active", synonyms=("在职", "是否在职", "在岗", "状态")), cells.truth),
    ),
    needed=people.needed_of_person,
    existing=people.existing_people,
    resolve=people.resolve_people,
    check=people.check_people,
    differs=people.differs_in_person,
)
AREAS: Final = Kind(
    name="areas",
    title=_("Areas"),
    fields=(
        _code("区域编码", "行政区划代码", "area code"),
        Field(Column("kind", synonyms=("类型", "级别", "区域级别", "level")), cells.choice(AreaKind)),
        _NAME_ZH,
        _NAME_EN,
        Field(
            Column("parent", synonyms=("上级", "上级区域", "上级编码", "parent area", "parent code")), cells.reference
        ),
        Field(Column("population", synonyms=("人口", "常住人口", "inhabitants")), cells.whole),
        _LON,
        _LAT,
    ),
    needed=places.needed_of_area,
    existing=places.existing_areas,
    resolve=places.resolve_areas,
    check=places.check_areas,
    differs=places.differs_in_place,
)
SITES: Final = Kind(
    name="sites",
    title=_("Sites"),
    fields=(
        _code("点位编码", "场所编码", "site code"),
        Field(Column("kind", synonyms=("类型", "点位类型", "场所类型", "type")), cells.choice(SiteKind)),
        _NAME_ZH,
        _NAME_EN,
        _AREA,
        Field(Column("unit", synonyms=("责任单位", "单位", "单位编码", "unit code")), cells.reference),
        _LON,
        _LAT,
        Field(Column("is_standing", synonyms=("常设", "是否常设", "standing")), cells.truth),
        Field(Column("capacity", synonyms=("容量", "床位", "床位数", "人数")), cells.whole),
        Field(Column("is_active", synonyms=_ACTIVE), cells.truth),
    ),
    needed=places.needed_of_site,
    existing=places.existing_sites,
    resolve=places.resolve_sites,
    check=places.check_sites,
    differs=places.differs_in_place,
)
KINDS: Final = {kind.name: kind for kind in (UNITS, PEOPLE, AREAS, SITES)}


def columns_of(kind: Kind) -> list[Column]:
    """The columns that a kind's table may have."""
    return [field.column for field in kind.fields]
