"""What the commands of the stock are called in the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COMMANDS: Final[Mapping[str, Promise]] = {
    "logistics.balances_restate": _("Balances counted anew"),
    "logistics.items_add": _("Items added"),
    "logistics.items_set": _("Items added and changed"),
    "logistics.stock_issue": _("Stock issued"),
    "logistics.stock_receive": _("Stock received"),
    "logistics.stock_transfer": _("Stock transferred"),
    "logistics.stores_add": _("Stores added"),
    "logistics.stores_set": _("Stores added and changed"),
    "logistics.suppliers_add": _("Suppliers added"),
    "logistics.supply_terms_add": _("Supply terms set"),
}
