"""How often a client may ask: a bucket that fills at a rate, from which each request takes one."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

_CLIENTS: Final = 10_000


class Buckets:
    """A bucket for each client; those of clients not seen for long are let go."""

    def __init__(self, rate: float, size: float) -> None:
        """Fill each bucket at ``rate`` a second up to ``size``."""
        self.rate, self.size = rate, size
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str, now: float) -> float:
        """Take one from a client's bucket.

        Args:
            client: who asks.
            now: a moment in seconds.

        Returns:
            Nought, or the seconds to wait where the bucket is empty.
        """
        level = self.level(client, now)
        wait = 0.0 if level >= 1 else (1 - level) / self.rate
        self._held[client] = (level if wait else level - 1), now
        self._held.move_to_end(client)
        if len(self._held) > _CLIENTS:
            self._held.popitem(last=False)
        return wait

    def level(self, client: str, now: float) -> float:
        """Return what a client's bucket holds."""
        level, before = self._held.get(client, (self.size, now))
        return min(self.size, level + (now - before) * self.rate)
