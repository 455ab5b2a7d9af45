"""What stands outside a plan's clauses is edited in forms: nothing is lost, and two who edit two entries are kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from muster.engines.plan.editing import head_of
from muster.kernel.access.roles import DUTY_OFFICER, PLANS_OFFICER
from muster.preparedness.plans import queries, services
from muster.preparedness.plans.models import Draft
from muster.preparedness.plans.studio.fields import BOTH, BOXES
from muster.preparedness.plans.studio.head_forms import PARTS
from tests.engines.plan.faults import shipped
from tests.kernel.organisation.browser import reader
from tests.preparedness.plans.conftest import officer, text_of
from tests.preparedness.plans.test_studio import BAD, now, post

pytestmark = pytest.mark.django_db
CITY = "S-PHE-01.yaml"


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def opened(text: str | None = None) -> Draft:
    return services.draft_open(by=officer(), code="S-PHE-01", text=text_of(CITY) if text is None else text)


def entries_of(draft: Draft) -> list[tuple[str, str]]:
    """Every entry of every part: its part and what it is called."""
    head = head_of(draft.text)
    return [(part.name, key) for part in PARTS.values() for key in (["-"] if part.is_whole else head[part.name])]


def form_of(client: Client, draft: Draft, part: str, key: str) -> dict[str, Any]:
    """The fields of an entry's form as a browser would send them back."""
    context = client.get(f"/plans/studio/{draft.pk}/head/{part}/{key}/").context
    sent: dict[str, Any] = {"base_revision": draft.revision, "part": part, "key": key, "entry": ""}
    for row in context["rows"]:
        name, value = row["field"].name, row["value"]
        if row["field"].kind == BOTH:
            sent |= {f"{name}-{half}": one for half, one in value.items()}
        elif row["field"].kind != BOXES and isinstance(value, list):
            sent |= {f"{name}-{at}-{half}": one for at, line in enumerate(value) for half, one in line.items()}
        else:
            sent[name] = value
    return sent


def save(client: Client, draft: Draft, at_part: str, at_key: str, **form: Any) -> Any:
    return post(client, f"/plans/studio/{draft.pk}/head/{at_part}/{at_key}/", **form)


def test_every_form_of_the_shipped_plans_head_goes_out_and_comes_back_without_a_byte_of_difference() -> None:
    draft = opened()
    client = reader(PLANS_OFFICER)
    entries = entries_of(draft)
    assert {part for part, _key in entries} == set(PARTS)
    for part, key in entries:
        assert save(client, draft, part, key, **form_of(client, draft, part, key)).status_code == 302, key
    assert (now(draft).text, now(draft).revision) == (text_of(CITY), 1)


def test_the_form_of_a_clause_holds_every_word_that_a_clause_may_have() -> None:
    from muster.engines.plan.schema import ClauseForm, PeopleForm, SupplyForm
    from muster.preparedness.plans.studio import entries

    held = {*entries.TEXTS, *entries.LINES, *entries.LISTS, *entries.NAMES, *entries.ROWS, *entries.SWITCHES}
    assert held | {"data_class", "measure"} == set(ClauseForm.model_fields)
    aliases = {field.alias or name for name, field in PeopleForm.model_fields.items()}
    assert (set(entries.ROWS["people"]), set(entries.ROWS["supplies"])) == (aliases, set(SupplyForm.model_fields))


def test_the_fields_hold_every_word_that_the_language_knows() -> None:
    from muster.engines.plan import schema

    forms = {"levels": schema.LevelForm, "roles": schema.RoleForm, "authority": schema.AuthorityForm}
    forms |= {"legal_basis": schema.GroundForm, "standards": schema.StandardForm, "gradings": schema.GradingsForm}
    for part, form in forms.items():
        assert {field.name for field in PARTS[part].fields} == set(form.model_fields), part


def test_an_edit_of_a_role_changes_its_line_only_and_is_checked_while_it_is_made() -> None:
    draft = opened()
    client = reader(PLANS_OFFICER)
    form = form_of(client, draft, "roles", "legal_chief")
    told = client.post(f"/plans/studio/{draft.pk}/check/", form | {"deputies": ""}).content.decode()
    assert told.index("P402") < told.index("commander")  # what is about this role comes first
    assert now(draft).revision == 1
    deputies = "a second lawyer\n\n  法制支队副支队长 / deputy head of legal affairs "
    assert save(client, draft, "roles", "legal_chief", **form | {"deputies": deputies}).status_code == 302
    plan = queries.draft_plan(now(draft))
    assert not isinstance(plan, tuple)
    assert plan.roles["legal_chief"].deputies == ("a second lawyer", "法制支队副支队长 / deputy head of legal affairs")
    lines = [(a, b) for a, b in zip(draft.text.split("\n"), now(draft).text.split("\n"), strict=True) if a != b]
    assert len(lines) == 1


