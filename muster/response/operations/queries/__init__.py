"""Everything that is read of operations: pages of records, what a decision would change, what was known."""
