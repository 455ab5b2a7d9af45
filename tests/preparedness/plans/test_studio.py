"""The plan studio: from an empty draft to a plan, clause by clause and as text, and nobody's work is lost."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from muster.engines.plan.editing import clauses_of
from muster.kernel.access.roles import BUREAU, PLANS_OFFICER
from muster.preparedness.plans import queries, services
from muster.preparedness.plans.models import Draft, DraftRevision, PlanVersion, Remark
from muster.preparedness.plans.studio.opening import frame
from tests.engines.plan.faults import shipped
from tests.kernel.organisation.browser import reader
from tests.preparedness.plans.conftest import officer, text_of

pytestmark = pytest.mark.django_db
CITY = "S-PHE-01.yaml"


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def opened(text: str | None = None) -> Draft:
    return services.draft_open(by=officer(), code="S-PHE-01", text=text_of(CITY) if text is None else text)


def post(client: Client, path: str, **data: Any) -> Any:
    return client.post(path, {"command_id": str(uuid4()), **data}, HTTP_ACCEPT_LANGUAGE="en")


def now(draft: Draft) -> Draft:
    found = queries.draft(draft.pk)
    assert found is not None
    return found


def form_of(client: Client, draft: Draft, key: str) -> dict[str, Any]:
    """The fields of a clause's form as a browser would send them back."""
    entry = client.get(f"/plans/studio/{draft.pk}/clause/{key}/").context["entry"]
    sent: dict[str, Any] = {"base_revision": draft.revision, "key": key}
    for name, value in entry.items():
        if isinstance(value, str):
            sent[name] = value
        elif isinstance(value, dict):
            sent |= {f"{name}-{part}": one for part, one in value.items()}
        elif value and isinstance(value[0], dict):
            sent |= {f"{name}-{at}-{part}": one for at, row in enumerate(value) for part, one in row.items()}
        else:
            sent[name] = value
    return {name: value for name, value in sent.items() if name not in ("decision", "public") or value == "true"}


def test_every_form_of_the_shipped_plan_goes_out_and_comes_back_without_a_byte_of_difference() -> None:
    draft = opened()
    client = reader(PLANS_OFFICER)
    for key, _said in clauses_of(draft.text):
        answer = post(client, f"/plans/studio/{draft.pk}/clause/{key}/", **form_of(client, draft, key))
        assert answer.status_code == 302, key
    assert now(draft).text == text_of(CITY)
    assert now(draft).revision == 1


def test_everybody_in_the_bureau_reads_a_draft_and_only_plans_officers_write() -> None:
    draft = opened()
    base = f"/plans/studio/{draft.pk}/"
    pages = ["", "clause/K03/", "clause/new/", "head/", "text/", "order/", "comments/", "word/"]
    for role in sorted(BUREAU):
        client = reader(role)
        assert {client.get(base + page).status_code for page in pages} == {200}
        assert client.get("/plans/drafts/").status_code == 200
        writes = post(client, f"{base}text/", text=draft.text, base_revision=1)
        assert writes.status_code == (302 if role == PLANS_OFFICER else 404), role


def test_a_draft_is_opened_with_a_frame_and_its_first_clause_is_written_in_a_form() -> None:
    client = reader(PLANS_OFFICER)
    answer = post(client, "/plans/drafts/", code="S-NEW", title_zh="新预案")
    assert answer.status_code == 302
    draft = Draft.objects.get(code="S-NEW")
    fields = {"id": "A01", "title-zh": "值守", "title-en": "Watch", "action": "command", "due": "2h", "levels": ["I"]}
    fields |= {"actor": "commander", "evidence": "order", "people-0-qualification": "patrol", "people-0-count": "3"}
    saved = post(client, f"/plans/studio/{draft.pk}/clause/new/", base_revision=1, **fields)
    assert saved.status_code == 302
    plan = queries.draft_plan(now(draft))
    assert not isinstance(plan, tuple), plan
    clause = plan.clause("A01")
    assert (clause.title.zh, clause.levels, clause.actor, clause.people[0].count) == ("值守", {1}, "commander", 3)
    assert plan.title.zh == "新预案"


