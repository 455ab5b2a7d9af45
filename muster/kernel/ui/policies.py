"""Who may use the shell's own pages."""

from __future__ import annotations

from muster.kernel.access.policy import Routes, allow, public, signed_in

ROUTES: Routes = {
    "home": signed_in(),
    "progress": signed_in(methods=("GET", "POST")),  # of one's own work alone
    "api:api-root": allow(),  # there is nothing, for nobody
    "openapi": signed_in(),
    "set_language": public(methods=("POST",)),
}
