"""Stress tests of a plan: asking for one, doing it in the background, reading what it says, taking a repair."""
