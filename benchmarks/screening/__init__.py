"""Screening held side by side with other engines, on the same inputs and the same machine."""
