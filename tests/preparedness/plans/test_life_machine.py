"""Any order of writing, asking, answering, judging and approving, against a small model of what must hold."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from muster.kernel.commands import NotPermitted
from muster.kernel.errors import DomainError
from muster.preparedness.plans import services
from muster.preparedness.plans.models import Draft, PlanVersion
from tests.preparedness.plans import office

TEXTS = (
    office.TEXT,
    office.with_another_word(),  # K02: two partners
    office.with_another_word("Escort"),  # K05: one partner
    office.with_another_word("Patrol"),  # K09: nobody
)
READ_AS = ((0, 0), (1, 0), (0, 1), (0, 0))  # how K02 and K05 read in each text
NAMED = {"disease_control": 1, "property_companies": 0, "subdistricts": 0}
PEOPLE = ("P-CHIEF", "P-DEPUTY", "P-THIRD", "P-AUTHOR", "P-WRITER")


class Life(RuleBasedStateMachine):
    """The model knows the text, who wrote, what each partner has said to each reading, and who has approved."""

    released = 0  # in all runs

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.state, self.text, self.revision, self.papers = "draft", 0, 1, False
        self.writers = {"P-AUTHOR"}
        self.said: dict[tuple[str, int], str] = {}
        self.approvals: set[str] = set()
        self.asked = False

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @initialize()
    def opened(self) -> None:
        office.build()
        self.draft = services.draft_open(by=office.author(), code=office.CODE, text=TEXTS[0])

    def reading(self, partner: str) -> tuple[str, int]:
        return partner, READ_AS[self.text][1 if NAMED[partner] else 0]

    def settled(self) -> bool:
        return self.asked and all(self.said.get(self.reading(partner)) == "acknowledged" for partner in NAMED)

    def attempt(self, may: bool, service: Any, **arguments: Any) -> bool:
        """Do it; it works exactly if the model says that it may."""
        done, told = True, ""
        try:
            with transaction.atomic():
                service(**arguments)
        except (DomainError, NotPermitted) as refused:
            done, told = False, str(refused)
        assert done == may, f"{service.name} at {self.state}: {told or 'done'}"
        return done

    @rule()
    def attach(self) -> None:
        for kind in ("risk_assessment", "resource_survey"):
            kept = {"kind": kind, "file_name": "a.pdf", "content": office.PDF}
            may = not self.papers and self.state != "released"
            self.attempt(may, services.document_attach, by=office.author(), draft=self.draft, **kept)
        self.papers = self.papers or self.state != "released"

    @rule(text=st.sampled_from(range(len(TEXTS))), who=st.sampled_from(["P-AUTHOR", "P-WRITER", "P-THIRD"]))
    def save(self, text: int, who: str) -> None:
        by = office.someone(who, "plans_officer")
        may = self.state in ("draft", "consultation")
        stated = {"base_revision": self.revision, "text": TEXTS[text]}
        if self.attempt(may, services.draft_save, by=by, draft=self.draft, **stated) and text != self.text:
            self.text, self.revision = text, self.revision + 1
            self.writers.add(who)

    @rule()
    def ask(self) -> None:
        by = office.author()
        may = self.state == "draft" and self.papers
        if self.attempt(may, services.consultation_begin, by=by, draft=self.draft, deadline=by.now + office.DAY):
            self.state, self.asked = "consultation", True

    @rule(partner=st.sampled_from(sorted(NAMED)), yes=st.booleans())
    def answer(self, partner: str, yes: bool) -> None:
        if not self.asked:
            return
        clause, seen = next(iter(office.readings(self.draft, partner).items()))
        by, asked = office.liaison(partner), office.asked(self.draft, partner)
        may = self.state == "consultation"
        if yes and self.attempt(may, services.clauses_acknowledge, by=by, consultation=asked, clauses={clause: seen}):
            self.said[self.reading(partner)] = "acknowledged"
        objection = {"clause": clause, "seen": seen, "reason": "不行"}
        if not yes and self.attempt(may, services.clause_object, by=by, consultation=asked, **objection):
            self.said[self.reading(partner)] = "objected"

    @rule()
    def to_the_lawyers(self) -> None:
        may = self.state == "consultation" and self.settled()
        if self.attempt(may, services.legal_submit, by=office.author(), draft=self.draft):
            self.state = "legal_review"

    @rule(passed=st.booleans())
    def lawyers_say(self, passed: bool) -> None:
        outcome = "passed" if passed else "sent_back"
        stated = {"seen": office.plan(self.draft).hash, "outcome": outcome, "advice": "意见"}
        may = self.state == "legal_review"
        if self.attempt(may, services.legal_opine, by=office.lawyer(), draft=self.draft, **stated):
            self.state = "approval" if passed else "draft"
            self.approvals = set()

    @rule(who=st.sampled_from(PEOPLE), account=st.sampled_from(["", "901", "902"]))
    def approve(self, who: str, account: str) -> None:
        by = office.someone(who, "commander", account=account)
        seen = office.plan(self.draft).hash
        free = who not in self.writers | self.approvals and len(self.approvals) < 2
        may = self.state == "approval" and free and self.account_is_free(by.principal)
        if self.attempt(may, services.draft_approve, by=by, draft=self.draft, seen=seen):
            self.approvals.add(who)

    def account_is_free(self, principal: str) -> bool:
        given = self.draft.approvals.filter(submission=office.fresh(self.draft).submission)
        return principal not in given.values_list("by", flat=True)

    @rule(who=st.sampled_from(PEOPLE))
    def refuse(self, who: str) -> None:
        by = office.someone(who, "commander")
        may = self.state == "approval" and who not in self.approvals
        if self.attempt(may, services.draft_refuse, by=by, draft=self.draft, reason="不同意"):
            self.state = "draft"

    @rule(steps=st.integers(1, 12))
    def go_on(self, steps: int) -> None:
        """Some of the steps that lead to a version, in order, so that many runs come to its end."""
        for _ in range(steps):
            self.next_step()

    def next_step(self) -> None:
        if self.state == "draft":
            return self.ask() if self.papers else self.attach()
        if self.state == "consultation":
            open_ones = [partner for partner in NAMED if self.said.get(self.reading(partner)) != "acknowledged"]
            return self.answer(open_ones[0], True) if open_ones else self.to_the_lawyers()
        if self.state == "legal_review":
            return self.lawyers_say(True)
        free = [one for one in PEOPLE if one not in self.writers | self.approvals]
        return self.approve(free[0], "") if free and len(self.approvals) < 2 else self.release()

    @rule()
    def take_back(self) -> None:
        may = self.state in ("consultation", "legal_review", "approval")
        if self.attempt(may, services.draft_take_back, by=office.author(), draft=self.draft, reason="重写"):
            self.state = "draft"

    @rule()
    def release(self) -> None:
        may = self.state == "approval" and len(self.approvals) == 2
        if self.attempt(may, services.draft_release, by=office.author(), draft=self.draft):
            self.state = "released"
            Life.released += 1

    @invariant()
    def stands_where_the_model_says(self) -> None:
        if not hasattr(self, "draft"):
            return
        draft = Draft.objects.get(pk=self.draft.pk)
        assert (draft.state, draft.revision, draft.text) == (self.state, self.revision, TEXTS[self.text])

    @invariant()
    def what_is_released_was_approved_by_two_others_and_acknowledged_by_all(self) -> None:
        for version in PlanVersion.objects.all():
            given = version.draft.approvals.filter(plan_hash=version.hash, verdict="approved")
            people = set(given.filter(submission=version.draft.submission).values_list("person__code", flat=True))
            assert len(people) == 2
            assert people.isdisjoint(self.writers)
            assert self.settled()


@pytest.mark.django_db
def test_no_path_leads_to_a_version_without_two_people_and_every_partner(fault_runs: int) -> None:
    run_state_machine_as_test(
        Life, settings=settings(max_examples=fault_runs or 20, stateful_step_count=30, deadline=None)
    )
    print("released", Life.released)
    assert Life.released > 0, "no run came to a version"
