"""What a server is told when it starts."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Final

import msgspec

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names of the machine itself, which nobody else reaches."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a server is told when it starts.

    Attributes:
        store: where the editions are kept; ledger, decisions, tokens and access log lie beside it.
        host: the address that is listened on.
        hosts: further names under which the server is reached.
        need_token: whether reading and screening need a token too; writing always does.
        regimes: names of the regimes that are served; all that are found by name where empty.
        rate: requests a second of one client, in the long run.
        burst: requests that one client may make at once.
        denials: requests a minute of one client that may be refused for want of access; then it
            is turned away before its token is looked at.
        max_body: bytes of a request's body at most.
        max_url: bytes of a path with its query at most.
        max_batch: queries of one batch at most.
        max_draws: draws of a simulation at most.
    """

    store: Path
    host: str = "127.0.0.1"
    hosts: tuple[str, ...] = ()
    need_token: bool = False
    regimes: tuple[str, ...] = ()
    rate: float = 500.0
    burst: int = 1000
    denials: int = 30
    max_body: int = 8 << 20
    max_url: int = 8192
    max_batch: int = 500
    max_draws: int = 20_000

    @property
    def tokens(self) -> Path:
        """Where the tokens' digests are kept."""
        return self.store.with_name(self.store.stem + ".tokens.json")

    @property
    def access(self) -> Path:
        """Where the access log is kept."""
        return self.store.with_name(self.store.stem + ".access.jsonl")

    @property
    def names(self) -> frozenset[str]:
        """The names under which the server may be addressed."""
        return LOOPBACK | {self.host.lower()} | {name.lower() for name in self.hosts}


def is_loopback(host: str) -> bool:
    """Return whether an address is reached from this machine alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
