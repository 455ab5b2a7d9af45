"""The organisation over HTTP: units, people by service number, roles, areas, sites, and the commands of the pages."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, File, Form, Router, Schema
from ninja.files import UploadedFile

from muster.kernel.access.actors import actor_behind
from muster.kernel.access.purposes import EMERGENCY_RESPONSE, KEEP_ORGANISATION
from muster.kernel.commands.http import receipt_response
from muster.kernel.organisation import queries, services
from muster.kernel.organisation.boundaries import BoundaryRow
from muster.kernel.organisation.choices import AreaKind, SiteKind
from muster.kernel.organisation.models import ImportPreview
from muster.kernel.organisation.queries import pages
from muster.kernel.organisation.queries.details import Details, details_of
from muster.kernel.organisation.queries.people import PAGE
from muster.kernel.organisation.rows import TeamRow
from muster.kernel.organisation.views.importing import content_of
from muster.kernel.organisation.views.people import may_reach

router = Router()
Datum = Literal["wgs84", "gcj02", "bd09"]


class UnitOut(Schema):
    """A unit; `officers` and `auxiliaries` count those below it too, `own` those in it alone."""

    code: str
    kind: str
    name_zh: str
    name_en: str
    parent: str
    area: str
    is_active: bool
    officers: int
    auxiliaries: int
    own: int


class UnitDetailOut(UnitOut):
    """A unit with its strength by qualification and the roles held for it."""

    strength: dict[str, int]
    roles: list[dict[str, Any]]


class PersonOut(Schema):
    """A person by service number; what he is called is not told here."""

    code: str
    kind: str
    unit: str
    partner: str
    active: bool
    qualifications: list[str]
    lent_to: list[str]


class DetailsOut(Schema):
    """What a person is called and how he is reached: show it, do not keep it."""

    name_zh: str
    name_en: str
    phone: str


class PeopleOut(Schema):
    """People and from where the next ones are asked for; 0 when there are no more."""

    people: list[PersonOut]
    next_start: int


class RoleOut(Schema):
    """A role for a unit, with service numbers of holder (empty: vacant) and deputies in order."""

    role: str
    unit: str
    holder: str
    deputies: list[str]
    deputies_missing: int


class TeamIn(Schema):
    """A team of a unit with service numbers of its members."""

    code: Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
    name_zh: Annotated[str, Field(max_length=120)]
    name_en: Annotated[str, Field(max_length=160)]
    unit: str
    members: list[str] = []


class TeamOut(TeamIn):
    """A team as it is now."""


class AreaOut(Schema):
    """An area; `boundary` is GeoJSON in WGS-84."""

    code: str
    kind: str
    name_zh: str
    name_en: str
    parent: str
    population: int | None
    boundary: dict[str, Any] | None
    lon: float
    lat: float


class SiteOut(Schema):
    """A site in an area and district, for which a unit answers; coordinates in WGS-84."""

    code: str
    kind: str
    name_zh: str
    name_en: str
    area: str
    district: str
    unit: str
    lon: float
    lat: float
    is_standing: bool
    capacity: int | None


class PreviewOut(Schema):
    """What importing a file would do; problems by row. `key` was given by the client and is not told again."""

    id: UUID
    kind: str
    file_name: str
    file_sha256: str
    added: int
    changed: int
    same: int
    problems: int
    rows: list[dict[str, Any]]
    problem_rows: list[dict[str, Any]]
    ignored: list[str]


class ImportAsked(Schema):
    """How to read an uploaded file; `key` is 32 bytes in URL-safe base 64, made by the client."""

    kind: Literal["units", "people", "areas", "sites"]
    key: str
    datum: Datum = "wgs84"
    sheet: str = Field("", max_length=64)


class KeyGiven(Schema):
    """The key with which the file was prepared."""

    key: str


class PeopleGiven(Schema):
    """Service numbers; for a role in order, the holder first."""

    people: list[str]


class LoanAsked(PeopleGiven):
    """Who is lent, and to which team or unit."""

    team: str = ""
    unit: str = ""


class UnitGiven(Schema):
    """A unit, by code."""

    unit: str


class SiteFacts(Schema):
    """What changes about a site; what is left out stays."""

    is_standing: bool | None = None
    is_active: bool | None = None
    capacity: int | None = Field(None, ge=0, le=1_000_000)


class BoundaryIn(Schema):
    """The boundary of an area as GeoJSON in `datum`: wgs84, gcj02 or bd09."""

    area: str
    geometry: dict[str, Any]
    datum: Datum = "wgs84"


def _unit(line: pages.UnitLine) -> dict[str, Any]:
    node = line.node
    names = ("code", "kind", "name_zh", "name_en", "parent", "area", "is_active")
    facts = {name: getattr(node, name) for name in names}
    return {**facts, "officers": line.officers, "auxiliaries": line.auxiliaries, "own": line.own}


@router.get("/units", url_name="organisation_units", response=list[UnitOut])
def units(request: HttpRequest) -> list[dict[str, Any]]:
    """All units, each parent before its children, with their people."""
    return [_unit(line) for line in pages.unit_lines(actor_behind(request).now)]


@router.get("/units/{code}", url_name="organisation_unit", response=UnitDetailOut)
def unit(request: HttpRequest, code: str) -> dict[str, Any]:
    """One unit."""
    now = actor_behind(request).now
    lines = pages.unit_lines(now)
    found = next((line for line in lines if line.node.code == code), None)
    if found is None:
        raise Http404
    held = [{"role": post.role, "person": post.person, "rank": post.rank} for post in pages.posts_of_unit(code, now)]
    return {
        **_unit(found),
        "strength": {skill.code: skill.people for skill in pages.skills_of(code, now, [line.node for line in lines])},
        "roles": held,
    }


@router.get("/people", url_name="organisation_people", response=PeopleOut)
def people(request: HttpRequest, number: str = "", unit: str = "", start: int = 0) -> dict[str, Any]:
    """People of a unit, or whose service number begins with `number`, 50 at a time; there is no search by name."""
    now, first = actor_behind(request).now, max(start, 0)
    if unit:
        found = queries.people_of_unit(unit, now, start=first, limit=PAGE + 1)
    else:
        found = queries.people_search(number, now, start=first, limit=PAGE + 1)
    return {"people": found[:PAGE], "next_start": first + PAGE if len(found) > PAGE else 0}


@router.get("/people/{code}", url_name="organisation_person", response=PersonOut)
def person(request: HttpRequest, code: str) -> queries.PersonView:
    """One person by the exact service number."""
    found = queries.person(code, actor_behind(request).now)
    if found is None:
        raise Http404
    return found


@router.post("/people/{code}/reach", url_name="organisation_reach", response=DetailsOut)
def reach(request: HttpRequest, code: str) -> Details:
    """Name and telephone, to reach a person in an emergency; the reading is in the log before the answer."""
    return _details(request, code, EMERGENCY_RESPONSE)


@router.post("/people/{code}/correct", url_name="organisation_correct", response=DetailsOut)
def correct(request: HttpRequest, code: str) -> Details:
    """Name and telephone, to keep the bureau's record correct; the reading is in the log before the answer."""
    return _details(request, code, KEEP_ORGANISATION)


