"""Findings, the two times, and the ledger that keeps them."""
