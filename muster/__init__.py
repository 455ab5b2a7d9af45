"""Muster: a police bureau's emergency management for public-health emergencies."""
