"""Who may use the pages of logging in and of one's own second factors."""

from __future__ import annotations

from muster.kernel.access.policy import Routes, public, signed_in

_OWN = signed_in(methods=("GET", "POST"), second_factor=False)
_DOOR = public(methods=("GET", "POST"))

ROUTES: Routes = {
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
