"""Makes ``builders`` importable from every folder of tests, and property tests repeatable."""

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")