def _details(request: HttpRequest, code: str, purpose: str) -> Details:
    by = actor_behind(request)
    found = queries.person(code, by.now)
    if found is None or not may_reach(request, found):
        raise Http404
    return details_of(by=by, people=[found.id], purpose=purpose)[found.id]


@router.get("/roles", url_name="organisation_roles", response=list[RoleOut])
def roles(request: HttpRequest, incomplete: bool = False) -> list[dict[str, Any]]:
    """Each command role for each unit for which it is to be held."""
    return [
        {
            "role": line.role.code,
            "unit": line.unit,
            "holder": line.holder.person if line.holder else "",
            "deputies": [deputy.person for deputy in line.deputies],
            "deputies_missing": line.deputies_missing,
        }
        for line in pages.role_lines(actor_behind(request).now, incomplete=incomplete)
    ]


@router.get("/areas", url_name="organisation_areas", response=list[AreaOut])
def areas(request: HttpRequest, kind: AreaKind = AreaKind.DISTRICT) -> list[queries.District]:
    """Areas of a kind, with boundaries."""
    return queries.areas(kind.value)


@router.get("/sites", url_name="organisation_sites", response=list[SiteOut])
def sites(request: HttpRequest, kind: SiteKind | None = None, district: str | None = None) -> list[queries.SiteView]:
    """Active sites, of a kind and in a district if asked."""
    return queries.sites(kind.value if kind else None, district)


