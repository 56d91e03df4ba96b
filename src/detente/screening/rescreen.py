"""Screening again after a new edition: only what the change can affect, in both directions.

A score depends on the listed party, and on how rare its words and those of the query are. So a
change of the list can affect a query where an entry came, went or changed, where an entry holds a
word whose rarity changed (rarity goes in steps of two, so few do), and where the query itself holds
such a word. All other hits stand as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from detente.screening.index.index import Index, built
from detente.screening.model import Match, Query
from detente.screening.names.reading import read
from detente.screening.screener import THRESHOLD, Screener

Kind = Literal["new", "gone", "changed"]


class Changed(NamedTuple):
    """A hit that a new edition changed.

    Attributes:
        kind: it is ``new``, ``gone``, or there as before with another score or entry (``changed``).
        match: the hit as it is now, or as it last was.
    """

    kind: Kind
    match: Match


class Reach(NamedTuple):
    """What the change between two indexes can affect.

    Attributes:
        old: places of parties in the old index that went, changed, or hold a word of new rarity.
        new: places in the new index, likewise.
        words: words of which the rarity changed.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    words: frozenset[str]


def reach(old: Index, new: Index) -> Reach:
    """Return what the change between two indexes can affect."""
    before = {(id_, old.party_digest(at)): at for at, id_ in enumerate(old.ids)}
    after = {(id_, new.party_digest(at)): at for at, id_ in enumerate(new.ids)}
    words = frozenset(
        word for word in {*old.words, *new.words} if word and old.telling(word) != new.telling(word)
    )
    return Reach(
        _places(old, {at for key, at in before.items() if key not in after}, words),
        _places(new, {at for key, at in after.items() if key not in before}, words),
        words,
    )


def _places(index: Index, moved: set[int], words: frozenset[str]) -> tuple[int, ...]:
    held = (index.rows_of(index.number[word]) for word in words if word in index.number)
    touched = {int(index.row_party[row]) for rows in held for row in rows.tolist()}
    return tuple(sorted(moved | touched))


class Rescreener:
    """Says which hits of a query a new edition changed."""

    def __init__(self, old: Index, new: Index, *, threshold: float = THRESHOLD) -> None:
        """Hold two indexes against each other.

        Args:
            old: the index of the edition that was screened before.
            new: the index of the new one.
            threshold: the score of a hit, as in the screening before.
        """
        self.reach = reach(old, new)
        self._whole = Screener(old), Screener(new)
        self._part = _part(old, self.reach.old), _part(new, self.reach.new)
        self._threshold = threshold

    def changes(self, query: Query) -> list[Changed]:
        """Return the hits of a query that changed, the likeliest first."""
        old, new = self._whole if self._is_touched(query) else self._part
        before, after = (self._hits(screener, query) for screener in (old, new))
        found = [
            Changed("changed" if id_ in before else "new", match)
            for id_, match in after.items()
            if id_ not in before or _told(match) != _told(before[id_])
        ]
        found += [Changed("gone", match) for id_, match in before.items() if id_ not in after]
        return sorted(found, key=lambda item: (-item.match.score, item.match.party.id))

    def changes_many(self, queries: Iterable[Query]) -> Iterator[list[Changed]]:
        """Yield the changed hits of each of many queries, in their order."""
        yield from map(self.changes, queries)

    def _hits(self, screener: Screener, query: Query) -> dict[str, Match]:
        # Without a limit: what it hides depends on hits that did not change.
        found = screener.screen(query, limit=1 << 30, threshold=self._threshold)
        return {match.party.id: match for match in found}

    def _is_touched(self, query: Query) -> bool:
        """Whether a query has a word of which the rarity changed."""
        names = (query.name, *query.aliases)
        return any(
            not self.reach.words.isdisjoint(reading.words)
            for text in names
            for reading in read(text, query.kind).readings
        )


def _told(match: Match) -> tuple[object, ...]:
    return match.score, match.name, match.party


def _part(index: Index, places: tuple[int, ...]) -> Screener:
    """A screener of some parties, to whom words tell what they tell in the whole index."""
    data = built(index.records(places), index.known(), index.telling)
    return Screener(Index(data, telling=index.telling))
