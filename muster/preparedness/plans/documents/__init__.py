"""A released version as files: the table of its clauses, and a package that can be checked elsewhere."""
