"""Base templates, components, charts, maps and languages."""
