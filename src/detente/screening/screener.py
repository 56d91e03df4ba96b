"""Screening names and numbers against listed parties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import log
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from detente.entities.model import Party
from detente.screening.index.candidates import Candidates
from detente.screening.index.index import Index, built
from detente.screening.index.records import identity, records_of
from detente.screening.model import Match, Query
from detente.screening.names.reading import Read, read, spellings, ways
from detente.screening.score import evidence, identifiers
from detente.screening.score.names import Likely, any_odds, likely, same_key
from detente.screening.score.whole import Chance, chance, match, screened

THRESHOLD: Final = 0.5
"""The score from which a match is a hit."""
LIMIT: Final = 10
"""Hits of one query at most."""


class Answer(NamedTuple):
    """What an index says of a query.

    Attributes:
        hits: the listed parties that it may be, the likeliest first.
        cleared: parties whose name fits and whom a number for life rules out, each with the reason.
    """

    hits: tuple[Match, ...]
    cleared: tuple[Match, ...]


_Best = dict[int, tuple[Likely, int]]
"""The likeliest name of each party, and its place among the party's names."""


class Screener:
    """Answers who of an index a query may be.

    It holds nothing but the index and what it found of words before; answers do not depend on the
    order of questions.
    """

    def __init__(self, index: Index) -> None:
        """Screen against an index that is open."""
        self.index = index
        self._candidates = Candidates(index)

    @classmethod
    def from_parties(cls, parties: Iterable[Party]) -> Screener:
        """Return a screener against parties, with an index in memory."""
        return cls(Index(built(records_of(parties))))

    @classmethod
    def from_store(cls, path: str | Path, as_of: str | None = None) -> Screener:
        """Return a screener against everybody who stood on the lists of a store on a day.

        Args:
            path: the store.
            as_of: a day or a moment; None for the newest editions.

        Raises:
            UsageError: there is no store, or it holds no list by that day.
        """
        from detente.screening.opening import open_index

        return cls(open_index(Path(path), as_of).listed)

    def screen(
        self, query: Query, *, limit: int = LIMIT, threshold: float = THRESHOLD
    ) -> list[Match]:
        """Return the listed parties that somebody may be, the likeliest first.

        Args:
            query: who is screened.
            limit: how many at most.
            threshold: the score from which a match counts, from 0 to 1.
        """
        return list(self.answer(query, limit=limit, threshold=threshold).hits)

    def answer(self, query: Query, *, limit: int = LIMIT, threshold: float = THRESHOLD) -> Answer:
        """Return the hits, and beside them whom a number for life rules out.

        Args:
            query: who is screened.
            limit: how many at most, of each.
            threshold: the score from which a match counts, from 0 to 1.
        """
        return self._ranked(query, self._best(query), limit, threshold)

    def considered(self, query: Query) -> Iterator[tuple[Party, Likely, Chance | None]]:
        """Yield every party that is held against a query, and what the names say, for evaluation.

        Args:
            query: who is screened.
        """
        for at, (found, _) in self._best(query).items():
            yield self.index.party(at), found, chance(found.words, self.index)

    def _best(self, query: Query) -> _Best:
        best: _Best = {}
        for asked in _reads(query):
            self._by_words(asked, best)
            self._by_keys(asked, best)
        self._by_numbers(query, best)
        return best

    def screen_many(
        self, queries: Iterable[Query], *, limit: int = LIMIT, threshold: float = THRESHOLD
    ) -> Iterator[list[Match]]:
        """Yield the answer to each of many queries, in their order."""
        for query in queries:
            yield self.screen(query, limit=limit, threshold=threshold)

    def exhaustive(
        self, query: Query, *, limit: int = LIMIT, threshold: float = THRESHOLD
    ) -> list[Match]:
        """Return what ``screen`` returns, by scoring every name of the index: slow, and exact."""
        best: _Best = {}
        for asked in _reads(query):
            for row in range(self.index.rows):
                self._score(asked, row, best)
            self._by_keys(asked, best)
        self._by_numbers(query, best)
        return list(self._ranked(query, best, limit, threshold).hits)

    def _by_words(self, asked: Read, best: _Best) -> None:
        found = [self._candidates.rows(way.words, way.first.bare) for way in ways(asked.readings)]
        if found:
            for row in (found[0] if len(found) == 1 else np.unique(np.concatenate(found))).tolist():
                self._score(asked, row, best)

    def _score(self, asked: Read, row: int, best: _Best) -> None:
        """Hold a name against a row of the index, and keep it if it is the party's best."""
        at = int(self.index.row_party[row])
        party = self.index.party(at)
        place = int(self.index.row_name[row])
        if asked.native and party.names[place].script != "Latn":
            found = likely(asked, read(party.names[place].text, party.kind), party.kind)
        else:
            found = any_odds(asked.readings, self.index.reading(row), party.kind)
        _keep(best, at, found, place)

    def _by_keys(self, asked: Read, best: _Best) -> None:
        """Korean and Chinese names in another spelling."""
        if asked.native:
            for at, place in self.index.sharing("key", sorted(asked.keys)):
                party = self.index.party(at)
                listed = read(party.names[place].text, party.kind)
                _keep(best, at, likely(asked, listed, party.kind), place)
            return
        for key in sorted(asked.keys):
            for at, place in self.index.sharing("key", [key]):
                _keep(best, at, Likely(same_key(key), "syllables"), place)

    def _by_numbers(self, query: Query, best: _Best) -> None:
        """Parties with the same number, whatever their names."""
        reads = _reads(query)
        for at, _ in self.index.sharing("number", map(identity, query.identifiers)):
            party = self.index.party(at)
            for place, name in enumerate(party.names):
                for asked in reads:
                    listed = read(name.text, party.kind)
                    _keep(best, at, likely(asked, listed, party.kind), place)

    def _ranked(self, query: Query, best: _Best, limit: int, threshold: float) -> Answer:
        least = _odds(threshold)
        most = _most(query)
        hits: list[Match] = []
        cleared: list[Match] = []
        for at, (found, place) in best.items():
            alone = screened(found.odds, chance(found.words, self.index))
            if alone + most < least:
                continue
            item = match(query, self.index.party(at), place, found, self.index)
            if item.score >= threshold:
                hits.append(item)
            elif item.cleared is not None and alone >= least:
                cleared.append(item)
        return Answer(
            tuple(sorted(hits, key=_rank)[:limit]), tuple(sorted(cleared, key=_rank)[:limit])
        )


