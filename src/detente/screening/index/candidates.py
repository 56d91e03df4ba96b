"""Which parties a name is worth holding against: a bound on the score, not a score.

For every word of the name the index gives the words near it and the names that hold them. A name's
*cover* is what its words tell that some word of the query is near, each taken as much as it is
alike; a pair that scores at the threshold covers most of the less telling name, enough of the other
one, and more than chance would.
"""

from __future__ import annotations

from collections import OrderedDict
from itertools import islice, pairwise, product
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from detente.screening.index import keys
from detente.screening.index.index import Index
from detente.screening.names import latin, nicknames
from detente.screening.score.align import JOINED
from detente.screening.score.likeness import MIXED, heard_alike, likeness

LEAST: Final = 0.65
"""Words less alike than this are not near."""
TELLING: Final = 6.0
"""Nats that must be covered at least, or the whole of the query where that is less."""
SHORTER: Final = 0.62
"""Share of the less telling name that must be covered."""
LONGER: Final = 0.4
"""Share of the more telling name that must be covered."""
_WAYS: Final = 4
"""Ways of spelling two neighbours that are tried as one word."""
_WHOLE: Final = 11
"""Letters at most of two words that are looked for, letter by letter, as one that was split."""
_MOST: Final = 120
"""Rows of the index that a name is held against at most: those of which it covers most."""
_KEPT: Final = 4096
"""Words whose rows are kept for the next name."""

Cover = tuple[NDArray[np.int64], NDArray[np.float64]]
"""Rows, and how much of their weight a word covers."""


_NONE: Final[Cover] = np.empty(0, np.int64), np.empty(0, np.float64)


