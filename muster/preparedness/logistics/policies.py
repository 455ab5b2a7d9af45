"""Who may use the pages and the API of the stock."""

from __future__ import annotations

from typing import Final

from muster.kernel.access import roles
from muster.kernel.access.policy import Routes, allow

READERS: Final = tuple(sorted(roles.BUREAU))

_READ = allow(*READERS)
_FORM = allow(roles.LOGISTICS_OFFICER, methods=("GET", "POST"))
_READ_OR_SET = allow(*READERS, methods=("GET", "POST"), writers=(roles.LOGISTICS_OFFICER,))
_ACT = allow(roles.LOGISTICS_OFFICER, methods=("POST",))

ROUTES: Routes = {
    "logistics:stock": _READ,
    "logistics:store": _READ,
    "logistics:book": _READ,
    "logistics:receive": _FORM,
    "logistics:issue": _FORM,
    "logistics:transfer": _FORM,
    "logistics:register": _READ,
    "logistics:add_item": _FORM,
    "logistics:change_item": _FORM,
    "logistics:add_store": _FORM,
    "logistics:change_store": _FORM,
    "logistics:import": _FORM,
    "logistics:import_confirm": _ACT,
    "logistics:import_template": allow(roles.LOGISTICS_OFFICER),
    "api:logistics_stock": _READ,
    "api:logistics_lots": _READ,
    "api:logistics_check": _READ,
    "api:logistics_items": _READ_OR_SET,
    "api:logistics_stores": _READ_OR_SET,
    "api:logistics_receive": _ACT,
    "api:logistics_issue": _ACT,
    "api:logistics_transfer": _ACT,
}

TOPICS: Final = {"logistics": "logistics:stock"}