@router.post("/imports", url_name="organisation_import", response=PreviewOut)
def prepare(request: HttpRequest, asked: Form[ImportAsked], file: File[UploadedFile]) -> dict[str, Any]:
    """Look at a file: what each row would do. Nothing of the organisation is written."""
    found: ImportPreview = services.import_prepare(
        by=actor_behind(request), content=content_of(file), file_name=file.name or "", **asked.dict()
    )
    told = {name: getattr(found, name) for name in ("id", "kind", "file_name", "file_sha256")}
    return {**found.outcome, **told, "problem_rows": found.problems}


@router.post("/imports/{pk}/confirm", url_name="organisation_import_confirm")
def confirm(request: HttpRequest, pk: UUID, given: KeyGiven) -> HttpResponse:
    """Do what the preview showed, all of it or nothing; the answer is the receipt."""
    return receipt_response(services.import_confirm.receive(by=actor_behind(request), preview=pk, key=given.key))


@router.post("/boundaries", url_name="organisation_boundaries")
def boundaries(request: HttpRequest, rows: list[BoundaryIn]) -> HttpResponse:
    """Set boundaries of areas, all of them or none; the answer is the receipt."""
    given = [BoundaryRow(row.area, row.geometry, row.datum) for row in rows]
    return receipt_response(services.area_boundaries_set.receive(by=actor_behind(request), rows=given))


@router.get("/teams", url_name="organisation_teams", response=list[TeamOut])
def teams(request: HttpRequest, unit: str = "") -> list[dict[str, Any]]:
    """Active teams with the service numbers of their members, of one unit if asked."""
    found = queries.teams(actor_behind(request).now, unit or None)
    names = ("code", "name_zh", "name_en")
    return [
        {**{name: getattr(one.team, name) for name in names}, "unit": one.unit, "members": list(one.members)}
        for one in found
    ]


@router.post("/teams", url_name="organisation_teams")
def team_add(request: HttpRequest, rows: list[TeamIn]) -> HttpResponse:
    """Form teams with their members; the answer is the receipt."""
    given = [TeamRow(**{**row.dict(), "members": tuple(row.members)}) for row in rows]
    return receipt_response(services.teams_add.receive(by=actor_behind(request), rows=given))


@router.post("/teams/{code}/close", url_name="organisation_close_team")
def team_close(request: HttpRequest, code: str) -> HttpResponse:
    """Dissolve a team; the answer is the receipt."""
    return receipt_response(services.team_close.receive(by=actor_behind(request), team=code))


@router.post("/roles/{code}/{unit}", url_name="organisation_role_fill")
def role_fill(request: HttpRequest, code: str, unit: str, given: PeopleGiven) -> HttpResponse:
    """Fill a role for a unit from now on; the answer is the receipt."""
    by = actor_behind(request)
    return receipt_response(services.role_fill.receive(by=by, role=code, unit=unit, people=given.people))


@router.post("/people/{code}/transfer", url_name="organisation_transfer")
def transfer(request: HttpRequest, code: str, given: UnitGiven) -> HttpResponse:
    """Move a person to another unit for good; the answer is the receipt."""
    return receipt_response(services.person_transfer.receive(by=actor_behind(request), person=code, unit=given.unit))


@router.post("/loans", url_name="organisation_lend")
def lend(request: HttpRequest, asked: LoanAsked) -> HttpResponse:
    """Lend people to a team or a unit; the answer is the receipt."""
    return receipt_response(services.secondments_start.receive(by=actor_behind(request), **asked.dict()))


@router.post("/loans/end", url_name="organisation_return")
def bring_back(request: HttpRequest, asked: LoanAsked) -> HttpResponse:
    """People come back; the answer is the receipt."""
    return receipt_response(services.secondments_end.receive(by=actor_behind(request), **asked.dict()))


@router.post("/departures", url_name="organisation_leave")
def leave(request: HttpRequest, given: PeopleGiven) -> HttpResponse:
    """People leave the service; the answer is the receipt."""
    return receipt_response(services.people_leave.receive(by=actor_behind(request), people=given.people))


@router.post("/sites/{code}", url_name="organisation_site_set")
def site_set(request: HttpRequest, code: str, facts: SiteFacts) -> HttpResponse:
    """Change facts of a site; the answer is the receipt."""
    return receipt_response(services.site_set.receive(by=actor_behind(request), site=code, **facts.dict()))
