"""How likely two parties are the same, and why."""