def _rank(item: Match) -> tuple[float, float, str]:
    """The likeliest first; of two alike the one for which most speaks, then by id."""
    return -item.score, -sum(reason.weight for reason in item.reasons), item.party.id


def _keep(best: _Best, at: int, found: Likely, place: int) -> None:
    """Keep the likelier name of a party; of two alike the earlier one, whatever came first."""
    held = best.get(at)
    if held is None or (found.odds, -place) > (held[0].odds, -held[1]):
        best[at] = found, place


def _reads(query: Query) -> list[Read]:
    texts = (spelling for text in (query.name, *query.aliases) for spelling in spellings(text))
    return [read(text, query.kind) for text in dict.fromkeys(texts)]


def _odds(score: float) -> float:
    """The natural logarithm of the odds of a probability."""
    safe = min(max(score, 1e-6), 1 - 1e-6)
    return log(safe / (1 - safe))


def _most(query: Query) -> float:
    """The most that all but the name can add."""
    total = 0.0
    if query.births:
        total += evidence.SAME_DAY
    if query.countries:
        total += evidence.COUNTRY
    if query.places:
        total += evidence.PLACE
    return total + sum(
        identifiers.WORTH[item.kind].same
        for item in query.identifiers
        if item.kind in identifiers.WORTH
    )
