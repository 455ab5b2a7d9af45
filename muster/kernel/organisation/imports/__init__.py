"""From a stranger's table to changes of the organisation: what would be added, changed or stay, and what is wrong.

Nothing here writes; `services.imports` does.
"""

from muster.kernel.organisation.imports import cells as cells
from muster.kernel.organisation.imports.kinds import KINDS, columns_of
from muster.kernel.organisation.imports.planning import Plan, plan_by, plan_import
from muster.kernel.organisation.imports.rows import Change, Entry, Field, Kind

__all__ = ["KINDS", "Change", "Entry", "Field", "Kind", "Plan", "columns_of", "plan_by", "plan_import"]
