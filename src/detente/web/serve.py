"""Running the server until it is told to stop; requests under way are answered first."""

from __future__ import annotations

from typing import Final

import uvicorn

from detente.web.app import create_app
from detente.web.settings import Settings

GRACE: Final = 10
"""Seconds that requests under way are given once the server is told to stop."""


def run(settings: Settings, port: int) -> None:
    """Serve until a signal comes.

    Args:
        settings: what the server is told.
        port: the port; 0 for any that is free.
    """
    uvicorn.run(
        create_app(settings), host=settings.host, port=port, log_level="warning",
        access_log=False, server_header=False, timeout_graceful_shutdown=GRACE,
        timeout_keep_alive=30, limit_concurrency=1000, h11_max_incomplete_event_size=64 << 10,
        proxy_headers=False, lifespan="on",
    )  # fmt: skip
