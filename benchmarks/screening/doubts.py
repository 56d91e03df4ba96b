"""What ``fit.py`` knows of the labelled pairs: labels disagreed with, and held-back scores.

It needs scipy, and the labelled pairs where ``fit.py`` looks for them.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import Literal

Source = Literal["pairs", "checks"]
SEEDS = 2
"""How many times the pairs are cut into folds."""


def can_tell() -> bool:
    """Return whether ``fit.py`` can be used here, and say on standard error why not."""
    if find_spec("scipy") is None:
        print(
            "disputed labels and held-back folds are left out: pip install scipy", file=sys.stderr
        )
        return False
    from screening import fit

    return fit.NAMES.is_dir()


def agreed(source: Source) -> list[bool]:
    """Return for each labelled pair of a set, in its order, whether its label is agreed with."""
    from screening import fit

    items = list(fit.labelled())
    others = fit.said(items)
    return [fit.disputed(item, others) is None for item in items if item.source == source]


def held_back(agreed_only: bool = False) -> dict[Source, list[tuple[float, bool]]]:
    """Return scores and labels of each set, the scores by weights that never saw the two names.

    Args:
        agreed_only: whether pairs are left out whose labels are disagreed with.
    """
    from detente.screening.score.weights import BUSINESS, PERSON
    from screening import fit

    items = [*fit.labelled(), *fit.made()]
    others = fit.said(items)
    doubted = [fit.disputed(item, others) is not None for item in items]
    rows = [fit.measured(item, PERSON if item.kind == "person" else BUSINESS) for item in items]
    found: dict[Source, list[tuple[float, bool]]] = {"pairs": [], "checks": []}
    for seed in range(SEEDS):
        scores = fit.held_back(rows, seed).tolist()
        for item, score, doubt in zip(items, scores, doubted, strict=True):
            for source, own in found.items():
                if item.source == source and not (doubt and agreed_only):
                    own.append((score, item.match))
    return found
