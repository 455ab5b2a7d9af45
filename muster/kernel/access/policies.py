"""Who may use the pages of logging in, of one's own second factors, and of accounts and roles."""

from __future__ import annotations

from typing import Final

from muster.kernel.access import roles
from muster.kernel.access.policy import Routes, allow, public, signed_in

_OWN = signed_in(methods=("GET", "POST"), second_factor=False)
_DOOR = public(methods=("GET", "POST"))
_SECURITY = allow(roles.SECURITY_ADMINISTRATOR)
_SECURITY_FORM = allow(roles.SECURITY_ADMINISTRATOR, methods=("GET", "POST"))
_SECURITY_ACT = allow(roles.SECURITY_ADMINISTRATOR, methods=("POST",))
WATCHERS: Final = (roles.SECURITY_ADMINISTRATOR, roles.AUDIT_ADMINISTRATOR, roles.AUDITOR, roles.DATA_OFFICER)

ROUTES: Routes = {
    "access:accounts": _SECURITY,
    "access:open_account": _SECURITY_FORM,
    "access:account": _SECURITY,
    "access:grant": _SECURITY_ACT,
    "access:set_password": _SECURITY_ACT,
    "access:reset_factors": _SECURITY_ACT,
    "access:close": _SECURITY_ACT,
    "access:revoke": _SECURITY_ACT,
    "access:purposes": allow(*WATCHERS),
    "api:receipt_key": signed_in(),
    "api:access_accounts": _SECURITY,
    "api:access_grant": _SECURITY_ACT,
    "api:access_revoke": _SECURITY_ACT,
    "account_login": _DOOR,
    "account_logout": _DOOR,
    "account_reauthenticate": _OWN,
    "account_change_password": _OWN,
    "mfa_authenticate": _DOOR,
    "mfa_login_webauthn": _DOOR,
    "mfa_index": _OWN,
    "mfa_reauthenticate": _OWN,
    "mfa_reauthenticate_webauthn": _OWN,
    "mfa_activate_totp": _OWN,
    "mfa_deactivate_totp": _OWN,
    "mfa_view_recovery_codes": _OWN,
    "mfa_generate_recovery_codes": _OWN,
    "mfa_download_recovery_codes": _OWN,
    "mfa_list_webauthn": _OWN,
    "mfa_add_webauthn": _OWN,
    "mfa_edit_webauthn": _OWN,
    "mfa_remove_webauthn": _OWN,
}
