"""Two names held against each other, without a list."""

from __future__ import annotations

from math import exp
from typing import Final

from detente.entities.model import Kind
from detente.screening.names.reading import read, spellings
from detente.screening.score.names import likely

THRESHOLD: Final = 0.5
"""The score from which two names are called a match."""


def compare(one: str, other: str, kind: Kind | None = None) -> float:
    """Return the probability that two names are names of one party, from 0 to 1.

    Args:
        one: a name in full, in any script.
        other: another.
        kind: what bears the names; None where that is not known.
    """
    return probability(
        max(
            likely(read(first, kind), read(second, kind), kind).odds
            for first in spellings(one)
            for second in spellings(other)
        )
    )


def probability(odds: float) -> float:
    """Return the probability of odds given as their natural logarithm."""
    return 1 / (1 + exp(-odds)) if odds > -700 else 0.0
