"""Every planted defect is found under its own id, nothing else is said, and clean plans are left in peace."""

from __future__ import annotations

import pytest

from muster.engines.plan.checks import RULES, check
from tests.engines.plan.corpus.bases import BASES, base, loaded
from tests.engines.plan.corpus.clean import clean
from tests.engines.plan.corpus.defects import Defect, defects
from tests.engines.plan.corpus.planting import Plant, set_role
from tests.engines.plan.corpus.shortages import FINE, Shortage, Spoil, shortages, stands_in
from tests.engines.plan.corpus.worlds import changed, sufficient

TEXT = tuple(defects())
WORLD = tuple(shortages())
CLEAN = tuple(clean())


@pytest.mark.parametrize("defect", TEXT, ids=lambda defect: defect.name)
def test_a_defect_in_the_text_is_found_and_nothing_else(defect: Defect) -> None:
    raw = base(defect.base)
    defect.plant(raw)
    plan = loaded(raw)
    assert {finding.id for finding in check(plan)} == {defect.rule}
    assert {finding.id for finding in check(plan, sufficient(plan))} == {defect.rule}


@pytest.mark.parametrize("shortage", WORLD, ids=lambda shortage: shortage.name)
def test_what_a_bureau_lacks_is_found_and_nothing_else(shortage: Shortage) -> None:
    plan = loaded(base(shortage.base))
    assert {finding.id for finding in check(plan, shortage.spoil(plan, sufficient(plan)))} == {shortage.rule}


@pytest.mark.parametrize("name", ["district", "supply", "city"])
def test_who_stands_in_for_another_is_not_needed_for_a_role_of_his_own(name: str) -> None:
    plan = loaded(base(name))
    assert {finding.id for finding in check(plan, stands_in(plan, sufficient(plan)))} == {"P720", "P722"}


@pytest.mark.parametrize("name", BASES)
def test_a_role_that_asks_for_a_qualification_is_held_by_who_has_it(name: str) -> None:
    raw = base(name)
    set_role(0, qualification="command_duty")(raw)
    plan = loaded(raw)
    world = sufficient(plan)
    assert check(plan, world) == ()
    assert world.role_holders is not None
    (post, held), *_ = world.role_holders.items()
    lacking = changed(world, "role_holders", post, (held[0], type(held[0])("somebody else")))
    assert {finding.id for finding in check(plan, lacking)} == {"P719"}


@pytest.mark.parametrize(("base_name", "edit"), [one[1:] for one in CLEAN], ids=[one[0] for one in CLEAN])
def test_a_clean_plan_is_left_in_peace(base_name: str, edit: Plant) -> None:
    raw = base(base_name)
    edit(raw)
    plan = loaded(raw)
    assert check(plan) == ()
    assert check(plan, sufficient(plan)) == ()


@pytest.mark.parametrize("name", BASES)
@pytest.mark.parametrize("spoil", [spoil for _name, spoil in FINE], ids=[name for name, _spoil in FINE])
def test_a_bureau_that_just_suffices_is_left_in_peace(name: str, spoil: Spoil) -> None:
    plan = loaded(base(name))
    assert check(plan, spoil(plan, sufficient(plan))) == ()


def test_the_corpus_is_as_large_as_it_should_be_and_speaks_of_every_rule_from_p701_on() -> None:
    assert len(TEXT) + len(WORLD) >= 120
    assert len(CLEAN) >= 40
    planted = {defect.rule for defect in TEXT} | {shortage.rule for shortage in WORLD} | {"P719"}
    assert {rule.id for rule in RULES if rule.id.startswith("P7")} <= planted
