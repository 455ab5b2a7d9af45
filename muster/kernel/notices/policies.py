"""Who may open the event stream: whoever has logged in; each topic then asks for its own policy."""

from __future__ import annotations

from muster.kernel.access.policy import Routes, signed_in

ROUTES: Routes = {"events": signed_in()}
