"""Addresses of the shell: home, language, logging in, one's own second factors."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from muster.kernel.ui import views, waiting

# Only what a closed bureau needs of allauth: there is no sign-up, no e-mail and no reset by e-mail.
urlpatterns = [
    path("", views.home, name="home"),
    path("progress/<uuid:number>/", waiting.how_far, name="progress"),
    path("language/", views.set_language, name="set_language"),
    path("login/", account.login, name="account_login"),
    path("login/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("login/second-factor/", factors.authenticate, name="mfa_authenticate"),
    path("logout/", account.logout, name="account_logout"),
    path("me/again/", account.reauthenticate, name="account_reauthenticate"),
    path("me/again/code/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("me/again/passkey/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("me/password/", account.password_change, name="account_change_password"),
    path("me/second-factor/", factors.index, name="mfa_index"),
    path("me/second-factor/code/", totp.activate_totp, name="mfa_activate_totp"),
    path("me/second-factor/code/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("me/second-factor/recovery/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("me/second-factor/recovery/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("me/second-factor/recovery/file/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("me/second-factor/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("me/second-factor/passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("me/second-factor/passkeys/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("me/second-factor/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
]
