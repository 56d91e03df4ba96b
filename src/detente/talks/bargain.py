"""What a grid of packages says: who beats whom, the fair points, and where lawful deals begin.

Everything here is exact on the grid: every package is valued and compared. What is uncertain are
the values themselves, which are an analyst's; ``threshold`` therefore asks how the answer hangs on
them instead of giving a chance of agreement, which would only measure the weights.

Sources: Nash (1950), Kalai and Smorodinsky (1975), Kalai (1977, the egalitarian point).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from detente.pressure.model import Threshold
from detente.relief.spirit import Share
from detente.talks.grid import Array, Packages

SPREAD: Final = 0.2
"""How far weights are moved, up and down, for the range of a threshold: a stated choice."""

DRAWS: Final = 1000
_TINY: Final = 1e-12


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A package as a point: what it is worth to both.

    Attributes:
        package: its number in the grid.
        options: the option of each issue, by id.
        sender: value to the sender.
        target: value to the target.
        lawful: whether its relief stays under the ceiling.
    """

    package: int
    options: dict[str, str]
    sender: float
    target: float
    lawful: bool


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """Where deals of one sort begin: the sentence that a decision-maker can argue with.

    Attributes:
        id: the threshold.
        text: the sentence, with the number in it.
        value: the target's value of its whole programme over that of full relief, below which
            such a deal exists; None where none exists at any value. ``central`` holds at the
            stated weights; the range is what moving every other weight does.
        published: the number that the analyst published.
        deal: the deal that exists last, as the value rises.
    """

    id: str
    text: str
    value: Share | None
    published: float
    deal: dict[str, str] | None


def undominated(values: Array) -> NDArray[np.intp]:
    """Return the rows that no other row beats, in their order: the exact Pareto set.

    A row is beaten by one that is no worse in any column and better in some. Equal rows stand or
    fall together.

    Args:
        values: a row for each item, a column for each objective; more is better.
    """
    points, inverse = np.unique(values, axis=0, return_inverse=True)
    left = np.argsort(-points.sum(axis=1), kind="stable")
    kept: list[int] = []
    while left.size:  # a row can only be beaten by one of a greater sum, so the first is not
        best = points[left[0]]
        kept.append(int(left[0]))
        left = left[np.any(points[left] > best, axis=1)]
    # two sums may round to the same number, and the beaten row of them may have come first
    front = points[kept]
    kept = [i for i in kept if not _beaten(front, points[i])]
    return np.flatnonzero(np.isin(inverse.ravel(), kept))


def _beaten(front: Array, row: Array) -> bool:
    return bool(np.any(np.all(front >= row, axis=1) & np.any(front > row, axis=1)))


def beaten_by(packages: Packages, package: int) -> int:
    """Return how many packages both parties find no worse than this one, and one finds better."""
    sender = packages.sender - packages.sender[package]
    target = packages.target - packages.target[package]
    better = (sender > _TINY) | (target > _TINY)
    return int(np.count_nonzero((sender >= -_TINY) & (target >= -_TINY) & better))


def point(packages: Packages, package: int) -> Point:
    """Return one package as a point."""
    return Point(
        package=package,
        options=packages.chosen(package),
        sender=float(packages.sender[package]),
        target=float(packages.target[package]),
        lawful=bool(packages.lawful[package]),
    )


def acceptable(packages: Packages) -> NDArray[np.bool_]:
    """Return which packages beat no deal by each party's reservation."""
    sender, target = packages.gains()
    reservation = packages.grid.reservation
    return np.asarray(
        (sender >= reservation["sender"] - _TINY) & (target >= reservation["target"] - _TINY)
    )


def solutions(packages: Packages, among: NDArray[np.bool_]) -> dict[str, Point]:
    """Return the fair points among some packages, each by its own idea of fair.

    ``nash`` has the greatest product of gains over no deal, ``kalai-smorodinsky`` the greatest
    least gain in shares of what each could hope for, ``egalitarian`` the greatest least gain. Ties
    go to the greater sum, then to the first package.

    Returns:
        The points by name; nothing where no package of ``among`` leaves both better off.
    """
    gains = np.stack(packages.gains())
    candidates = np.flatnonzero(among & np.all(gains > _TINY, axis=0))
    if not candidates.size:
        return {}
    mine = gains[:, candidates]
    hopes = mine.max(axis=1, keepdims=True)
    scores = {
        "nash": mine.prod(axis=0),
        "kalai-smorodinsky": (mine / hopes).min(axis=0),
        "egalitarian": mine.min(axis=0),
    }
    total = mine.sum(axis=0)
    found = {}
    for name, score in scores.items():
        best = np.flatnonzero(score >= score.max() - _TINY)
        found[name] = point(packages, int(candidates[best[np.argmax(total[best])]]))
    return found


def limits(packages: Packages, spread: float = SPREAD, seed: int = 20190228) -> list[Limit]:
    """Return every threshold of the grid, computed from its weights.

    The target's weights of conduct and relief share what the other weights leave; their ratio is
    what is asked about, so it is solved for and not assumed. At a ratio ``x`` a package gains the
    target ``rest * (a + x * b) / (1 + x) + others``, which crosses the reservation once, so each
    package's own threshold has a closed form and the answer is the greatest of them.

    Args:
        packages: the packages.
        spread: how far every other weight is moved for the range, as a share of itself.
        seed: of the draws that move them.
    """
    return [_limit(packages, item, spread, seed) for item in packages.grid.thresholds]


