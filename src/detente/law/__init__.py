"""The law as data: rows, conditions, loading, validation, as-of views."""
