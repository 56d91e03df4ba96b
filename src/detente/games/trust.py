"""Trust over several rounds: how long a staller looks honest (Kreps and Wilson 1982).

In every round the sender gives relief or holds, and the target, if it got relief, complies or
cheats. The sender knows of the target only a belief that it is sincere: a sincere target always
complies, a staller does what pays. Payoffs of a round, to the sender and to a staller:

    relief and compliance   benefit, 1
    relief and cheating     -loss,   1 + gain
    no relief               0,       0

With ``q = loss / (benefit + loss)`` and ``n`` rounds left, this one included, the sequential
equilibrium is: the sender gives relief if its belief is ``q**n`` or more; the staller complies for
certain if the belief is ``q**(n - 1)`` or more, and else with the chance that lifts the belief, if
it complies, to exactly ``q**(n - 1)``; in a round that follows such a mixed one the sender gives
relief with chance ``gain / (patience * (1 + gain))``. A round without relief ends the relief: the
belief stays, and each later threshold is higher.

This holds where ``patience * (1 + gain) >= gain``. A staller with less patience cheats as soon as
it gets relief, whatever follows: the types part in the first round, and a sender who counts all
rounds alike gives it if its belief is ``loss / (loss + n * benefit)`` or more.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from detente.games.ranges import Bools, Floats

_SLACK: Final = 1 - 1e-12
"""A belief this near below a threshold is at it: 0.6 cubed is no 0.216 in binary."""


class Trust(NamedTuple):
    """The play of the equilibrium; arrays of rounds by draws.

    Attributes:
        prior: belief before the first round, by draws.
        patience: what the next round is worth to a staller, by draws.
        gain: what cheating brings it, by draws.
        belief: belief at the start of the round, while no round was held or cheated in.
        gives: chance of relief in the round, while that is so.
        complies: chance that a staller complies once it has relief.
        relief_sincere: chance that a sincere target gets relief in the round.
        relief_staller: chance that a staller does.
        caught: chance that the target is a staller and cheats in this round.
        at_once: whether a staller is too impatient to build a reputation, by draws.
    """

    prior: Floats
    patience: Floats
    gain: Floats
    belief: Floats
    gives: Floats
    complies: Floats
    relief_sincere: Floats
    relief_staller: Floats
    caught: Floats
    at_once: Bools


def critical(benefit: Floats | float, loss: Floats | float) -> Floats:
    """Return ``q``: the belief at which relief for one round is worth its risk."""
    return np.asarray(loss / (benefit + loss), dtype=float)


def belief_needed(q: Floats | float, rounds: int) -> Floats:
    """Return the belief from which a road map of so many rounds may begin: ``q**rounds``."""
    return np.asarray(q, dtype=float) ** rounds


def largest_exposure(belief: Floats | float, rounds: int) -> Floats:
    """Return the largest loss, in benefits of a round, that a first relief may put at risk.

    It is the loss at which ``belief`` is just ``q**rounds``. What a snapback would bring back is
    no loss.
    """
    root = np.asarray(belief, dtype=float) ** (1 / rounds)
    with np.errstate(divide="ignore"):
        return root / (1 - root)


def solve(
    belief: Floats | float,
    q: Floats | float,
    gain: Floats | float,
    patience: Floats | float,
    rounds: int,
) -> Trust:
    """Return the equilibrium play from the first round to the last.

    Args:
        belief: belief that the target is sincere, from 0 to 1.
        q: ``critical(benefit, loss)``, between 0 and 1.
        gain: what cheating adds to a round's relief, above 0.
        patience: what a round is worth a round earlier, above 0 and at most 1.
        rounds: number of rounds, 1 or more.

    Returns:
        Exact chances, by forward recursion over rounds and the belief on the path.
    """
    mu, q, gain, patience = (
        np.array(item, dtype=float)
        for item in np.broadcast_arrays(*np.atleast_1d(belief, q, gain, patience))
    )
    at_once = patience * (1 + gain) < gain * _SLACK
    again = np.minimum(gain / (patience * (1 + gain)), 1.0)
    prior, mixed = mu.copy(), np.zeros(mu.shape, dtype=bool)
    sincere, staller = np.ones(mu.shape), np.ones(mu.shape)
    kept: list[tuple[Floats, ...]] = []
    for left in range(rounds, 0, -1):
        threshold = np.where(at_once, q / (q + left * (1 - q)), q**left)
        gives = np.where(mixed, again, mu >= threshold * _SLACK)
        complies, after = _staller(mu, q ** (left - 1), at_once)
        sincere = sincere * gives
        staller = staller * gives
        caught = (1 - prior) * staller * (1 - complies)
        kept.append((mu, gives, complies, sincere, staller, caught))
        staller = staller * complies
        mixed, mu = (complies < 1) & ~at_once, after
    played = [np.array(item) for item in zip(*kept, strict=True)]
    return Trust(prior, patience, gain, *played, at_once)  # type: ignore[call-arg]


def _staller(mu: Floats, target: Floats, at_once: Bools) -> tuple[Floats, Floats]:
    """The chance that a staller complies, and the belief after compliance."""
    sure = mu >= target * _SLACK
    mixing = mu * (1 - target) / np.where(sure, 1.0, (1 - mu) * target)
    complies = np.where(at_once, 0.0, np.where(sure, 1.0, mixing))
    after = np.where(sure, mu, np.where(mu > 0, target, 0.0))
    return complies, np.where(at_once, np.where(mu > 0, 1.0, 0.0), after)


def relief_rounds(found: Trust) -> Floats:
    """Return the expected number of rounds with relief, by draws."""
    share = found.prior * found.relief_sincere + (1 - found.prior) * found.relief_staller
    return np.asarray(share.sum(axis=0))


def looks_honest(found: Trust) -> Floats:
    """Return how many rounds from the first a staller complies for certain, by draws."""
    sure = (found.complies == 1) & (found.gives == 1)
    return np.asarray(np.logical_and.accumulate(sure, axis=0).sum(axis=0), dtype=float)


def staller_value(found: Trust) -> Floats:
    """Return what a staller expects of the whole game, seen from its first round, by draws."""
    ages = np.arange(len(found.gives))[:, None]
    worth = found.relief_staller * (1 + found.gain * (1 - found.complies))
    return np.asarray((found.patience**ages * worth).sum(axis=0))