def _limit(packages: Packages, item: Threshold, spread: float, seed: int) -> Limit:
    grid = packages.grid
    row = packages.row(grid.ceiling.conduct)
    ids = [option.id for option in grid.issues[row].options]
    covered = np.isin(packages.options[row], [ids.index(id_) for id_ in item.conduct])
    picked = np.flatnonzero(covered & packages.lawful)
    weights = {p: np.array(list(_in_order(packages, p))) for p in ("sender", "target")}
    central, best = _greatest(packages, picked, weights["sender"], weights["target"][None, :])
    value = float(central[0])
    if not np.isfinite(value):
        exists = "no such deal exists" if value < 0 else "such a deal exists"
        text = f"{item.id}: {exists}, whatever the target's programme is worth to it."
        return Limit(id=item.id, text=text, value=None, published=item.below, deal=None)
    draws = _moved(weights, packages, spread, seed)
    found = np.concatenate(
        [_greatest(packages, picked, s, t[None, :])[0] for s, t in draws] or [central]
    )
    found = np.where(found == -np.inf, 0, found)  # no such deal: only a programme worth nothing
    known = found[np.isfinite(found)]
    low, high = np.quantile(known, [0.05, 0.95]) if known.size else (value, value)
    deal = packages.chosen(int(picked[best[0]]))
    return Limit(
        id=item.id,
        text=item.text.format(value=f"{value:.2f}"),
        value=Share(
            low=round(min(float(low), value), 6),
            central=round(value, 6),
            high=round(max(float(high), value), 6),
            kind="p05-p95",
        ),
        published=item.below,
        deal=deal,
    )


def _in_order(packages: Packages, party: str) -> Sequence[float]:
    weights = packages.grid.weights["sender" if party == "sender" else "target"]
    return [weights[issue.id] for issue in packages.grid.issues]


def _greatest(
    packages: Packages, picked: NDArray[np.intp], sender: Array, target: Array
) -> tuple[Array, NDArray[np.intp]]:
    """The greatest ratio at which some package of ``picked`` suits both, for rows of weights."""
    grid = packages.grid
    conduct, relief = packages.row(grid.ceiling.conduct), packages.row(grid.ceiling.relief)
    worth = {p: w[:, picked] - w[:, [packages.no_deal]] for p, w in packages.worth.items()}
    suits = sender @ worth["sender"] >= grid.threshold_reservation - _TINY
    fixed = target.copy()
    fixed[:, [conduct, relief]] = 0
    others = fixed @ worth["target"] - grid.threshold_reservation
    rest = (target[:, conduct] + target[:, relief])[:, None]
    at_nothing = rest * worth["target"][relief] + others
    at_all = rest * worth["target"][conduct] + others
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.where(at_all < 0, -at_nothing / at_all, np.inf)
    ratios = np.where(suits & ((at_nothing >= -_TINY) | (at_all >= 0)), ratios, -np.inf)
    if not picked.size:
        return np.full(len(target), -np.inf), np.zeros(len(target), dtype=np.intp)
    return ratios.max(axis=1), ratios.argmax(axis=1)


def _moved(
    weights: dict[str, Array], packages: Packages, spread: float, seed: int
) -> list[tuple[Array, Array]]:
    """Weights of both parties with every one moved by up to ``spread``, adding up to 1 again."""
    generator = np.random.default_rng(seed)
    size = (DRAWS, len(packages.grid.issues))
    moved = {}
    for party, base in weights.items():
        draws = base * generator.uniform(1 - spread, 1 + spread, size)
        moved[party] = draws / draws.sum(axis=1, keepdims=True)
    return list(zip(moved["sender"], moved["target"], strict=True)) if spread else []


def weighed(packages: Packages) -> Array:
    """Return what each package weighs: a row for each, three columns.

    The columns: what its conduct costs the target, in the target's own scale and against no deal;
    the share of pressure kept; and what the sender makes of the conduct, of all that it could be.
    """
    grid = packages.grid
    rows = [packages.row(issue) for issue in grid.conduct]
    at = packages.no_deal

    def gained(party: str) -> Array:
        weights = np.array(_in_order(packages, party))[rows]
        worth = packages.worth[party][rows]
        return np.asarray(weights @ (worth - worth[:, [at]]))

    met = gained("sender")
    cost = np.maximum(0, -gained("target")) + 0.0  # no minus before a cost of nothing
    kept = 1 - packages.given(grid.ceiling.relief)
    return np.stack([cost, kept, met / met.max() if met.max() > 0 else met], axis=1)


def best_packages(packages: Packages, among: NDArray[np.bool_]) -> list[tuple[int, Array]]:
    """Return the Pareto set of some packages over cost, pressure kept and requirements met.

    Returns:
        Each package of the set with its three numbers, those that cost least first.
    """
    numbers = weighed(packages)
    candidates = np.flatnonzero(among)
    if not candidates.size:
        return []
    better = numbers[candidates] * np.array([-1.0, 1.0, 1.0])
    front = candidates[undominated(better)]
    order = sorted(front, key=lambda i: (*(better_key(numbers[i])), int(i)))
    return [(int(i), numbers[i]) for i in order]


def better_key(row: Array) -> tuple[float, float, float]:
    """Return the key that puts what costs least, keeps most and meets most first."""
    return float(row[0]), -float(row[1]), -float(row[2])
