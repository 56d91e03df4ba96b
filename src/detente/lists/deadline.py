"""A limit to the time of a whole exchange, however slowly the server speaks.

The client's own limits are for each wait, so that a byte now and then would keep it forever.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from contextlib import suppress
from threading import Timer
from typing import Any


class Deadline:
    """Cuts the connection when its time is over.

    Attributes:
        over: the time is over.
    """

    def __init__(self, seconds: float) -> None:
        """Allow so many seconds from when the block is entered."""
        self.over = False
        self._socket: socket.socket | None = None
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()

    def watch(self, event: str, info: Mapping[str, Any]) -> None:
        """Learn of a new connection; to be given to httpx2 as the extension ``trace``.

        Args:
            event: what happened.
            info: with what.
        """
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._socket = info["return_value"].get_extra_info("socket")
            if self.over:
                self._cut()

    def _cut(self) -> None:
        self.over = True
        if self._socket is not None:
            with suppress(OSError):
                # Not SSLSocket's own method, which takes the TLS object from under its reader.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
