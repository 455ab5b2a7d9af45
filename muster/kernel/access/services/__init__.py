"""Everything that changes accounts and grants; all of it takes effect with the next request."""

from muster.kernel.access.services.accounts import account_close, account_open, factors_reset, password_set
from muster.kernel.access.services.grants import role_grant, role_revoke

__all__ = ["account_close", "account_open", "factors_reset", "password_set", "role_grant", "role_revoke"]
