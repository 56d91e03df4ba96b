"""The likeliest change of a rate in a row of counts, and how often random orders look as changed.

A permutation needs one pass. Cumulated days and counts travel packed in one integer, and a row is
first looked at in blocks: what the counts would have to be at the ends of a block for any split in
it to reach the ratio is computed once, so that nearly all splits are passed over without a
logarithm. Two hundred periods in 999 orders take some forty thousandths of a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import log
from random import Random
from typing import Final

SIDE: Final = 2
"""How many of the longest periods lie on each side of a change at least.

Told in days and not in periods, so that a change is sought in the same stretch of every order: else
a history of short periods before long ones is looked at closer near its end than its orders are.
"""

EDGE: Final = 0.05
"""The part of all days on each side of a change at least."""

_SHIFT: Final = 48
_MASK: Final = (1 << _SHIFT) - 1
_CELLS: Final = 64
_BLOCK: Final = 8
_TIE: Final = 1e-9


class Scan:
    """A row of periods that is looked through for a change of rate."""

    def __init__(self, days: Sequence[int], counts: Sequence[int]) -> None:
        """Keep the row.

        Args:
            days: of each period, one or more.
            counts: of each period, with a sum above nought.
        """
        self.size = len(days)
        self.days = sum(days)
        self.count = sum(counts)
        self.pairs = [d << _SHIFT | c for d, c in zip(days, counts, strict=True)]
        self.least = max(EDGE * self.days, SIDE * max(days))
        self.most = self.days - self.least
        self._even = self.count * log(self.count / self.days)

    def ratio(self, days: float, count: float) -> float:
        """Return twice the log of the likelihood ratio for a change after so many days."""
        rest, left = self.count - count, self.days - days
        before = count * log(count / days) if count > 0 else 0.0
        after = rest * log(rest / left) if rest > 0 else 0.0
        return 2 * (before + after - self._even)

    def likeliest(self) -> tuple[int, float] | None:
        """Return how many periods lie before the likeliest change, and its ratio.

        None where no change can have enough days on both sides.
        """
        places = self._splits(list(accumulate(self.pairs)), 1, self.size - 1)
        ratios = [(self.ratio(s >> _SHIFT, s & _MASK), -at) for at, s in places]
        ratio, at = max(ratios, default=(0.0, 0))
        return (-at, ratio) if at else None

    def as_changed(
        self, ratio: float, permutations: int, seed: int, enough: int
    ) -> tuple[int, int]:
        """Count the random orders of the row in which the likeliest change reaches a ratio.

        Args:
            ratio: that of the order that happened.
            permutations: orders to draw at most.
            seed: what fixes them.
            enough: with so many found no more are drawn.

        Returns:
            How many reach it, and how many were drawn.
        """
        random, row = Random(seed), list(self.pairs)  # noqa: S311 - a test, not a secret
        ratio -= _TIE
        low, high = self._bounds(ratio)
        found = drawn = 0
        while found < enough and drawn < permutations:
            random.shuffle(row)
            found += self._reaches(list(accumulate(row)), ratio, low, high)
            drawn += 1
        return found, drawn

    def _splits(self, sums: list[int], first: int, last: int) -> list[tuple[int, int]]:
        """The places from one to another where a change may be, each with what lies before it."""
        return [
            (at, sums[at - 1])
            for at in range(first, last + 1)
            if self.least <= sums[at - 1] >> _SHIFT <= self.most
        ]

    def _reaches(self, sums: list[int], ratio: float, low: list[float], high: list[float]) -> bool:
        """Whether any split of a row reaches a ratio."""
        days, end = self.days, self.size - 1
        for first in range(1, end + 1, _BLOCK):
            last = min(first + _BLOCK - 1, end)
            here, there = sums[first - 1], sums[last - 1]
            above = there & _MASK >= high[(here >> _SHIFT) * _CELLS // days]
            if (above or here & _MASK <= low[(there >> _SHIFT) * _CELLS // days]) and any(
                self.ratio(s >> _SHIFT, s & _MASK) >= ratio
                for _, s in self._splits(sums, first, last)
            ):
                return True
        return False

    def _bounds(self, ratio: float) -> tuple[list[float], list[float]]:
        """For each cell of days the counts that no split in it can be beyond without reaching."""
        least, most = self.least, self.most
        low, high = [], []
        for cell in range(_CELLS + 1):
            left = max(cell * self.days / _CELLS, least)
            right = min((cell + 1) * self.days / _CELLS, most)
            high.append(self._bound(min(left, most), ratio, self.count))
            low.append(self._bound(max(right, least), ratio, 0))
        return low, high

    def _bound(self, days: float, ratio: float, end: int) -> float:
        """The count between the even one and ``end`` from which a split reaches a ratio."""
        inside, outside = self.count * days / self.days, float(end)
        if self.ratio(days, outside) < ratio:
            return end + 1 if end else -1
        for _ in range(24):
            middle = (inside + outside) / 2
            if self.ratio(days, middle) < ratio:
                inside = middle
            else:
                outside = middle
        return inside
