"""The pages of action cards: found from a version, complete, in both languages, honest about their age."""

from __future__ import annotations

import pytest

from muster.engines.plan.cards import role_card, site_kinds
from muster.engines.plan.words import SITE_KINDS
from muster.kernel.access.roles import FIELD_OFFICER, PARTNER_LIAISON
from muster.preparedness.plans import queries
from muster.preparedness.plans.models import PlanVersion
from tests.kernel.organisation.browser import reader
from tests.preparedness.plans.test_pages import page

pytestmark = pytest.mark.django_db
CARDS = "/plans/S-PHE-01/3.0/cards/"


def test_the_list_leads_to_a_card_for_each_role_and_each_kind_of_place(third: PlanVersion) -> None:
    plan, client = queries.plan_of(third), reader(FIELD_OFFICER)
    shown = page(client, CARDS)
    for address in [f"{CARDS}role/{role}/" for role in plan.roles if role_card(plan, role).clauses]:
        assert address in shown
    for kind in SITE_KINDS:
        assert (f"{CARDS}site/{kind}/" in shown) == (kind in site_kinds(plan))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_card_says_who_what_and_until_when_in_the_readers_language(third: PlanVersion, language: str) -> None:
    plan, client = queries.plan_of(third), reader(FIELD_OFFICER, language=language)
    shown = page(client, f"{CARDS}role/station_chief/")
    for clause in role_card(plan, "station_chief").clauses:
        assert clause.id in shown
        assert clause.title.in_language(language) in shown
    assert third.hash[:12] in shown


def test_the_card_of_a_place_names_the_role_that_answers_for_each_step(third: PlanVersion) -> None:
    plan = queries.plan_of(third)
    shown = page(reader(FIELD_OFFICER), f"{CARDS}site/closed_community/")
    for clause in plan.for_each["closed_community"]:
        title = plan.roles[clause.actor].title
        assert title.zh in shown or title.en in shown


def test_a_card_of_an_older_version_says_that_it_is_not_in_force(third: PlanVersion) -> None:
    client = reader(FIELD_OFFICER)
    assert 'class="m-message m-message-warning pl-card-old"' not in page(client, f"{CARDS}role/commander/")
    assert "pl-card-old" in page(client, "/plans/S-PHE-01/2.0/cards/role/commander/")


@pytest.mark.parametrize("path", ["role/nobody/", "site/transfer/", "site/moon/"])
def test_there_is_no_card_of_what_the_plan_does_not_know(third: PlanVersion, path: str) -> None:
    assert reader(FIELD_OFFICER).get(CARDS + path).status_code == 404


def test_partners_see_no_cards(third: PlanVersion) -> None:
    client = reader(PARTNER_LIAISON)
    assert {client.get(path).status_code for path in (CARDS, f"{CARDS}role/commander/")} == {404}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_all_cards_stand_on_one_page_each_with_its_stamp(third: PlanVersion, language: str) -> None:
    plan = queries.plan_of(third)
    shown = page(reader(FIELD_OFFICER, language=language), f"{CARDS}all/")
    roles = [name for name in plan.roles if role_card(plan, name).clauses]
    assert shown.count('class="pl-card ') == len(roles) + len(site_kinds(plan))
    assert shown.count("pl-card-stamp") == len(roles) + len(site_kinds(plan))
    for name in roles:
        assert plan.roles[name].title.in_language(language) in shown
    assert reader(PARTNER_LIAISON).get(f"{CARDS}all/").status_code == 404
