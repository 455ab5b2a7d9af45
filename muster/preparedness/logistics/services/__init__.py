"""Everything that changes the stock book and what it refers to: one function a business action, each a command."""

from muster.preparedness.logistics.services.balances import balances_restate as balances_restate
from muster.preparedness.logistics.services.movements import MOST as MOST
from muster.preparedness.logistics.services.movements import LotExpiryMissing as LotExpiryMissing
from muster.preparedness.logistics.services.movements import QuantityInvalid as QuantityInvalid
from muster.preparedness.logistics.services.movements import StockMissing as StockMissing
from muster.preparedness.logistics.services.movements import TransferInvalid as TransferInvalid
from muster.preparedness.logistics.services.movements import bureau_day as bureau_day
from muster.preparedness.logistics.services.movements import stock_issue as stock_issue
from muster.preparedness.logistics.services.movements import stock_receive as stock_receive
from muster.preparedness.logistics.services.movements import stock_transfer as stock_transfer
from muster.preparedness.logistics.services.register import RegisterInvalid as RegisterInvalid
from muster.preparedness.logistics.services.register import UnitOfIssueInvalid as UnitOfIssueInvalid
from muster.preparedness.logistics.services.register import items_add as items_add
from muster.preparedness.logistics.services.register import items_set as items_set
from muster.preparedness.logistics.services.register import stores_add as stores_add
from muster.preparedness.logistics.services.register import stores_set as stores_set
from muster.preparedness.logistics.services.register import suppliers_add as suppliers_add
from muster.preparedness.logistics.services.register import supply_terms_add as supply_terms_add
