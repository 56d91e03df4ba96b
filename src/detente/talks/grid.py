"""Every package of a bargaining grid with its value to both parties, all at once.

A package picks one option of every issue. What it is worth to a party is the weighted sum of its
options' values, where interactions take the place of an issue's own value: dismantlement that
nobody verifies is worth little, and adding values alone would make it the best of deals.
"""

from __future__ import annotations

import math
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from detente.errors import UsageError
from detente.pressure.formulas import calculate
from detente.pressure.model import BargainingGrid, Party

Array = NDArray[np.float64]
MOST: Final = 2_000_000
"""Packages of a grid at most: every one is valued."""


class Packages(msgspec.Struct, frozen=True, kw_only=True):
    """All packages of a grid; arrays have one entry for each, in the order of its options.

    Attributes:
        grid: the grid.
        options: for each issue (row) and package (column), the number of the option.
        sender: value to the sender, from 0 to 1.
        target: value to the target, from 0 to 1.
        worth: for each party, the value of each issue (row) before weights.
        lawful: whether relief stays within the ceiling that the law would bear.
        no_deal: the package that stands for no deal.
        target_offer: the package that the target offered.
        sender_offer: the package that the sender offered.
    """

    grid: BargainingGrid
    options: NDArray[np.intp]
    sender: Array
    target: Array
    worth: dict[str, Array]
    lawful: NDArray[np.bool_]
    no_deal: int
    target_offer: int
    sender_offer: int

    def gains(self) -> tuple[Array, Array]:
        """Return what each package is worth over no deal, to the sender and to the target."""
        at = self.no_deal
        return self.sender - self.sender[at], self.target - self.target[at]

    def chosen(self, package: int) -> dict[str, str]:
        """Return the option of each issue in a package, by id."""
        picks = self.options[:, package]
        return {
            issue.id: issue.options[int(pick)].id
            for issue, pick in zip(self.grid.issues, picks, strict=True)
        }

    def row(self, issue: str) -> int:
        """Return the row of an issue in ``options`` and ``worth``."""
        return [item.id for item in self.grid.issues].index(issue)

    def given(self, issue: str) -> Array:
        """Return the sender's figure of an issue in each package, before weights and formulas."""
        row = self.row(issue)
        figures: Array = _figures(self.grid, self.options, "sender")[row]
        return figures


def packages_of(grid: BargainingGrid) -> Packages:
    """Value every package of a grid.

    Args:
        grid: the grid; its weights add up to 1 (reading it has checked that).

    Raises:
        UsageError: it has more than two million packages.
    """
    sizes = [len(issue.options) for issue in grid.issues]
    if math.prod(sizes) > MOST:
        raise UsageError(
            f"{grid.id} has {math.prod(sizes):,} packages; join options until it has {MOST:,}"
        )
    options = np.indices(sizes).reshape(len(sizes), -1)
    worth = {party: _worth(grid, options, party) for party in ("sender", "target")}
    values = {party: _weights(grid, party) @ worth[party] for party in ("sender", "target")}
    return Packages(
        grid=grid,
        options=options,
        sender=values["sender"],
        target=values["target"],
        worth=worth,
        lawful=_lawful(grid, options),
        no_deal=_index(grid, sizes, grid.no_deal),
        target_offer=_index(grid, sizes, grid.target_offer),
        sender_offer=_index(grid, sizes, grid.sender_offer),
    )


def _weights(grid: BargainingGrid, party: str) -> Array:
    weights = grid.weights["sender" if party == "sender" else "target"]
    return np.array([weights[issue.id] for issue in grid.issues])


def _figures(grid: BargainingGrid, options: NDArray[np.intp], party: str) -> Array:
    """The figures that the grid gives a party for the options of each package."""
    tables = [
        np.array([getattr(option, party) for option in issue.options]) for issue in grid.issues
    ]
    return np.stack([table[picks] for table, picks in zip(tables, options, strict=True)])


def _worth(grid: BargainingGrid, options: NDArray[np.intp], party: Party | str) -> Array:
    """What the issues of each package are worth to a party, before weights."""
    figures = _figures(grid, options, party)
    names: dict[str, Any] = {issue.id: row for issue, row in zip(grid.issues, figures, strict=True)}
    rows = []
    for issue in grid.issues:
        own = [i for i in grid.interactions if i.party == party and i.issue == issue.id]
        if own:
            value = calculate(own[0].formula, names | own[0].parameters)
        elif party == "sender" and issue.sender_pays:
            value = 1 - names[issue.id]
        else:
            value = names[issue.id]
        rows.append(np.broadcast_to(np.asarray(value, dtype=float), figures.shape[1:]))
    return np.stack(rows)


def _lawful(grid: BargainingGrid, options: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Whether the relief of each package stays under the ceiling."""
    ceiling, ids = grid.ceiling, [issue.id for issue in grid.issues]
    conduct = grid.issues[ids.index(ceiling.conduct)]
    verification = grid.issues[ids.index(ceiling.verification)]
    shares = np.array([ceiling.shares[option.id] for option in conduct.options])
    most = shares[options[ids.index(ceiling.conduct)]]
    enough = [option.id for option in verification.options].index(ceiling.verified_from)
    verified = options[ids.index(ceiling.verification)] >= enough
    most = np.where(verified, most, np.minimum(most, ceiling.otherwise))
    relief = _figures(grid, options, "sender")[ids.index(ceiling.relief)]
    return np.asarray(relief <= most + 1e-12)


def _index(grid: BargainingGrid, sizes: list[int], chosen: dict[str, str]) -> int:
    picks = [[o.id for o in issue.options].index(chosen[issue.id]) for issue in grid.issues]
    return int(np.ravel_multi_index(picks, sizes))
