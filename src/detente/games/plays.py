"""Plays of the trust game by chance, many at once.

Along the path of the equilibrium each side's play is one stopping time: the round in which the
sender first holds, and the round in which a staller first cheats. A play is therefore a function of
three numbers drawn at random: the type of the target and the two rounds.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.games.ranges import Floats
from detente.games.trust import Trust

_BLOCK: Final = 1 << 16
"""Plays drawn together: their arrays stay in the processor's cache."""


class Plays(NamedTuple):
    """Counts of plays by type and by how they went.

    Attributes:
        sincere: plays with a sincere target, by rounds of relief, 0 to all.
        patient: plays with a staller that was never caught, by rounds of relief.
        cheated: plays with a staller that cheated, by rounds of relief, the last one included.
    """

    sincere: NDArray[np.int64]
    patient: NDArray[np.int64]
    cheated: NDArray[np.int64]

    @property
    def number(self) -> int:
        """How many plays there are."""
        return int(self.sincere.sum() + self.patient.sum() + self.cheated.sum())

    @property
    def relief_rounds(self) -> float:
        """Rounds of relief in the mean play."""
        every = self.sincere + self.patient + self.cheated
        return float(every @ np.arange(every.size) / self.number)

    @property
    def cheats(self) -> float:
        """Share of all plays in which the target cheated."""
        return float(self.cheated.sum() / self.number)


def play(game: Trust, number: int, seed: int) -> Plays:
    """Play a solved game, of one draw, ``number`` times.

    Args:
        game: what ``solve`` found for one set of parameters.
        number: how many plays, 1 or more.
        seed: seed of the generator.
    """
    generator = np.random.default_rng(seed)
    rounds = len(game.gives)
    holds = _ends(game.gives[:, 0])
    cheats = _ends(game.complies[:, 0])
    wide = rounds + 1
    counts = np.zeros(3 * wide, dtype=np.int64)
    for start in range(0, number, _BLOCK):
        size = min(_BLOCK, number - start)
        stallers = generator.binomial(size, 1 - float(game.prior[0]))  # their order is no matter
        held = holds.searchsorted(generator.random(size), side="right")
        cheat = cheats.searchsorted(generator.random(stallers), side="right")
        counts[:wide] += np.bincount(held[stallers:], minlength=wide)
        of_staller = held[:stallers]
        caught = cheat < of_staller
        code = np.where(caught, cheat + (1 + 2 * wide), of_staller + wide)
        counts[wide:] += np.bincount(code, minlength=3 * wide)[wide:]
    return Plays(counts[:wide], counts[wide : 2 * wide], counts[2 * wide :])


def _ends(goes_on: Floats) -> Floats:
    """The chance that a side has stopped by each round."""
    return np.asarray(1 - np.cumprod(goes_on), dtype=float)
