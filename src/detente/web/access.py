"""Who may do what, and the log of it: chained like the ledger, so that any later change shows."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from detente.entities.model import Value
from detente.evidence import chain
from detente.evidence.durable import LedgerError
from detente.web.tokens import ROLES, Role

OPEN: Final = re.compile(r"/(healthz|readyz|api/v1/openapi\.json)")
"""What anybody may ask: whether the server is well, and what it can be asked."""

_ROLES: Final[tuple[tuple[re.Pattern[str], Role], ...]] = (
    (re.compile(r"/api/v1/access(/.*)?"), "administer"),
    (re.compile(r"/api/v1/(evidence/add|decide)"), "record"),
    (re.compile(r"/api/v1/(screen|compare|decisions|ownership)(/.*)?"), "screen"),
    (re.compile(r"/(match|search|entities|reconcile|catalog|algorithms)(/.*)?"), "screen"),
    (re.compile(r"/api/v1/(assess|gap|bridge|precedents/similar)"), "read"),
)
"""The role that each place needs, whatever the method; elsewhere it follows from the method."""


def needed(method: str, path: str) -> Role | None:
    """Return the role that a request needs; None where anybody may make it.

    What is not known to read needs the role to record: a new page that changes something is safe
    before anybody thinks of it.
    """
    if OPEN.fullmatch(path):
        return None
    for pattern, role in _ROLES:
        if pattern.fullmatch(path):
            return role
    return "read" if method in ("GET", "HEAD", "OPTIONS") else "record"


def allows(held: Role, wanted: Role) -> bool:
    """Return whether a role allows what another one does."""
    return ROLES.index(held) >= ROLES.index(wanted)


class Event(Value, frozen=True, forbid_unknown_fields=True):
    """Something that was done, or refused.

    Attributes:
        at: the moment in UTC.
        who: the token's id and name; ``anybody`` without one.
        client: the address from which it came.
        what: the method and path, or what the server did.
        status: the status of the answer.
    """

    at: str
    who: str
    client: str
    what: str
    status: int = 0


class Line(chain.Line, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of the access log.

    Attributes:
        event: what happened.
    """

    event: Event


class TamperedError(LedgerError):
    """An access log that is not as it was written."""


_KIND: Final = chain.Kind(
    Line, "event", TamperedError, "set the access log and its .head file aside and begin another"
)


def note(path: Path, *, who: str, client: str, what: str, status: int = 0) -> Line:
    """Add an event of this moment to an access log.

    Raises:
        LedgerError: the log was tampered with, or the system refused to write.
    """
    at = datetime.now(UTC).isoformat(timespec="seconds")  # the clock, at the edge
    event = Event(at=at, who=who, client=client, what=what[:500], status=status)
    return chain.append(_KIND, path, lambda n, prev: Line(n=n, event=event, prev=prev))


def read(path: Path) -> tuple[Line, ...]:
    """Return the lines of an access log, verified.

    Raises:
        TamperedError: at the first thing that was changed.
    """
    return chain.read(_KIND, path)
