"""Coverage of a plan in the browser."""
