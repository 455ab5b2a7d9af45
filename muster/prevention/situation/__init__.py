"""Epidemic data, indicators and signals."""
