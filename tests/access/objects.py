"""Something at every address that takes an argument: one of each thing that Muster keeps, none of them the reader's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from allauth.mfa.models import Authenticator

from muster.kernel.access.roles import COMMANDER
from muster.kernel.access.services import account_open, role_grant
from muster.kernel.audit.models import Leaf
from muster.kernel.commands import Actor
from muster.kernel.organisation import services as organisation
from muster.kernel.organisation.rows import PartnerRow, PersonRow, TeamRow
from muster.kernel.organisation.seals import fresh_key
from muster.preparedness.logistics.models import Item
from muster.preparedness.plans import services as plans
from muster.preparedness.plans.models import Consultation, PlanVersion
from muster.prevention.situation import services as situation
from muster.prevention.situation.models import ReportBatch
from muster.prevention.situation.rows import InputRow
from muster.response.operations import services as operations
from muster.response.operations.models import Operation
from tests.engines.plan.faults import PLANS
from tests.preparedness.plans import stressed
from tests.preparedness.plans.office import PARTNERS, PDF
from tests.response.operations import bureau

from .cells import NOTHING, NUMBER

ASKED: Final[dict[str, Any]] = {  # enough for most forms: a refusal must not hide behind a field that is not filled in
    "level": 2,
    "reason": "x",
    "government_level": 2,
    "seen": "x",
    "outcome": "refuse",
    "refuse-reason": "x",
    "state": "looked_at",
    "kind": "transfer",
    "ref": "T-9",
    "text_zh": "x",
    "roster": "x",
    "name": "external_alert",
    "value": 1,
    "lasting": "on",
}
LIAISON: Final = "L-1"  # of the partner who is consulted
Objects = Mapping[str, str]


def build() -> Objects:
    """The small bureau in a live operation and at its next plan; what stands in an address, and what to put there."""
    operation = bureau.activated(bureau.build(), level=1)
    return {
        r"units/no-such": "units/CMD",
        r"people/no-such": "people/P-CHIEF",
        r"sites/no-such": "sites/QS-001",
        r"roles/no-such/no-such": "roles/station_chief/ST-NORTH-01",
        r"register/import/template/no-such": "register/import/template/items",
        r"rows/no-such": "rows/units",
        r"template/no-such": "template/people",
        r"items/no-such": f"items/{Item.objects.order_by('code')[0].code}",
        rf"progress/{NOTHING['uuid']}": "progress/00000000-0000-4000-8000-00000000000a",
        r"stores/no-such": "stores/STORE-CENTRAL",
        r"signals/rules/no-such|rules/no-such": "rules/first-local-cases",
        r"places/no-such": "places/QS-001",
        r"operations/no-such": f"operations/{operation.code}",
        **_of_people(),
        **_of_a_plan(),
        **_of_an_operation(operation),
        rf"audit/(entries/)?{NUMBER}": rf"audit/\g<1>{Leaf.objects.order_by('pk')[0].pk}",
    }


def _of_people() -> Objects:
    team = TeamRow("T-1", "流调队", "Tracing team", "PSB", members=("P-CHIEF",))
    organisation.teams_add(by=bureau.muster(), rows=[team])
    file = b"code,kind,name\nX,station,X\n"
    preview = organisation.import_prepare(
        by=bureau.muster(), kind="units", content=file, file_name="a.csv", key=fresh_key()
    )
    account = account_open(by=bureau.muster(), login="T-somebody", password="quiet-river-crossing")
    grant = role_grant(by=bureau.muster(), account=account, role=COMMANDER, reason="x")
    kept = {"name": "x", "credential": {}}
    passkey = Authenticator.objects.create(user_id=account.pk, type=Authenticator.Type.WEBAUTHN, data=kept)
    return {
        r"teams/no-such": "teams/T-1",
        rf"(imports?)/({NOTHING['uuid']}|{NUMBER})": rf"\g<1>/{preview.pk}",
        rf"accounts/{NUMBER}": f"accounts/{account.pk}",
        rf"grants/{NUMBER}": f"grants/{grant.pk}",
        rf"passkeys/{NUMBER}": f"passkeys/{passkey.pk}",
    }


def _of_an_operation(operation: Operation) -> Objects:
    by = bureau.duty(bureau.NOON + bureau.HOUR)
    operations.place_open(by=by, operation=operation, site=bureau.site("QS-001"))
    proposal = operations.level_propose(
        by=by.at(by.now), operation=operation, level=2, reason="x", government_level=2, government_consent="x"
    )
    bureau.report_cases(date(2020, 1, 19), 1)
    alert = InputRow("external_alert", 1, bureau.NOON, lasting=True)
    situation.inputs_record(by=bureau.muster(), rows=[alert])
    (signal,) = situation.signals_evaluate(by=by.at(by.now), day=by.now.date())
    return {
        rf"signals/{NUMBER}": f"signals/{signal.pk}",
        rf"reports/{NUMBER}": f"reports/{ReportBatch.objects.get().pk}",
        rf"proposals/{NUMBER}": f"proposals/{proposal.pk}",
        rf"tasks/{NUMBER}": f"tasks/{operation.tasks.get(clause_id='C01').pk}",
    }


def _of_a_stress_test(by: Actor) -> Objects:
    """A run of a plan without faults that is done."""
    text = (PLANS / "S-PHE-01.yaml").read_text("utf-8")
    tested = plans.version_release(by=by.at(by.now), text=text, name="S-PHE-01.yaml")
    scenario = stressed.scenario().to_plain()
    run = plans.stress_request(by=by.at(by.now), version=tested, scenario=scenario, data_date=by.now.date())
    run = plans.stress_begin(by=bureau.muster(), run=run)
    plans.stress_finish(by=bureau.muster(), run=run, content=stressed.answer(run), engine=1)
    return {rf"plans/stress/{NUMBER}": f"plans/stress/{run.pk}"}


def _of_a_plan() -> Objects:
    """A draft about which partners are asked, with a paper, a comment, and a finding that is answered for."""
    rows = [PartnerRow(code, "department", code, code) for code in PARTNERS]
    organisation.partners_add(by=bureau.muster(), rows=rows)
    liaison = PersonRow(LIAISON, "liaison", "某人", partner=PARTNERS[0])
    organisation.people_add(by=bureau.muster(), rows=[liaison])
    version = PlanVersion.objects.get()
    by = bureau.someone("P-PLANS", "plans_officer")
    opened = version.text.replace("plan: S-SMALL-01", "plan: S-OPEN-01").replace("data_class: personal", "public: true")
    published = plans.version_release(by=by.at(by.now), text=opened, name="open.yaml")
    plans.version_publish(by=by.at(by.now), version=published)
    draft = plans.draft_open(by=by, code=version.plan.code, text=version.text)
    paper = plans.document_attach(by=by.at(by.now), draft=draft, kind="other", file_name="a.pdf", content=PDF)
    remark = plans.remark_write(by=by.at(by.now), draft=draft, clause="C01", text="why?")
    for kind in ("risk_assessment", "resource_survey"):
        plans.document_attach(by=by.at(by.now), draft=draft, kind=kind, file_name="a.pdf", content=PDF)
    plans.consultation_begin(by=by.at(by.now), draft=draft, deadline=by.now + 10 * bureau.DAY)
    consultation = Consultation.objects.get(draft=draft, partner__code=PARTNERS[0])
    due = plans.review_call(by=by.at(by.now), plan=version.plan, reason="operation", source="OP-1")
    silent = plans.finding_suppress(
        by=by.at(by.now),
        code=version.plan.code,
        rule="P010",
        content="0" * 64,
        reason="x",
        until=by.now.date() + 9 * bureau.DAY,
    )
    return {
        **_of_a_stress_test(by),
        r"plans/no-such/no-such": f"plans/{version.plan.code}/{version.version}",
        r"public/no-such": f"public/{published.plan.code}",
        r"plans/(checks/)?no-such": rf"plans/\g<1>{version.plan.code}",
        r"cards/role/no-such": "cards/role/plans_chief",
        r"cards/site/no-such": "cards/site/closed_community",
        rf"(drafts|studio)/{NUMBER}": rf"\g<1>/{draft.pk}",
        r"(drafts/\d+)/no-such": r"\g<1>/withdraw",
        rf"comments/{NUMBER}": f"comments/{remark.pk}",
        r"clause/no-such": "clause/C01",
        r"head/no-such/no-such": "head/authority/-",
        rf"papers/{NUMBER}": f"papers/{paper.pk}",
        r"document\.no-such": "document.docx",
        rf"reviews/{NUMBER}": f"reviews/{due.pk}",
        rf"(suppressions|speak)/{NUMBER}": rf"\g<1>/{silent.pk}",
        rf"consultations/{NUMBER}": f"consultations/{consultation.pk}",
    }


def there(path: str, objects: Objects) -> str:
    """The address with arguments that name something."""
    for nothing, something in objects.items():
        path = re.sub(nothing, something, path)
    return path
