"""The price of one unprincipled waiver: a chain of future targets (Kreps and Wilson 1982).

A sender meets ``K`` further targets one after the other, each of which sees what came before. With
chance ``p`` they think it tough. A target that expects to be refused stays quiet, which is worth
``a`` to the sender; one that tries gains ``b`` if it is given in to and loses ``1 - b`` if not. A
sender that is not tough keeps ``a (K - k(p) + 1)`` of future quiet by refusing once, with ``k(p) =
floor(ln p / ln b) + 1``, the first number of remaining targets at which they still stay quiet; by
giving in once it is known for what it is, and keeps nothing.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from detente.games.ranges import Floats

Side = Floats | float

_SLACK: Final = 1e-12
"""Relative; logarithms of 0.001 and 0.1 have a quotient of a little less than 3 in binary."""


def horizon(tough: Side, gain: Side) -> Floats:
    """Return ``k(p)``: the smallest ``n`` for which ``gain**n`` is less than the belief.

    Args:
        tough: belief that the sender is tough, above 0 and at most 1.
        gain: what a target gains if given in to, above 0 and below 1.

    Returns:
        Whole numbers; 1 where the belief exceeds ``gain``. A belief within one part in a million
        millions of a power of ``gain`` is that power.
    """
    powers = np.log(tough) / np.log(gain)
    return np.floor(np.asarray(powers * (1 + _SLACK))) + 1


def kept(targets: int, tough: Side, gain: Side, quiet: Side) -> Floats:
    """Return what refusing once keeps of the future: ``a (K - k(p) + 1)``, none below 0.

    Args:
        targets: how many further targets there will be, ``K``.
        tough: belief that the sender is tough.
        gain: what a target gains if given in to.
        quiet: what a target that stays quiet is worth to the sender, ``a``.
    """
    return np.asarray(quiet * np.maximum(targets - horizon(tough, gain) + 1, 0.0))


def waiver_price(targets: int, tough: Side, gain: Side, quiet: Side, transfer: Side) -> Floats:
    """Return what one unprincipled waiver forfeits.

    Args:
        targets: how many further targets there will be.
        tough: belief that the sender is tough.
        gain: what a target gains if given in to.
        quiet: what a target that stays quiet is worth.
        transfer: how much of a reputation made with one target holds with the next, from 0 to 1.
            That is contested (Press 2005; Wolford 2007; Weisiger and Yarhi-Milo 2015).
    """
    return np.asarray(transfer * kept(targets, tough, gain, quiet))


def break_even(price: Side, refusing: Side) -> Floats:
    """Return what a waiver must bring to be worth its price, beyond the cost of refusing it.

    Args:
        price: what the waiver forfeits.
        refusing: what it costs the sender to refuse today, 1 in the model.

    Returns:
        Negative where refusing costs more than the reputation is worth.
    """
    return np.asarray(price - np.asarray(refusing, dtype=float))