def test_a_level_an_authority_and_a_standard_say_what_their_forms_say() -> None:
    draft = opened()
    client = reader(PLANS_OFFICER)
    level = form_of(client, draft, "levels", "II") | {"trigger": "local_cases_7d >= 12", "held_days": "9"}
    assert save(client, draft, "levels", "II", **level).status_code == 302
    draft = now(draft)
    rules = {"persons": "3", "rules-5-zh": "新规则", "rules-5-en": "A new rule", "record": ["level", "matter"]}
    assert save(client, draft, "authority", "-", **form_of(client, draft, "authority", "-") | rules).status_code == 302
    draft = now(draft)
    items = form_of(client, draft, "standards", "basic") | {"items-3-item": "kn95", "items-3-quantity": "0.5"}
    assert save(client, draft, "standards", "basic", **items | {"items-0-item": ""}).status_code == 302
    plan, was = queries.draft_plan(now(draft)), shipped()
    assert not isinstance(plan, tuple)
    assert (plan.level(2).trigger.text, plan.level(2).held_days) == ("local_cases_7d >= 12", 9)
    assert (plan.level(2).release, plan.level(2).name) == (was.level(2).release, was.level(2).name)
    assert plan.authority.persons == 3
    assert plan.authority.record == ("matter", "level")
    assert [rule.en for rule in plan.authority.rules] == [*(rule.en for rule in was.authority.rules), "A new rule"]
    assert plan.standards["basic"].per_officer_shift == {"gloves_pair": 1, "disinfectant_ml": 30, "kn95": 0.5}
    assert plan.clauses == was.clauses


def test_a_role_is_added_under_a_free_name_and_removed_again() -> None:
    draft = opened()
    client = reader(PLANS_OFFICER)
    fields = {
        "base_revision": 1,
        "title-zh": "夜间值班长",
        "title-en": "Night",
        "unit": "CMD",
        "holder": "x",
        "deputies": "y",
    }
    assert save(client, draft, "roles", "new", **fields, entry="legal_chief").status_code == 422
    assert save(client, draft, "roles", "new", **fields, entry=" ").status_code == 422
    assert now(draft).revision == 1
    assert save(client, draft, "roles", "new", **fields, entry="night_chief").status_code == 302
    plan = queries.draft_plan(now(draft))
    assert not isinstance(plan, tuple)
    assert plan.roles["night_chief"].title.en == "Night"
    page = client.get(f"/plans/studio/{draft.pk}/head/").content.decode()
    assert "night_chief" in page
    assert save(client, draft, "roles", "night_chief", base_revision=2, what="remove").status_code == 302
    assert now(draft).text == text_of(CITY)


def test_two_who_edit_different_entries_are_both_kept_and_two_who_edit_one_choose() -> None:
    draft = opened()
    client = reader(PLANS_OFFICER)
    commander, lawyer, level = (
        form_of(client, draft, *entry) for entry in (("roles", "commander"), ("roles", "legal_chief"), ("levels", "II"))
    )
    assert save(client, draft, "roles", "commander", **commander | {"holder": "the mayor"}).status_code == 302
    assert save(client, draft, "roles", "legal_chief", **lawyer | {"holder": "a lawyer"}).status_code == 302
    assert save(client, draft, "levels", "II", **level | {"held_days": "8"}).status_code == 302
    head = head_of(now(draft).text)
    assert (head["roles"]["commander"]["holder"], head["roles"]["legal_chief"]["holder"]) == ("the mayor", "a lawyer")
    assert head["levels"]["II"]["held_days"] == "8"
    answer = save(client, draft, "roles", "commander", **commander | {"holder": "the deputy"})
    assert answer.status_code == 409
    rows = {row["key"]: row for row in answer.context["rows"]}
    assert rows["@roles/commander"]["label"] == "Command roles commander"
    chosen = {"mine": answer.context["mine"], "base_revision": 1, "revision": now(draft).revision}
    done = post(client, f"/plans/studio/{draft.pk}/merge/", **chosen, **{"take:@roles/commander": "mine"})
    assert done.status_code == 302
    head = head_of(now(draft).text)
    assert (head["roles"]["commander"]["holder"], head["roles"]["legal_chief"]["holder"]) == ("the deputy", "a lawyer")


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_whatever_stands_in_the_head_the_forms_open_or_are_not_there(text: str) -> None:
    draft = opened(text)
    client = reader(PLANS_OFFICER)
    for part in PARTS:
        for key in ("-", "new", "I"):
            assert client.get(f"/plans/studio/{draft.pk}/head/{part}/{key}/").status_code in (200, 302, 404)


def test_whoever_may_not_write_reads_the_forms() -> None:
    draft = opened()
    client = reader(DUTY_OFFICER)
    page = client.get(f"/plans/studio/{draft.pk}/head/roles/commander/")
    assert page.status_code == 200
    assert "disabled" in page.content.decode()
    assert save(client, draft, "roles", "commander", base_revision=1, what="remove").status_code == 404
    assert client.get(f"/plans/studio/{draft.pk}/head/roles/nobody/").status_code == 404
    assert client.get(f"/plans/studio/{draft.pk}/head/nothing/-/").status_code == 404
