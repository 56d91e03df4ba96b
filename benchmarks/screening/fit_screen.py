"""Fit the weights that make odds of a listed party from odds of two names.

Two names may well be one name and yet of two people: how much they tell beyond chance decides. Run
``python -m benchmarks.screening.fit_screen`` after ``fit``, with ``--write`` to write the weights.
It learns from people of the UN list with errors in their names, from errors and look-alikes made of
the lists, and from people who are not listed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # as run.py does

from detente.screening.model import Query
from detente.screening.score.whole import MOST
from detente.screening.screener import Screener
from screening import inputs
from screening.fit import CLEAN_FILES, WEIGHTS

CLEAN: Final = 5000
"""People who are not listed."""
COUNTS: Final = {"errors": 2.0, "made": 1.0, "clean": 4.0}
"""What a pair of each source counts: so much that 20 alerts per 10,000 are not passed."""
FAINT: Final = -4.0
"""Odds of the names below which a pair that is none teaches nothing."""
WORDS: Final = (
    "bias", "odds of the names", "nats shared", "nats only asked", "nats only listed",
    "the less of both",
)  # fmt: skip
SIGNS: Final = (0, 1, 1, -1, -1, -1)


class Seen(NamedTuple):
    """A query beside a listed party: the figures, and whether they are the same."""

    figures: tuple[float, ...]
    match: bool
    source: str
    query: int


def beside(screener: Screener, query: Query) -> dict[str, tuple[float, ...]]:
    """Return the figures of every listed party of a fitting kind, by its id."""
    found: dict[str, tuple[float, ...]] = {}
    for party, likely, told in screener.considered(query):
        if told is not None and query.kind in (None, party.kind):
            least = min(told.asked, told.listed)
            shared = min(told.shared, MOST)
            found[party.id] = (1.0, likely.odds, shared, told.asked, told.listed, least)
    return found


def seen(screener: Screener) -> Iterator[Seen]:
    """Yield everything that is learnt from."""
    sought = inputs.un_with_errors(bare=True)
    for at, item in enumerate(sought):
        held = beside(screener, item.query)
        mine = [held[party] for party in sorted(item.wanted & held.keys())]
        if mine:
            yield Seen(max(mine, key=lambda row: row[1]), True, "errors", at)
    cases = inputs.adversarial_cases()
    for at, case in enumerate(cases):
        if case.match or not (case.query.births or case.query.identifiers):
            held = beside(screener, case.query)
            if case.party_id in held:
                yield Seen(held[case.party_id], case.match, "made", at)
    names = [row["full_name"] for file in CLEAN_FILES for row in inputs.rows(file)]
    for at, name in enumerate(inputs.sample(names, CLEAN, seed=2)):
        for row in beside(screener, Query(name=name, kind="person")).values():
            if row[1] > FAINT:
                yield Seen(row, False, "clean", at)


def fitted(rows: list[Seen]) -> NDArray[np.float64]:
    """Return the weights that make what is known likeliest, each within its sign."""
    x = np.array([row.figures for row in rows], float)
    y = np.array([row.match for row in rows], float)
    share = np.array([COUNTS[row.source] for row in rows])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = x @ weights
        chance = 1 / (1 + np.exp(-odds))
        pull = np.concatenate(([0.0], weights[1:]))
        cost = float((share * (np.logaddexp(0, odds) - y * odds)).sum() + pull @ pull / 2)
        return cost, x.T @ (share * (chance - y)) + pull

    bounds = [(0 if sign > 0 else None, 0 if sign < 0 else None) for sign in SIGNS]
    done: Any = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds)
    return np.asarray(done.x, np.float64)


def main() -> None:
    """Fit, print what the weights say of what they saw, and write where asked."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--write", action="store_true")
    chosen = options.parse_args()
    rows = list(seen(Screener.from_parties(inputs.with_gone())))
    weights = fitted(rows)
    odds = np.array([row.figures for row in rows]) @ weights
    for name, value in zip(WORDS, weights, strict=True):
        print(f"  {name:18}{value:8.3f}")
    for source in ("errors", "made"):
        own = [at for at, row in enumerate(rows) if row.source == source and row.match]
        print(f"{source}: found {np.mean(odds[own] >= 0):.4f} of {len(own)}")
    alerts = {row.query for row, odd in zip(rows, odds, strict=True)
              if row.source == "clean" and odd >= 0}  # fmt: skip
    print(f"clean: {1e4 * len(alerts) / CLEAN:.1f} alerts per 10,000 names")
    if chosen.write:
        _write(WEIGHTS, weights)


def _write(path: Path, weights: NDArray[np.float64]) -> None:
    text = path.read_text("utf-8")
    lines = ["SCREEN: Final[tuple[float, ...]] = ("]
    named = zip(WORDS, weights, strict=True)
    lines += [f"    {value + 0.0:.4f},  # {name}" for name, value in named]
    before = text[: text.index("SCREEN")].rstrip("\n")
    path.write_text("\n".join([before, *lines, ")", ""]), "utf-8")


if __name__ == "__main__":
    main()
