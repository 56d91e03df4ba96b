"""The bargain of an offer as one value: the grid that an analyst laid out, solved exactly."""

from __future__ import annotations

import numpy as np

from detente.pressure.model import BargainingGrid
from detente.talks.bargain import (
    acceptable,
    beaten_by,
    best_packages,
    limits,
    point,
    solutions,
    undominated,
)
from detente.talks.bridge_results import Bargain, GridPackage
from detente.talks.grid import packages_of


def bargain_of(grid: BargainingGrid) -> Bargain:
    """Return what a grid says, with its weights beside it.

    Args:
        grid: the bargain, laid out for calculation.
    """
    packages = packages_of(grid)
    suits = acceptable(packages)
    lawful = suits & packages.lawful
    marked = {
        "no deal": packages.no_deal,
        "target's offer": packages.target_offer,
        "sender's offer": packages.sender_offer,
    }
    frontier = undominated(np.stack([packages.sender, packages.target], axis=1))
    return Bargain(
        grid=grid.id,
        parties={role: grid.parties[role] for role in ("sender", "target")},
        weights={role: grid.weights[role] for role in ("sender", "target")},
        packages=grid.packages,
        frontier=int(frontier.size),
        offers={name: point(packages, number) for name, number in marked.items()},
        beaten_by={name: beaten_by(packages, number) for name, number in marked.items()},
        acceptable=int(suits.sum()),
        acceptable_lawful=int(lawful.sum()),
        pareto=tuple(
            GridPackage(
                point=point(packages, number),
                cost=float(row[0]),
                pressure_kept=float(row[1]),
                requirements_met=float(row[2]),
            )
            for number, row in best_packages(packages, lawful)
        ),
        solutions=solutions(packages, suits),
        lawful_solutions=solutions(packages, lawful),
        limits=tuple(limits(packages)),
        confidence=grid.evidence,
        note=grid.note,
    )
