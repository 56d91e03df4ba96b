"""What conduct and inspections teach of a target, and how many of them a decision takes.

The belief that a target is sincere moves in log-odds by the logarithm of a likelihood ratio
(Bayes). How likely a staller is to comply comes from the equilibrium of ``trust``, not from a
fixed rate: where a staller complies for certain, compliance teaches nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from detente.games.ranges import Floats

Side = Floats | float


class Wald(NamedTuple):
    """Wald's sequential test of sincere against staller (Wald 1945).

    Attributes:
        accept: log-odds gained at which sincerity is accepted.
        reject: log-odds at which it is rejected; negative.
        number_sincere: inspections expected with a sincere target.
        number_staller: inspections expected with a staller.
    """

    accept: Floats
    reject: Floats
    number_sincere: Floats
    number_staller: Floats


def update(belief: Side, if_sincere: Side, if_staller: Side) -> Floats:
    """Return the belief after a signal.

    Args:
        belief: belief before it, from 0 to 1.
        if_sincere: chance of the signal with a sincere target.
        if_staller: its chance with a staller; not 0 where the other is 0 too.
    """
    mu = np.asarray(belief, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = np.log(mu) - np.log1p(-mu) + np.log(if_sincere) - np.log(if_staller)
        after = 1 / (1 + np.exp(-odds))
    certain = (mu == 0) | (mu == 1)
    return np.where(certain, mu, after)


def path(belief: float, complies: Sequence[float], signals: Sequence[bool]) -> list[float]:
    """Return the belief before the first round and after each one.

    Args:
        belief: belief before the first round.
        complies: chance, by rounds, that a staller complies: ``complies`` of the solved game.
        signals: by rounds with relief, whether the target was seen to comply.
    """
    found = [belief]
    for chance, complied in zip(complies, signals, strict=False):
        likely = (1.0, chance) if complied else (0.0, 1 - chance)
        found.append(float(update(found[-1], *likely)) if any(likely) else found[-1])
    return found


def clean(belief: Side, scope: Side, detection: Side, inspections: Side) -> Floats:
    """Return the belief after clean inspections of a programme of which only a part is seen.

    A violation lies in the observed part with chance ``scope``, and there each inspection finds it
    with chance ``detection``, independently; a sincere target is always found clean. So
    inspections without a find have the chance ``1 - scope + scope * (1 - detection)**inspections``
    with a staller.
    """
    unseen = 1 - scope + scope * (1 - np.asarray(detection, dtype=float)) ** inspections
    return update(belief, 1.0, unseen)


def cap(belief: Side, scope: Side) -> Floats:
    """Return the belief that no number of clean inspections can exceed: what lies unobserved."""
    return update(belief, 1.0, 1 - np.asarray(scope, dtype=float))


def wald(sincere: Side, staller: Side, accept_wrongly: Side, reject_wrongly: Side) -> Wald:
    """Return the thresholds of Wald's test and the inspections that it takes.

    Args:
        sincere: chance that an inspection of a sincere target is clean.
        staller: chance that one of a staller is clean; another one than ``sincere``.
        accept_wrongly: alpha: the chance allowed of accepting a staller.
        reject_wrongly: beta: the chance allowed of rejecting a sincere target.

    Returns:
        Thresholds ``ln((1 - beta) / alpha)`` and ``ln(beta / (1 - alpha))``, and expected numbers
        by Wald's identity. It leaves out that the last step overshoots the threshold, so the
        true numbers are a few per cent larger.
    """
    alpha, beta = np.asarray(accept_wrongly, dtype=float), np.asarray(reject_wrongly, dtype=float)
    upper, lower = np.log((1 - beta) / alpha), np.log(beta / (1 - alpha))
    drift = divergence(sincere, staller)
    back = divergence(staller, sincere)
    return Wald(
        accept=upper,
        reject=lower,
        number_sincere=((1 - beta) * upper + beta * lower) / drift,
        number_staller=-(alpha * upper + (1 - alpha) * lower) / back,
    )


def divergence(p: Side, q: Side) -> Floats:
    """Return the Kullback-Leibler divergence of two chances of one event, in nats."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    return p * np.log(p / q) + (1 - p) * np.log((1 - p) / (1 - q))