class Candidates:
    """Looks names up in an index, and keeps what it found of each word."""

    def __init__(self, index: Index) -> None:
        """Look into ``index``."""
        self.index = index
        self._covers: OrderedDict[str, Cover] = OrderedDict()
        self._info = index.row_info.astype(np.float64)

    def rows(self, words: tuple[tuple[str, ...], ...], bare: bool) -> NDArray[np.int64]:
        """Return the rows of the index that a name must be held against, in their order.

        Args:
            words: the spellings of each of its words.
            bare: whether it comes from a script that leaves vowels out.
        """
        telling, known = self.index.telling, self.index.number
        distinct = tuple(dict.fromkeys(words))
        parts = [self._any_cover(spellings, bare) for spellings in distinct]
        for pair in pairwise(words):
            for first, second in islice(product(*pair), _WAYS):
                unknown = (
                    len(first) + len(second) <= _WHOLE
                    and first not in known
                    and second not in known
                )
                parts.append(
                    self._joined(first + second, telling(first) + telling(second), unknown)
                )
        found = [part for part in parts if len(part[0])]
        if not found:
            return np.empty(0, np.int64)
        cover = np.bincount(
            np.concatenate([rows for rows, _ in found]),
            np.concatenate([values for _, values in found]),
            minlength=self.index.rows,
        )
        whole = sum([min(map(telling, spellings)) for spellings in distinct])
        floor = max(min(TELLING, 0.6 * whole), LONGER * whole)
        rows = np.flatnonzero(cover >= floor - 1e-6)
        info = self._info[rows]
        least = np.maximum(SHORTER * np.minimum(info, whole), LONGER * info)
        rows = rows[cover[rows] >= least - 1e-6]
        if len(rows) > _MOST:
            missing = self._info[rows] - cover[rows]
            rows = np.sort(rows[np.lexsort((rows, np.maximum(missing, 0) - cover[rows]))[:_MOST]])
        return rows

    def _joined(self, word: str, told: float, unknown: bool) -> Cover:
        """Rows that hold as one word what stands in the query as two.

        Args:
            word: the two as one.
            told: how much the two tell.
            unknown: whether the index has neither: then they are looked for letter by letter.
        """
        found = self._covers.get("+" + word)
        if found is None:
            words = self.index.words
            places = self.index.near(word) if unknown else self.index.sounding(word)
            alike = {at: likeness(word, words[at]) for at in places}
            near = {at: value for at, value in alike.items() if value >= JOINED}
            rows = self._rows_of(near)[0] if near else _NONE[0]
            found = self._kept("+" + word, (rows, np.full(len(rows), told)))
        return found

    def _rows_of(self, near: dict[int, float]) -> Cover:
        """Every row that holds one of some words, with the most that any of them covers."""
        index, held = self.index, dict[int, float]()
        for place, alike in near.items():
            value = alike * index.infos[place]
            for row in index.rows_of(place).tolist():
                if value > held.get(row, 0.0):
                    held[row] = value
        size = len(held)
        return np.fromiter(held, np.int64, size), np.fromiter(held.values(), np.float64, size)

    def _kept(self, key: str, found: Cover) -> Cover:
        self._covers[key] = found
        if len(self._covers) > _KEPT:
            self._covers.popitem(last=False)
        return found

    def _any_cover(self, spellings: tuple[str, ...], bare: bool) -> Cover:
        """Every row that holds a word near any spelling, with the most that is covered of it."""
        if len(spellings) == 1:
            return self._cover(spellings[0], bare)
        covers = [self._cover(word, bare) for word in spellings]
        rows = np.concatenate([rows for rows, _ in covers])
        return _most(rows, np.concatenate([values for _, values in covers]))

    def _cover(self, word: str, bare: bool) -> Cover:
        key = f"~{word}" if bare else word
        found = self._covers.get(key)
        if found is None:
            found = self._kept(key, self._look_up(word, bare))
        else:
            self._covers.move_to_end(key)
        return found

    def _look_up(self, word: str, bare: bool) -> Cover:
        """Every row that holds a word near this one, with the most that any of them covers."""
        whole = self._rows_of(self.near(word, bare))
        long = len(word) >= keys.JOINED and word not in self.index.number
        halves = self._halves(word) if long else _NONE
        if not len(halves[0]):
            return whole
        return np.concatenate((whole[0], halves[0])), np.concatenate((whole[1], halves[1]))

    def near(self, word: str, bare: bool = False) -> dict[int, float]:
        """Return the words of the index that are near a word, by number, and how alike they are."""
        number = self.index.number
        if len(word) < 2 or word.isdigit():
            return {number[word]: 1.0} if word in number else {}
        found = self._alike(word, bare)
        for at in self.index.mixed.get(keys.mixed(word), ()):
            found[at] = max(MIXED, found.get(at, 0.0))
        for form in nicknames.forms(word):
            place = number.get(form)
            if place is not None:
                found[place] = max(likeness(word, form), found.get(place, 0.0))
        return found

    def _alike(self, word: str, bare: bool) -> dict[int, float]:
        """The words that are alike in letters, sound or consonants, and how much."""
        words, sounds, bones = self.index.words, self.index.sounds, self.index.bones
        sound, skeleton, bares = latin.sound(word), latin.skeleton(word), self.index.bares
        found: dict[int, float] = {}
        for at in self.index.near(word):
            other = words[at]
            alike = 1.0 if other == word else heard_alike(
                word, other, sound, sounds[at], skeleton, bones[at], bare or bares[at]
            )  # fmt: skip
            if alike >= LEAST:
                found[at] = alike
        return found

    def _halves(self, word: str) -> Cover:
        """Rows that hold two neighbours of which this word may be joined."""
        rows, values = [], []
        for row in self.index.joining(word):
            words = self.index.reading(row).words
            told = [
                self.index.telling(first) + self.index.telling(second)
                for first, second in pairwise(words)
                if abs(len(first) + len(second) - len(word)) < 3
                and likeness(first + second, word) >= JOINED
            ]
            if told:
                rows.append(row)
                values.append(max(told))
        return np.array(rows, np.int64), np.array(values, np.float64)


def _most(rows: NDArray[Any], values: NDArray[np.float64]) -> Cover:
    """Each row once, with the most that any word covers of it."""
    order = np.lexsort((-values, rows))
    rows, values = rows[order], values[order]
    first = np.ones(len(rows), bool)
    first[1:] = rows[1:] != rows[:-1]
    return rows[first].astype(np.int64), values[first]
