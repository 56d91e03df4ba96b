"""What a notebook or a program asks of screening: is this party listed, by what, and until when.

    desk = detente.desk()
    detente.screen(desk, Query(name="...")).hits

A desk holds the index of the lists on a day and the regimes that explain them, so that it is opened
once for many questions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from detente import places
from detente._version import __version__
from detente.errors import UsageError
from detente.law.find import locate
from detente.law.find import names as known_regimes
from detente.lists.moments import asked
from detente.monitor.hits import Grounds, Hit, Hits, Receipt, hit_of
from detente.screening import decisions as deciding
from detente.screening.decisions import Decision, Kept, Stale, Verdict
from detente.screening.model import Match, Query
from detente.screening.opening import Opened, open_index
from detente.screening.score import weights
from detente.screening.screener import LIMIT, THRESHOLD, Screener

if TYPE_CHECKING:
    from detente.law.regime import Regime

__all__ = ["Desk", "decide", "decided", "desk", "screen"]

_ENCODER: Final = msgspec.json.Encoder(order="sorted")


class Desk:
    """The lists of a day, the law that explains them, and the decisions that stand.

    Attributes:
        screener: what names are held against.
        opened: the index, and of which editions it was made.
        as_of: the day of the lists; None for the newest editions.
        regimes: the regimes, loaded when the first hit asks for them.
        decisions: the last decision on each pair of query and entry.
        head: the digest of the last line of the file of decisions.
    """

    def __init__(
        self,
        opened: Opened,
        as_of: str | None,
        names: Sequence[str],
        decided: Kept,
        threshold: float,
        limit: int,
    ) -> None:
        """Hold what ``desk`` opened."""
        self.screener = Screener(opened.listed)
        self.opened, self.as_of, self.names = opened, as_of, tuple(names)
        self.threshold, self.limit = threshold, limit
        self.decisions, self.head = deciding.latest(decided.decisions), decided.head
        self._regimes: tuple[Regime, ...] | None = None
        self._grounds: Grounds = {}
        self._contents: dict[str, str] = {}

    @property
    def regimes(self) -> tuple[Regime, ...]:
        """The regimes that explain programme tags."""
        if self._regimes is None:
            from detente.law.load import load

            self._regimes = tuple(map(load, self.names))
        return self._regimes

    @property
    def configuration(self) -> str:
        """A digest of all but lists and query on which an answer depends."""
        parts = (
            __version__, weights.PERSON, weights.BUSINESS, weights.SCREEN, self.threshold,
            self.limit, self.names,
        )  # fmt: skip
        return hashlib.sha256(_ENCODER.encode(parts)).hexdigest()

    @property
    def law(self) -> dict[str, str]:
        """The digest of each regime's files."""
        return {name: regime.edition for name, regime in zip(self.names, self.regimes, strict=True)}

    @property
    def state(self) -> dict[str, str]:
        """All on which the answers of a batch depend, by what it is called."""
        return {
            "lists": self.opened.listed.digest, "options": self.configuration,
            "law": hashlib.sha256(_ENCODER.encode(self.law)).hexdigest(), "decisions": self.head,
        }  # fmt: skip

    def hit(self, match: Match) -> Hit:
        """Return a match with the law behind it."""
        on = date.fromisoformat(self.as_of[:10]) if self.as_of else None
        content = self._content(match)
        return hit_of(match, content, self.regimes, on, self._grounds)

    def _content(self, match: Match) -> str:
        found = self._contents.get(match.party.id)
        if found is None:
            found = self._contents[match.party.id] = deciding.entry_digest(match.party)
        return found

    def standing(self, query: Query, hit: Hit) -> Decision | Stale | None:
        """Return what was decided on a hit, if it still stands."""
        if not self.decisions:
            return None
        return deciding.standing(
            self.decisions, deciding.query_digest(query), hit.entry, hit.content
        )


def desk(
    store: str | Path | None = None,
    *,
    as_of: str | None = None,
    regimes: Iterable[str] = (),
    decisions: str | Path | None = None,
    threshold: float = THRESHOLD,
    limit: int = LIMIT,
) -> Desk:
    """Open the lists of a day for screening.

    Args:
        store: where the editions are kept; None for ``DETENTE_STORE`` or the platform's place.
        as_of: the lists of that day or moment; the newest editions by default.
        regimes: names or folders of the regimes that explain programme tags; all by default.
        decisions: a file of decisions, which must be there; by default that beside the store,
            where there is one.
        threshold: the score from which a match counts, from 0 to 1.
        limit: hits of one query at most.

    Raises:
        UsageError: there is no store, it holds no list by that day, or an argument makes no sense.
        UnknownIdError: no regime has that name.
        LedgerError: the file of decisions was tampered with.
    """
    if not 0 <= threshold <= 1:
        raise UsageError(f"the threshold {threshold} is no probability; give one from 0 to 1")
    if limit < 1:
        raise UsageError(f"a limit of {limit} hits shows none; give 1 or more")
    path = places.store(str(store) if store is not None else None)
    day = asked(as_of) if as_of else None
    names = tuple(regimes)
    for name in names:  # no hit may ask for the law, and yet a wrong name is told
        locate(name)
    decided = deciding.kept(decisions_file(path, decisions))
    opened = open_index(path, day)
    return Desk(opened, day, names or tuple(known_regimes()), decided, threshold, limit)


