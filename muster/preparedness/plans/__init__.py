"""Contingency plans and their released versions."""
