"""Live updates from the outbox."""
