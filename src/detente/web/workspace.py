"""What a server holds open between requests: regimes, evidence, the screening desk."""

from __future__ import annotations

import copy
import threading
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from detente import places
from detente.errors import UnknownIdError
from detente.evidence.durable import beside
from detente.evidence.load import Evidence
from detente.law.find import names as found_names
from detente.law.load import load
from detente.law.regime import Regime
from detente.offers.load import names as offer_names
from detente.readings import DEFAULT
from detente.web.problems import MissingError
from detente.web.settings import Settings

if TYPE_CHECKING:
    from detente.parties import Desk

_DESKS: Final = 4
"""Days of which a desk is kept open beside the newest."""
_BODIES: Final = 64 << 20
"""Bytes of answers that are remembered."""

Stamp = tuple[tuple[int, int, int] | None, ...]
"""What changes when a file beside the store does."""


class Workspace:
    """What is opened once: laws never change while a server runs, lists and evidence may.

    Attributes:
        settings: what the server was told.
        writing: held while evidence or a decision is recorded.
        screening: held while names are screened; an index remembers words that it has looked up.
    """

    def __init__(self, settings: Settings) -> None:
        """Hold nothing yet."""
        self.settings = settings
        self.writing = threading.Lock()
        self.screening = threading.Lock()
        self._lock = threading.RLock()
        self._names = settings.regimes or tuple(found_names())
        self._regimes: dict[str, Regime] = {}
        self._evidence: dict[tuple[str, str | None], tuple[Stamp, Evidence]] = {}
        self._desks: OrderedDict[str | None, tuple[Stamp, Desk]] = OrderedDict()
        self._answers: OrderedDict[bytes, tuple[Stamp, bytes]] = OrderedDict()
        self._held = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The regimes that are served."""
        return self._names

    @property
    def store(self) -> Path:
        """Where the lists are kept.

        Raises:
            MissingError: there are none.
        """
        if not self.settings.store.exists():
            raise MissingError("this server holds no lists; import one: detente lists import FILE")
        return self.settings.store

    @property
    def ledger(self) -> Path:
        """Where evidence is recorded."""
        return places.ledger(str(self.settings.store))

    @property
    def decisions(self) -> Path:
        """Where decisions are recorded."""
        return self.settings.store.with_name(self.settings.store.stem + ".decisions.jsonl")

    def stamp(self) -> Stamp:
        """Return what tells whether lists, evidence or decisions have changed."""
        store = self.settings.store
        return _stamp(
            store, store.with_name(f"{store.name}-wal"), self.ledger, beside(self.ledger, ".head"),
            self.decisions,
        )  # fmt: skip

    def regime(self, name: str) -> Regime:
        """Return a regime by its name; no folder is looked at.

        Raises:
            UnknownIdError: no such regime is served.
        """
        if name not in self._names:
            raise UnknownIdError("regime", name, self._names)
        with self._lock:
            found = self._regimes.get(name)
            if found is None:
                found = self._regimes[name] = load(name)
        return found

    def of_offer(self, offer: str, regime: str | None) -> Regime:
        """Return the regime that was named, or the one that ships an offer.

        Raises:
            UnknownIdError: no such regime is served, or it ships no such offer.
        """
        if regime is None:
            ships = (name for name in self._names if offer in offer_names(self.regime(name)))
            regime = next(ships, DEFAULT)
        law = self.regime(regime)
        if offer not in offer_names(law):
            raise UnknownIdError("offer", offer, offer_names(law))
        return law

    def evidence(self, regime: Regime, reading: str | None = None) -> Evidence:
        """Return what ships with a regime, as one side reads it where asked, and the ledger.

        Raises:
            UnknownIdError: the regime ships no such reading.
            LedgerError: the ledger was tampered with.
        """
        from detente.api import evidence_of

        now = _stamp(self.ledger, beside(self.ledger, ".head"))
        key = regime.id, reading
        held = self._evidence.get(key)
        if held is None or held[0] != now:
            ledger = self.ledger if self.ledger.exists() else None
            held = self._evidence[key] = now, evidence_of(regime, (), ledger, reading)
        return held[1]

    def desk(
        self, as_of: str | None = None, *, threshold: float | None = None, limit: int | None = None
    ) -> Desk:
        """Return the lists of a day for screening; those of the newest editions are kept warm.

        Raises:
            MissingError: the server holds no lists.
            UsageError: the day is none, or no list is held by then.
        """
        now = self.stamp()
        with self._lock:
            held = self._desks.get(as_of)
            if held is None or held[0] != now:
                held = self._desks[as_of] = now, self._opened(as_of)
            self._desks.move_to_end(as_of)
            if len(self._desks) > _DESKS:
                oldest = next(day for day in self._desks if day is not None)
                del self._desks[oldest]
        desk = copy.copy(held[1])  # shares the index and all that it remembers
        desk.threshold = desk.threshold if threshold is None else threshold
        desk.limit = desk.limit if limit is None else limit
        return desk

    def _opened(self, as_of: str | None) -> Desk:
        from detente import parties

        desk = parties.desk(self.store, as_of=as_of, regimes=self.settings.regimes)
        _ = desk.regimes  # read once, for all that share it
        return desk

    def remembered(self, key: bytes, stamp: Stamp) -> bytes | None:
        """Return the answer to a request, if nothing on which it rests has changed since."""
        with self._lock:
            found = self._answers.get(key)
            if found is None or found[0] != stamp:
                return None
            self._answers.move_to_end(key)
            return found[1]

    def remember(self, key: bytes, stamp: Stamp, body: bytes) -> None:
        """Keep the answer to a request, and let go of those used longest ago."""
        if len(body) > _BODIES // 8:
            return
        with self._lock:
            old = self._answers.pop(key, None)
            self._held += len(body) - (len(old[1]) if old else 0)
            self._answers[key] = stamp, body
            while self._held > _BODIES:
                _, (_, gone) = self._answers.popitem(last=False)
                self._held -= len(gone)


def _stamp(*paths: Path) -> Stamp:
    return tuple(map(_state, paths))


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
