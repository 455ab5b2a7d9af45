"""Pages of the nightly checks and of suppressions."""
