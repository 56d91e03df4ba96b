"""The crisis-signalling game, with all its equilibria (Lewis and Schultz 2003, Whang 2010).

The sender threatens or not; the target concedes or resists; the sender then stands firm or backs
down. Payoffs are known but for a normal shock of variance 1 on each side's payoff of standing firm
and on the sender's payoff of backing down, which only its owner sees. In equilibrium

    c  = (status_quo - (1 - pR) * victory) / pR
    pC = 1 - Phi(c - back_down) * Phi(c - stand_firm)
    pF = Phi2((stand_firm - back_down) / sqrt(2), stand_firm - c; 1 / sqrt(2)) / pC
    pR = Phi((pF * fight + (1 - pF) * hold_out - concede) / pF)

for the chances of a threat, of resistance to it, and of standing firm once resisted (notation of
Crisman-Cox and Gibilisco 2021). Put together they are one equation in pR, which may have several
solutions; all that a scan can find are returned, for no single one is right.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from scipy.special import log_ndtr, ndtr, owens_t

from detente.errors import UsageError
from detente.games.ranges import Floats
from detente.games.results import Equilibrium

RESOLUTION: Final = 4000
"""Cells of the scan over pR; two solutions within one cell, 0.00025 wide, may be missed unless the
curve turns there."""
_TAIL: Final = 6.0
_RHO: Final = np.sqrt(0.5)


class Payoffs(NamedTuple):
    """What each end of the crisis is worth, in standard deviations of the shocks.

    Attributes:
        status_quo: to the sender, if it makes no threat.
        victory: to the sender, if the target concedes.
        back_down: to the sender, if it backs down.
        stand_firm: to the sender, if it stands firm.
        concede: to the target, if it concedes.
        hold_out: to the target, if the sender backs down.
        fight: to the target, if the sender stands firm.
    """

    status_quo: Any
    victory: Any
    back_down: Any
    stand_firm: Any
    concede: Any
    hold_out: Any
    fight: Any


def check(payoffs: Payoffs) -> None:
    """Refuse payoffs of which the equations can make nothing.

    Raises:
        UsageError: victory is no better than the status quo, or a threat is out of the question.
    """
    if payoffs.victory <= payoffs.status_quo:
        raise UsageError(
            f"victory is {payoffs.victory:g} and the status quo {payoffs.status_quo:g}; a sender "
            "threatens only for a victory that is worth more"
        )
    best = max(payoffs.back_down, payoffs.stand_firm)
    if payoffs.status_quo - best > _TAIL:
        raise UsageError(
            f"a threat that is resisted is worth {best:g} at best and the status quo "
            f"{payoffs.status_quo:g}; more than {_TAIL:g} apart no threat is ever made"
        )


def both_below(h: Floats, k: Floats, rho: float) -> Floats:
    """Return the bivariate normal distribution, by Owen's T (Owen 1956)."""
    h, k = (
        np.where(abs(x) < 1e-150, 1e-150, x) for x in (np.asarray(h, float), np.asarray(k, float))
    )
    root = np.sqrt(1 - rho * rho)
    joint = (
        (ndtr(h) + ndtr(k)) / 2
        - owens_t(h, (k / h - rho) / root)
        - owens_t(k, (h / k - rho) / root)
        - np.where(h * k < 0, 0.5, 0.0)
    )
    return np.asarray(np.clip(joint, 0.0, 1.0))


def answers(resist: Floats, payoffs: Payoffs) -> tuple[Floats, Floats, Floats]:
    """Return pC and pF for some pR, and the pR that answers them."""
    p = payoffs
    bar = p.victory + (p.status_quo - p.victory) / resist
    threat = -np.expm1(log_ndtr(bar - p.back_down) + log_ndtr(bar - p.stand_firm))
    firm = both_below(
        np.broadcast_to((p.stand_firm - p.back_down) * _RHO, np.shape(bar)),
        p.stand_firm - bar, _RHO,
    )  # fmt: skip
    firm = np.clip(firm / threat, 1e-12, 1.0)
    gain = (firm * p.fight + (1 - firm) * p.hold_out - p.concede) / firm
    return threat, firm, ndtr(gain)


def equilibria(payoffs: Payoffs, resolution: int = RESOLUTION) -> tuple[Equilibrium, ...]:
    """Return every equilibrium that a scan over pR finds, by rising pR.

    Args:
        payoffs: the payoffs, each one number.
        resolution: cells of the scan.

    Returns:
        A solution in each cell in which the equation changes its sign, refined to rounding error,
        and two where it turns within a cell and crosses. At least one: the equation has opposite
        signs at the ends.

    Raises:
        UsageError: the payoffs make no sense.
    """
    check(payoffs)

    def excess(resist: Any) -> Any:
        return answers(resist, payoffs)[2] - resist

    grid = np.linspace(0, 1, resolution + 1)
    grid[0], grid[-1] = 1e-9, 1 - 1e-12
    heights = excess(grid)
    roots = _crossings(excess, grid, heights)
    return tuple(_described(root, payoffs) for root in sorted(set(roots)))


def _crossings(excess: Any, grid: Floats, heights: Floats) -> list[float]:
    from scipy.optimize import brentq, minimize_scalar

    above = heights > 0
    pairs = [(grid[i], grid[i + 1]) for i in np.flatnonzero(above[1:] != above[:-1])]
    sign = np.where(above, 1.0, -1.0)
    size = np.abs(heights)
    inner = (size[1:-1] < size[:-2]) & (size[1:-1] <= size[2:])
    alike = (sign[1:-1] == sign[:-2]) & (sign[1:-1] == sign[2:])
    for i in np.flatnonzero(inner & alike) + 1:  # it turns here: does it cross and come back?
        found = minimize_scalar(
            lambda x, s=sign[i]: s * excess(x), bounds=(grid[i - 1], grid[i + 1]),
            method="bounded", options={"xatol": 1e-12},
        )  # fmt: skip
        if found.fun <= 0:
            pairs += [(grid[i - 1], found.x), (found.x, grid[i + 1])]
    roots = [float(brentq(excess, low, high, xtol=1e-15, rtol=1e-14)) for low, high in pairs]
    # where pR is 1 or 0 to the last digit the ends are solutions that change no sign
    if not above[0]:
        roots.append(float(grid[0]))
    if above[-1]:
        roots.append(float(grid[-1]))
    return roots


def _described(resist: float, payoffs: Payoffs) -> Equilibrium:
    step = min(1e-6, resist / 2, (1 - resist) / 2)
    threat, firm, _ = answers(np.asarray(resist), payoffs)
    sides = answers(np.array([resist - step, resist + step]), payoffs)[2]
    slope = float((sides[1] - sides[0]) / (2 * step)) if step else 0.0
    return Equilibrium(
        threat=float(threat),
        resist=resist,
        stand_firm=float(firm),
        slope=slope,
        returns=abs(slope) < 1,
    )