def test_the_live_check_says_what_would_be_found_and_saves_nothing() -> None:
    draft = opened()
    client = reader(PLANS_OFFICER)
    form = form_of(client, draft, "K03") | {"measure-expires": ""}
    told = client.post(f"/plans/studio/{draft.pk}/check/", form).content.decode()
    assert "P502" in told
    assert "K03" in told
    assert now(draft).revision == 1
    silly = client.post(f"/plans/studio/{draft.pk}/check/", form | {"due": "soon"}).content.decode()
    assert "`soon` is no duration" in silly
    taken = client.post(f"/plans/studio/{draft.pk}/check/", form | {"id": "K01"}).content.decode()
    assert "the id K01 is taken" in taken


def test_two_who_edit_other_clauses_are_both_kept() -> None:
    draft = opened()
    client = reader(PLANS_OFFICER)
    mine = form_of(client, draft, "K03") | {"due": "7h"}
    theirs = form_of(client, draft, "C01") | {"due": "2h"}
    assert post(client, f"/plans/studio/{draft.pk}/clause/C01/", **theirs).status_code == 302
    assert post(client, f"/plans/studio/{draft.pk}/clause/K03/", **mine).status_code == 302
    said = dict(clauses_of(now(draft).text))
    assert (said["C01"]["due"], said["K03"]["due"]) == ("2h", "7h")


def test_two_who_edit_one_clause_choose_and_neither_text_is_lost() -> None:
    draft = opened()
    client = reader(PLANS_OFFICER)
    mine = form_of(client, draft, "K03") | {"due": "7h"}
    post(client, f"/plans/studio/{draft.pk}/clause/K03/", **(form_of(client, draft, "K03") | {"due": "8h"}))
    answer = post(client, f"/plans/studio/{draft.pk}/clause/K03/", **mine)
    assert answer.status_code == 409
    rows = {row["key"]: row for row in answer.context["rows"]}
    assert rows["K03"]["fields"] == [("Due within", "8h", "7h")]
    assert dict(clauses_of(now(draft).text))["K03"]["due"] == "8h"
    chosen = {"mine": answer.context["mine"], "base_revision": 1, "revision": 2, "take:K03": "mine"}
    assert post(client, f"/plans/studio/{draft.pk}/merge/", **chosen).status_code == 302
    assert dict(clauses_of(now(draft).text))["K03"]["due"] == "7h"
    assert {"7h", "8h"} <= {dict(clauses_of(one.text))["K03"]["due"] for one in DraftRevision.objects.all()}


def test_a_text_that_is_no_plan_is_kept_and_its_mistakes_are_told_by_line() -> None:
    draft = opened()
    client = reader(PLANS_OFFICER)
    broken = text_of(CITY).replace("    due: 6h\n", '    due: "6h\n', 1)
    assert post(client, f"/plans/studio/{draft.pk}/text/", text=broken, base_revision=1).status_code == 302
    assert now(draft).text == broken
    page = client.get(f"/plans/studio/{draft.pk}/text/")
    assert page.context["sheet"].broken
    assert page.context["problems"][0].line > 0
    assert client.get(f"/plans/studio/{draft.pk}/").status_code == 302
    whole = post(client, f"/plans/studio/{draft.pk}/text/", text=text_of(CITY), base_revision=2)
    assert whole.status_code == 302
    assert client.get(f"/plans/studio/{draft.pk}/").status_code == 200


