"""How much a word tells: how unlikely it is to be hit on by chance."""

from __future__ import annotations

from math import log
from typing import Final

from detente.screening.names import common

COMMONEST: Final = 3.2
"""What the commonest words of names anywhere tell, in nats: one name in 25 has them."""
SCALE: Final = 7.8
"""How much more a word tells of which nothing is known."""
_FEWEST: Final = 4096
"""Names that an index is taken to hold at least, since few names tell little of rarity."""


def telling(word: str, held: int, names: int) -> float:
    """Return how much a word tells, in nats.

    It is minus the logarithm of the word's share of the names of an index, or of what is known of
    names in general where that is less: a list of a few names knows little of what is rare. Both
    counts are taken in steps of a factor of two, so that an edition that changes a few names
    changes few scores.

    Args:
        word: a folded word.
        held: how many names of the index hold it; 0 counts as one.
        names: how many names the index has.
    """
    if len(word) == 1:
        return 1.0
    return min(_STEP * (_steps(max(names, _FEWEST)) - _steps(max(held, 1))),
               COMMONEST + SCALE * common.rarity(word))  # fmt: skip


_STEP: Final = log(2)


def _steps(count: int) -> int:
    """How often a count can be halved."""
    return count.bit_length() - 1
