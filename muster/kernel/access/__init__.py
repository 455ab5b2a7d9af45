"""Who may do and see what: one policy table, a few chokepoints."""
