"""Relief in tranches: the prize at the end that keeps a target honest on the way.

In step ``k`` of ``K`` the sender first gives a tranche; the target then takes a step that costs it
something, or keeps the tranche and ends the plan, and a share of the tranche is snapped back. With
``V[k]`` for what the rest of the plan is worth to an honest target at the start of step ``k``,

    V[k] = tranche[k] - cost[k] + patience * V[k + 1],   V[K + 1] = the prize at the end,

step ``k`` is taken if ``patience * V[k + 1] >= cost[k] - snapback * tranche[k]``. This is backward
induction under full information; no belief enters.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.games.ranges import Floats

Side = Floats | float


def values(
    prize: Side, costs: Sequence[Side], tranches: Sequence[Side], patience: Side
) -> list[Floats]:
    """Return ``V[1]`` to ``V[K + 1]``: what the rest of the plan is worth, step by step."""
    found = [np.asarray(prize, dtype=float)]
    for cost, tranche in zip(reversed(costs), reversed(tranches), strict=True):
        found.append(np.asarray(tranche - cost + patience * found[-1]))
    return found[::-1]


def honest(
    prize: Side, costs: Sequence[Side], tranches: Sequence[Side], patience: Side, snapback: Side
) -> list[Floats]:
    """Return for each step whether it is worth taking."""
    rest = values(prize, costs, tranches, patience)[1:]
    return [
        np.asarray(patience * value >= cost - snapback * tranche)
        for value, cost, tranche in zip(rest, costs, tranches, strict=True)
    ]


def least_prize(
    costs: Sequence[Side], tranches: Sequence[Side], patience: Side, snapback: Side
) -> Floats:
    """Return the least prize at the end for which every step is worth taking.

    ``V`` at each step is linear in the prize, so each step asks for a least prize of its own; the
    plan needs the largest of them, and never less than nothing.
    """
    needed: Floats = np.asarray(0.0)
    flows: Floats = np.asarray(0.0)
    factor: Floats = np.asarray(patience, dtype=float)
    for cost, tranche in zip(reversed(costs), reversed(tranches), strict=True):
        # here patience * V[k + 1] is factor * prize + flows
        needed = np.maximum(needed, (cost - snapback * tranche - flows) / factor)
        flows = patience * (tranche - cost + flows)
        factor = factor * patience
    return needed


def largest_first_step(
    prize: Side, costs: Sequence[Side], tranches: Sequence[Side], patience: Side, snapback: Side
) -> Floats:
    """Return the most that the first step may cost the target and still be worth taking."""
    rest = values(prize, costs, tranches, patience)[1]
    return np.asarray(patience * rest + snapback * tranches[0])
