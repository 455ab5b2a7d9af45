"""The people of S City: officers and auxiliaries of each unit, partners with their liaisons, volunteers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from muster.kernel.organisation.rows import PartnerRow, PersonRow
from muster.sample.bureau import Bureau
from muster.sample.names import Word, people_names, phone
from muster.sample.size import STATIONS
from muster.sample.skills import OFFICERS_ONLY, QUALIFICATION_ROWS, Shares, shares_of

PARTNER_ROWS: Final = (
    PartnerRow("health_commission", "department", "市卫生健康委员会", "Municipal Health Commission"),
    PartnerRow("disease_control", "department", "市疾病预防控制中心", "Centre for Disease Control"),
    PartnerRow("transport", "department", "市交通运输局", "Transport Bureau"),
    PartnerRow("market_regulation", "department", "市市场监督管理局", "Market Regulation Bureau"),
    PartnerRow("education", "department", "市教育局", "Education Bureau"),
    PartnerRow("commerce", "department", "市商务局", "Commerce Bureau"),
    PartnerRow("subdistricts", "grassroots", "各街道办事处", "Subdistrict offices"),
    PartnerRow("property_companies", "enterprise", "物业服务企业", "Property companies"),
    PartnerRow("volunteers", "civic", "志愿者联合会", "Volunteer federation"),
    PartnerRow("customs", "department", "海关", "Customs"),
    PartnerRow("emergency_management", "department", "市应急管理局", "Emergency Management Bureau"),
    PartnerRow("media", "department", "市新闻宣传中心", "City news centre"),
)
LIAISONS: Final[Mapping[str, int]] = {"subdistricts": 120, "property_companies": 60, "health_commission": 6}
LIAISONS_ELSEWHERE: Final = 3
VOLUNTEERS: Final = 600
VOLUNTEER_SHARES: Final = {"community": 0.5, "language": 0.05, "medical": 0.03, "driver": 0.2}
ORDER: Final = tuple(row.code for row in QUALIFICATION_ROWS)


def force(bureau: Bureau, seed: int) -> list[PersonRow]:
    """Officers P000001 ... and auxiliaries A000001 ..., unit by unit."""
    chance = np.random.default_rng([seed, 3])
    kinds = {row.code: row.kind for row in bureau.rows}
    people: list[PersonRow] = []
    for kind, letter, heads in (("officer", "P", bureau.officers), ("auxiliary", "A", bureau.auxiliaries)):
        number = 0
        for unit, count in heads.items():
            held = qualified(count, shares_of(unit, kinds[unit], kind == "auxiliary"), kind == "officer", chance)
            codes = [f"{letter}{number + place:06d}" for place in range(1, count + 1)]
            people += [
                PersonRow(code, kind, "", unit=unit, qualifications=q) for code, q in zip(codes, held, strict=True)
            ]
            number += count
    return named(people, 0, chance)


def qualified(count: int, held: Shares, officer: bool, chance: np.random.Generator) -> list[tuple[str, ...]]:
    """Qualifications of `count` people; whoever draws none is trained for patrol."""
    codes = [code for code in ORDER if code in held and (officer or code not in OFFICERS_ONLY)]
    drawn = chance.random((count, len(codes))) < np.array([held[code] for code in codes])
    return [tuple(code for code, has in zip(codes, row, strict=True) if has) or ("patrol",) for row in drawn.tolist()]


def outside(stations: int, first: int, seed: int) -> list[PersonRow]:
    """Liaisons L0001 ... of the partners and volunteers V0001 ...; `first` is the first telephone number for them."""
    chance = np.random.default_rng([seed, 4])
    scale = max(stations / STATIONS, 0.1)
    volunteers = qualified(round(VOLUNTEERS * scale), VOLUNTEER_SHARES, False, chance)
    liaisons = [partner for row in PARTNER_ROWS for partner in [row.code] * _liaisons(row.code, scale)]
    people = [PersonRow(f"L{n:04d}", "liaison", "", partner=partner) for n, partner in enumerate(liaisons, start=1)]
    people += [
        PersonRow(f"V{n:04d}", "volunteer", "", partner="volunteers", qualifications=held)
        for n, held in enumerate(volunteers, start=1)
    ]
    return named(people, first, chance)


def _liaisons(partner: str, scale: float) -> int:
    return max(2, round(LIAISONS[partner] * scale)) if partner in LIAISONS else LIAISONS_ELSEWHERE


def named(people: Sequence[PersonRow], first: int, chance: np.random.Generator) -> list[PersonRow]:
    """The same people with names, and with telephone numbers that count up from `first`."""
    names = people_names(len(people), chance)
    return [_with_details(person, name, first + n) for n, (person, name) in enumerate(zip(people, names, strict=True))]


def _with_details(person: PersonRow, name: Word, number: int) -> PersonRow:
    return PersonRow(
        person.code, person.kind, name.zh, name.en, phone(number), person.unit, person.partner, person.qualifications
    )


def by_unit(people: Iterable[PersonRow], kind: str = "officer") -> dict[str, list[PersonRow]]:
    """People of one kind by unit, in order of service number."""
    found: dict[str, list[PersonRow]] = {}
    for person in people:
        if person.kind == kind:
            found.setdefault(person.unit, []).append(person)
    return found
