"""Pressure: what it costs and denies, what trade it bears on, and how earlier deals went."""