BAD = {
    "bomb": "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b]\n",
    "list": "- a\n- b\n",
    "word": "nothing at all",
    "empty": "",
    "deep": "a: " + "[" * 400 + "]" * 400,
    "tab": "plan: X\n\tclauses: []\n",
    "twice": "plan: X\nclauses:\n  - id: A1\n  - id: A1\n    after: [A1]\n",
    "odd": "plan: X\nclauses:\n  - A1\n  - [A2]\n  - {id: [x], title: 3, levels: I, people: 4, after: {a: b}}\n",
    "scalar": "plan: X\nclauses: 4\nroles: [a]\nlegal_basis: x\nlevels: {I: 4}\n",
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_whatever_text_is_in_a_draft_every_page_of_it_opens(text: str) -> None:
    draft = opened("plan: X")
    Draft.objects.filter(pk=draft.pk).update(text=text)
    client = reader(PLANS_OFFICER)
    for page in ("", "head/", "text/", "order/", "comments/", "word/", "clause/new/"):
        assert client.get(f"/plans/studio/{draft.pk}/{page}").status_code in (200, 302), page
    told = client.get(f"/plans/studio/{draft.pk}/text/").context["sheet"]
    assert told.problems
    for card in told.cards:
        assert client.get(f"/plans/studio/{draft.pk}/clause/{card.key.replace('#', '%23')}/").status_code == 200
    fields = {"id": "B1", "title-zh": "x", "action": "command", "due": "1h"}
    added = post(client, f"/plans/studio/{draft.pk}/clause/new/", base_revision=1, **fields)
    assert added.status_code in (302, 422)
    assert client.get(f"/plans/studio/compare/?from=draft:{draft.pk}&to=draft:{draft.pk}").status_code == 200


def test_a_file_in_two_encodings_is_told_by_line_and_nothing_is_opened() -> None:
    client = reader(PLANS_OFFICER)
    mixed = "plan: X\n# 中文\n".encode() + "# 中文中\n".encode("gb18030")
    answer = post(client, "/plans/drafts/", code="X", file=SimpleUploadedFile("p.yaml", mixed))
    assert answer.status_code == 422
    assert answer.context["problem"].where == "p.yaml:3"
    assert not Draft.objects.exists()
    old = "plan: X\n# 中文中\n".encode("gb18030")
    assert post(client, "/plans/drafts/", code="X", file=SimpleUploadedFile("p.yaml", old)).status_code == 302
    assert "中文中" in Draft.objects.get().text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_a_file_that_says_how_it_is_encoded_is_read_so(encoding: str) -> None:
    content = ("\ufeff" * encoding.endswith("be") + "plan: X\n# 中文中\n").encode(encoding)
    client = reader(PLANS_OFFICER)
    assert post(client, "/plans/drafts/", code="X", file=SimpleUploadedFile("p.yaml", content)).status_code == 302
    assert Draft.objects.get().text == "plan: X\n# 中文中\n"


def test_half_a_sign_of_utf16_is_told_by_its_line() -> None:
    content = "plan: X\n# 中\n".encode("utf-16") + b"\x00\xd8"
    answer = post(reader(PLANS_OFFICER), "/plans/drafts/", code="X", file=SimpleUploadedFile("p.yaml", content))
    assert answer.status_code == 422
    assert answer.context["problem"].where == "p.yaml:3"


def test_a_clause_is_moved_copied_and_removed() -> None:
    draft = opened()
    client = reader(PLANS_OFFICER)
    act = f"/plans/studio/{draft.pk}/act/"
    down = {"key": "C01", "what": "down", "other-down": "C02"}
    assert post(client, act, base_revision=1, **down).status_code == 302
    assert [key for key, _said in clauses_of(now(draft).text)][:2] == ["C02", "C01"]
    assert post(client, act, base_revision=2, key="C02", what="remove").status_code == 302
    assert "C02" not in dict(clauses_of(now(draft).text))
    gone = post(client, act, base_revision=3, key="C02", what="remove")
    assert gone.status_code == 422
    copy = client.get(f"/plans/studio/{draft.pk}/clause/new/?after=K03&copy=K03").context["entry"]
    assert (copy["id"], copy["due"]) == ("", "6h")


def test_comments_answer_are_settled_and_go_with_a_renamed_clause() -> None:
    draft = opened()
    client = reader(PLANS_OFFICER)
    comments = f"/plans/studio/{draft.pk}/comments/"
    assert post(reader("duty_officer"), comments, clause="K03", text="six hours?").status_code == 302
    first = Remark.objects.get()
    assert post(client, comments, answers=first.pk, text="the government's order").status_code == 302
    assert post(client, f"{comments}{first.pk}/", settled="yes").status_code == 302
    (thread,) = queries.threads(draft)
    assert thread.is_settled
    assert [one.text for one in thread.answers] == ["the government's order"]
    form = form_of(client, draft, "K03") | {"id": "K33"}
    assert post(client, f"/plans/studio/{draft.pk}/clause/K03/", **form).status_code == 302
    assert {one.clause for one in Remark.objects.all()} == {"K33"}
    text = now(draft).text.replace("K33", "K44")
    assert post(client, f"/plans/studio/{draft.pk}/text/", text=text, base_revision=2).status_code == 302
    assert {one.clause for one in Remark.objects.all()} == {"K44"}
    assert post(client, comments, text="  ").status_code == 422


def test_the_head_is_edited_as_fields_and_as_parts() -> None:
    draft = opened()
    client = reader(PLANS_OFFICER)
    shown = client.get(f"/plans/studio/{draft.pk}/head/").context["shown"]
    assert post(client, f"/plans/studio/{draft.pk}/head/", base_revision=1, **shown).status_code == 302
    assert now(draft).text == text_of(CITY)
    roles = shown["roles"] + "\nnight_chief: {title: {zh: 夜间值班长}, unit: CMD, holder: x, deputies: [y]}"
    changed = shown | {"version": "3.1", "roles": roles}
    assert post(client, f"/plans/studio/{draft.pk}/head/", base_revision=1, **changed).status_code == 302
    plan = queries.draft_plan(now(draft))
    assert not isinstance(plan, tuple)
    assert (plan.version, "night_chief" in plan.roles) == ("3.1", True)
    wrong = post(client, f"/plans/studio/{draft.pk}/head/", base_revision=2, **(changed | {"levels": "I: [x"}))
    assert wrong.status_code == 422
    assert "levels:1" in str(wrong.context["problem"].where)


def test_any_two_texts_are_compared_with_what_it_means(third: PlanVersion) -> None:
    draft = services.draft_open(by=officer(), code="S-PHE-01", based_on=third)
    client = reader(PLANS_OFFICER)
    form = form_of(client, draft, "K03") | {"people-0-count": "5"}
    assert post(client, f"/plans/studio/{draft.pk}/clause/K03/", **form).status_code == 302
    page = client.get(f"/plans/studio/compare/?from=version:{third.pk}&to=draft:{draft.pk}")
    assert dict(page.context["difference"].changed) == {"K03": ("people",)}
    standing = sorted(shipped().clause("K03").levels)
    grown = [(level, one.after - one.before) for level, _name, one in page.context["people"]]
    assert grown == [({1: "I", 2: "II"}[level], 6) for level in standing]
    assert {one.partner for _name, one in page.context["partners"]} == set(shipped().clause("K03").partners)
    earlier = client.get(f"/plans/studio/compare/?from=draft:{draft.pk}:1&to=draft:{draft.pk}:2")
    assert dict(earlier.context["difference"].changed) == {"K03": ("people",)}
    for wrong in ("draft:999", "version:x", "x", "draft:1:77:3"):
        assert client.get(f"/plans/studio/compare/?from={wrong}&to={wrong}").status_code == 200


@pytest.mark.parametrize("many", [1500, 5000])
def test_a_draft_of_very_many_clauses_stays_usable(many: int) -> None:
    """Its cards come by the page, a clause is edited, and the findings, or what hinders them, follow when asked for."""
    row = "  - {{id: A{0}, title: {{zh: 第{0}步}}, action: command, due: 1h}}".format
    text = frame("S-PHE-01", "大", "Large") + "\nclauses:\n" + "\n".join(map(row, range(many))) + "\n"
    draft = opened(text)
    client = reader(PLANS_OFFICER)
    page = client.get(f"/plans/studio/{draft.pk}/")
    assert (page.context["shown"], page.context["sheet"].unchecked) == (many, True)
    assert page.content.decode().count("st-card") < 100
    form = form_of(client, draft, "A7") | {"due": "3h"}
    assert post(client, f"/plans/studio/{draft.pk}/clause/A7/", **form).status_code == 302
    assert dict(clauses_of(now(draft).text))["A7"]["due"] == "3h"
    told = client.get(f"/plans/studio/{draft.pk}/findings/").context["sheet"]
    assert told.findings or told.problems
