"""Bargaining: who is in a hurry, what to ask, what a programme or a threat is worth.

Five small models in closed form, each with one source. They share no state: each answers its own
question with its own parameters.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from detente.games.ranges import Floats

Side = Floats | float


class Screening(NamedTuple):
    """A demand made without knowing what refusing costs the other side.

    Attributes:
        demand: the best demand.
        refused: the chance that it is refused.
        worth: what the sender then expects.
    """

    demand: Floats
    refused: Floats
    worth: Floats


def rubinstein(first: Side, second: Side) -> Floats:
    """Return the share of who offers first (Rubinstein 1982): ``(1 - d2) / (1 - d1 d2)``.

    Args:
        first: discount factor of who offers first, from 0 to below 1.
        second: that of the other.
    """
    other = np.asarray(second, dtype=float)
    return np.asarray((1 - other) / (1 - first * other))


def nash_limit(first_rate: Side, second_rate: Side) -> Floats:
    """Return the first side's share as offers follow without delay: ``r2 / (r1 + r2)``.

    Args:
        first_rate: discount rate a year, above 0.
        second_rate: that of the other.
    """
    return np.asarray(second_rate / (np.asarray(first_rate, dtype=float) + second_rate))


def sender_share(rate: Side, target_rate: Side, growth: Side, delay: Side) -> Floats:
    """Return the share of a sender who offers first while the target's programme grows.

    Waiting costs the sender its impatience and the growth of the threat: its discount factor for
    one delay is ``exp(-(rate + growth) * delay)``.

    Args:
        rate: the sender's discount rate a year.
        target_rate: the target's.
        growth: growth of the threat a year, while nothing is agreed.
        delay: years from one offer to the next; 0 for the limit.
    """
    hurry = np.asarray(rate + growth, dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        offered = np.expm1(-target_rate * delay) / np.expm1(-(hurry + target_rate) * delay)
    return np.where(np.asarray(delay) == 0, nash_limit(hurry, target_rate), offered)


def growth_at_half(rate: Side, target_rate: Side, delay: Side) -> Floats:
    """Return the growth of the threat at which the sender's share falls to one half.

    Negative where it has less than half without any growth; infinite where the target is in so
    much haste that no growth takes the first offer's advantage away.
    """
    with np.errstate(over="ignore"):  # without bound is too much haste as well
        haste = np.expm1(np.asarray(target_rate, dtype=float) * delay)
    with np.errstate(divide="ignore", invalid="ignore"):
        delayed = np.where(haste < 1, -np.log1p(-haste) / delay - rate, np.inf)
    at_limit: Floats = np.asarray(target_rate - rate, dtype=float)
    return np.asarray(np.where(np.asarray(delay) == 0, at_limit, delayed))


def risk_return(most: Side, own: Side) -> Screening:
    """Return the demand where refusing costs the target anything from 0 to ``most`` alike.

    The sender gets ``x`` if its demand ``x`` is granted, and loses ``own`` if it must impose
    sanctions: ``x* = (C - k) / 2``, refused with chance ``x* / C`` (Fearon 1995, Powell 1999).
    """
    demand = np.maximum((np.asarray(most, dtype=float) - own) / 2, 0.0)
    refused = demand / most
    return Screening(demand, refused, (1 - refused) * demand - refused * own)


def cutoff(low: Side, high: Side, own: Side) -> Floats:
    """Return the belief from which asking for ``high`` is best, with two types of target.

    Refusing costs a target ``low`` or ``high``; ``(low + own) / (high + own)`` is the least chance
    of the second at which the larger demand pays.
    """
    return np.asarray((low + own) / (np.asarray(high, dtype=float) + own))


def stay_out(power: Side, later: Side, conflict: Side, building: Side, patience: Side) -> Floats:
    """Return the least share for which a target leaves a programme unbuilt (Spaniel 2019).

    Building costs once, and gives ``later - conflict`` in each later period instead of the share:
    ``x >= p' - c - k (1 - d) / d``. Never less than ``power - conflict``, which it has anyway:
    where building costs more than ``d (p' - p) / (1 - d)``, nothing need be conceded beyond it.

    Args:
        power: the target's strength now, as its share of what conflict would give.
        later: its strength once it has built.
        conflict: what conflict costs it, in a period.
        building: what building costs it, once.
        patience: discount factor of a period, above 0 and below 1.
    """
    asked = later - conflict - building * (1 - patience) / np.asarray(patience, dtype=float)
    return np.asarray(np.maximum(asked, power - conflict))


def shift(power: Side, later: Side, patience: Side) -> Floats:
    """Return what the programme moves from one side to the other: ``d (p' - p) / (1 - d)``.

    The threat to prevent it by force is credible if this exceeds the once-only costs of conflict of
    both sides: who lets it be built has ``1 - p`` now and ``1 - p'`` from then on, and the surplus
    of both sides' costs that settling spares; who prevents it has ``1 - p`` for good.
    """
    return np.asarray(patience * (later - power) / (1 - np.asarray(patience, dtype=float)))


def drezner(target_cost: Side, sender_cost: Side, conflict: Side) -> Floats:
    """Return the largest demand that a target grants (Drezner 1999).

    Each side values its own payoff less ``conflict`` times the other's, for it expects to meet the
    other again: granting ``D`` is worth ``-(1 + phi) D``, standing firm ``-cT + phi cS``. So ``D* =
    (cT - phi cS) / (1 + phi)``, which falls as the target expects conflict; none below 0.
    """
    asked = (target_cost - conflict * np.asarray(sender_cost, dtype=float)) / (1 + conflict)
    return np.maximum(asked, 0.0)


def conflict_needed(target_cost: Side, sender_cost: Side) -> Floats:
    """Return how much conflict a sender must expect for its threat to be credible: ``cS / cT``."""
    return np.asarray(sender_cost / np.asarray(target_cost, dtype=float))
