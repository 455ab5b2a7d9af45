"""The one write path: idempotent, audited, announced."""
