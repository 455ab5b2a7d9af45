"""Before: watching and raising awareness."""
