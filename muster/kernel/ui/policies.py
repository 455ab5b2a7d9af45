"""Who may use the shell's own pages."""

from __future__ import annotations

from muster.kernel.access.policy import Routes, public, signed_in

ROUTES: Routes = {
    "home": signed_in(),
    "api:api-root": signed_in(),
    "api:openapi-json": signed_in(),
    "set_language": public(methods=("POST",)),
}
