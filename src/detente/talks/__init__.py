"""Talks: the gap between two positions, lawful bridges, what earlier deals teach, and claims."""
