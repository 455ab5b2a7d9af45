"""Everything that changes plans."""

from muster.preparedness.plans.services.drafts import draft_open, draft_save, draft_withdraw
from muster.preparedness.plans.services.releasing import TOPIC, refuse_again, refuse_long_title, version_release

__all__ = [
    "TOPIC",
    "draft_open",
    "draft_save",
    "draft_withdraw",
    "refuse_again",
    "refuse_long_title",
    "version_release",
]
