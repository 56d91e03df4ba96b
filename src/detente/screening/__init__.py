"""Screening: whether somebody is a listed party, how surely, and why."""
