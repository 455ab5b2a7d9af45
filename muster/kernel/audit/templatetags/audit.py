"""Words of the log's pages."""

from __future__ import annotations

from django import template

from muster.kernel.audit import wording

register = template.Library()
register.filter("action_title", wording.action_title)
register.filter("finding_title", wording.finding_title)
register.filter("principal_title", wording.principal_title)
register.filter("purpose_title", wording.purpose_title)
