"""How the API answers a command: with its receipt, which the client keeps in place of what it sent."""

from __future__ import annotations

import base64
from typing import Final

from django.http import HttpResponse

from muster.kernel.commands.receipts import Receipt

SIGNATURE: Final = "X-Receipt-Signature"


def receipt_response(receipt: Receipt) -> HttpResponse:
    """201 for a new command, 200 for a repeated one, with the same body both times, byte for byte.

    The body is canonical JSON: command_id, command, at, payload (SHA-256 of the content), result. The header
    X-Receipt-Signature is the Ed25519 signature of the body in base64; GET /api/access/receipt-key has the public key.
    """
    signature = base64.b64encode(receipt.signature).decode()
    return HttpResponse(
        receipt.body, status=receipt.status, content_type="application/json", headers={SIGNATURE: signature}
    )
