"""The HTTP API: everything that the command line does, under the same names."""

from __future__ import annotations

from detente.web.routes import evidence, games, law, lists, pressure, screening, talks

ROUTERS = (
    law.router, talks.router, talks.posted, lists.router, screening.router, screening.batches,
    pressure.router, games.router, evidence.router, evidence.writing,
)  # fmt: skip
"""Every router, in the order of the description."""
