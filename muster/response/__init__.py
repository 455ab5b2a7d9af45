"""During: operations, measures, coordination, duty, data."""
