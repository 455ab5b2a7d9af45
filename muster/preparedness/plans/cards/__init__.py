"""Action cards of a plan: one page for a role or a kind of place."""