def decisions_file(store: Path, named: str | Path | None) -> Path:
    """Return the file of decisions that was named, or else that beside the store.

    Raises:
        UsageError: the file that was named is not there.
    """
    if named is None:
        return decisions_beside(store)
    if not Path(named).exists():
        raise UsageError(f"{named} is not there; name a file that detente decide has written")
    return Path(named)


def decisions_beside(store: Path) -> Path:
    """Return where the decisions on a store's hits are kept."""
    return store.with_name(store.stem + ".decisions.jsonl")


class Recorded(NamedTuple):
    """A decision that was recorded.

    Attributes:
        decision: what was decided.
        hash: the digest of its line.
        listed: the primary name of the listed party.
    """

    decision: Decision
    hash: str
    listed: str


def decide(
    store: str | Path | None,
    entry: str,
    query: Query,
    verdict: Verdict,
    *,
    by: str,
    why: str,
    when: date,
    file: str | Path | None = None,
) -> Recorded:
    """Record a decision on a hit, once it is safely on disk.

    Args:
        store: where the editions are kept.
        entry: id of the listed party.
        query: who was screened, as it was screened.
        verdict: whether the two are the same; ``withdrawn`` takes an earlier decision back.
        by: who decided.
        why: the reasons.
        when: the day.
        file: the file of decisions; that beside the store by default.

    Raises:
        UsageError: the entry is not listed.
        LedgerError: the file is broken, or the decision says too little.
    """
    from detente.store.read import find_id, party_at
    from detente.store.schema import opened

    path = places.store(str(store) if store is not None else None)
    with opened(path) as connection:
        found = find_id(connection, entry)
        if len(found) != 1:
            what = "no entry" if not found else "entries of several lists"
            raise UsageError(f"{entry!r} names {what}; give its id, as in ofac-sdn:12211")
        party = party_at(connection, *found[0])
    if party is None:
        raise UsageError(f"{entry} is no longer listed; there is nothing to decide")
    made = Decision(
        query=deciding.query_digest(query), entry=party.id,
        entry_digest=deciding.entry_digest(party), verdict=verdict, by=by, why=why, when=when,
        name=query.name,
    )  # fmt: skip
    line = deciding.record(Path(file) if file else decisions_beside(path), made)
    return Recorded(made, line.hash, party.name)


def screen(desk: Desk, query: Query, command: str = "detente.screen") -> Hits:
    """Return the listed parties that somebody may be, each with the law behind it.

    Args:
        desk: the lists, opened.
        query: who is screened.
        command: what was called, for the receipt.
    """
    answer = desk.screener.answer(query, limit=desk.limit, threshold=desk.threshold)
    hits = tuple(decided(desk, query, desk.hit(match)) for match in answer.hits)
    cleared = tuple(map(desk.hit, answer.cleared))
    return Hits(
        query=query, as_of=desk.as_of, editions=desk.opened.editions, threshold=desk.threshold,
        limit=desk.limit, hits=hits, cleared=cleared,
        regimes=tuple(desk.names),
        receipt=Receipt(
            editions=desk.opened.digests, index=desk.opened.listed.digest,
            configuration=desk.configuration, query=deciding.query_digest(query),
            version=__version__, command=command, law=desk.law if hits or cleared else {},
        ),
    )  # fmt: skip


def decided(desk: Desk, query: Query, hit: Hit) -> Hit:
    """Return a hit with what was decided of it, and whether that still stands."""
    found = desk.standing(query, hit)
    if found is None:
        return hit
    stale = isinstance(found, Stale)
    decision = found.decision if isinstance(found, Stale) else found
    return msgspec.structs.replace(hit, decision=decision, decision_stands=not stale)


def replayed(store: str | Path | None, kept: Hits) -> list[str]:
    """Ask the question of a kept answer again, and return what is not as it was.

    The lists are those editions that the answer names, whatever was imported since, and the law is
    that of the day that was asked for.

    Args:
        store: where the editions are kept.
        kept: the answer.

    Raises:
        UsageError: there is no store, or it holds none of the editions.
        UnknownIdError: a regime of the answer is not there.
    """
    opened = open_index(places.store(str(store) if store is not None else None), kept.editions)
    desk = Desk(opened, kept.as_of, kept.regimes, Kept(), kept.threshold, kept.limit)
    return differences(desk, kept)


def differences(desk: Desk, kept: Hits) -> list[str]:
    """Return what is not as it was when a kept answer is asked for again.

    Args:
        desk: the lists, opened for the editions, day, threshold and limit of the answer.
        kept: the answer.
    """
    now = screen(desk, kept.query, kept.receipt.command)
    same_law = now.receipt.law == kept.receipt.law
    pairs = {
        "editions": (now.receipt.editions, kept.receipt.editions),
        "index": (now.receipt.index, kept.receipt.index),
        "configuration": (now.receipt.configuration, kept.receipt.configuration),
        "query": (now.receipt.query, kept.receipt.query),
        "law": (now.receipt.law, kept.receipt.law),
        "hits": (_bare(now.hits, same_law), _bare(kept.hits, same_law)),
        "cleared": (_bare(now.cleared, same_law), _bare(kept.cleared, same_law)),
    }
    return [name for name, (one, other) in pairs.items() if one != other]


def _bare(hits: tuple[Hit, ...], same_law: bool) -> list[Hit]:
    """Hits without decisions, which are made after an answer and change nothing in it.

    Where the law is another, hits are held against each other without what it says of them.
    """
    found = [msgspec.structs.replace(hit, decision=None, decision_stands=False) for hit in hits]
    if same_law:
        return found
    return [msgspec.structs.replace(h, grounds=(), authority=(), measures=()) for h in found]
