"""What the commands of plans are called in the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COMMANDS: Final[Mapping[str, Promise]] = {
    "plans.acknowledge_clauses": _("Clauses acknowledged by a partner"),
    "plans.approve_draft": _("Draft approved"),
    "plans.attach_books": _("Books of a plan attached"),
    "plans.attach_document": _("Document attached to a plan"),
    "plans.begin_consultation": _("Consultation begun"),
    "plans.begin_stress_test": _("Stress test begun"),
    "plans.call_review": _("Review of a plan called for"),
    "plans.cancel_stress_test": _("Stress test cancelled"),
    "plans.check_released": _("Released plans checked"),
    "plans.comment_clause": _("Clause commented on"),
    "plans.decide_review": _("Review of a plan decided"),
    "plans.fail_stress_test": _("Stress test failed"),
    "plans.file_version": _("Version of a plan filed"),
    "plans.finish_stress_test": _("Stress test done"),
    "plans.give_legal_opinion": _("Legal opinion given"),
    "plans.lift_suppression": _("Suppressed finding shown again"),
    "plans.look_for_reviews": _("Reviews due looked for"),
    "plans.move_deadline": _("Deadline of a consultation moved"),
    "plans.note_exercise": _("Exercise of a plan noted"),
    "plans.object_to_clause": _("Clause objected to by a partner"),
    "plans.open_draft": _("Draft opened"),
    "plans.publish_version": _("Version of a plan published"),
    "plans.refuse_draft": _("Draft refused"),
    "plans.release_draft": _("Draft released"),
    "plans.release_version": _("Version of a plan released"),
    "plans.rename_clauses": _("Clauses renamed"),
    "plans.reply_to_objection": _("Objection answered"),
    "plans.request_stress_test": _("Stress test asked for"),
    "plans.save_draft": _("Draft saved"),
    "plans.settle_comment": _("Comment settled"),
    "plans.submit_to_law": _("Draft sent to legal review"),
    "plans.suppress_finding": _("Finding suppressed with a reason"),
    "plans.take_draft_back": _("Draft taken back"),
    "plans.take_repair": _("Repair put into a draft"),
    "plans.withdraw_draft": _("Draft withdrawn"),
}
