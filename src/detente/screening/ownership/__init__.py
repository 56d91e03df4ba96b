"""Ownership: whom the law treats as blocked because of who owns it."""
