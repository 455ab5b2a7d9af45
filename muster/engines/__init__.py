"""Pure computation: no Django, no files, no clock."""
