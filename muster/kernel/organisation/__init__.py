"""Units, people, roles, appointments, areas and sites."""
