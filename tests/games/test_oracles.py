"""The cores beside other people's solvers; the extra ``oracles`` installs them."""

from __future__ import annotations

import importlib
import io
from fractions import Fraction

import numpy as np
import pytest
from oracles import trust_tree

from detente.games.trust import solve

pytestmark = pytest.mark.oracle


@pytest.mark.parametrize(
    ("rounds", "belief", "patience"),
    [(3, "3/10", "1"), (4, "1/4", "1"), (4, "1/5", "9/10"), (5, "1/4", "1"), (5, "1/10", "9/10")],
)
def test_linear_complementarity_finds_the_same_path(
    rounds: int, belief: str, patience: str
) -> None:
    """Gambit's solution of the tree plays as the closed form does, wherever play gets to.

    Off the path there are other equilibria, so only rounds that are reached are compared.
    """
    pygambit = pytest.importorskip("pygambit")
    numbers = Fraction(belief), Fraction(3, 2), Fraction(4, 5), Fraction(patience)
    tree = pygambit.read_efg(io.StringIO(trust_tree(*numbers, rounds)))
    profile = pygambit.nash.lcp_solve(tree, rational=False).equilibrium
    found = solve(float(numbers[0]), 0.6, 0.8, float(numbers[3]), rounds)
    on_path = {"sincere", "staller", "relief", "comply"}
    compared = 0
    for player, action, ours in (
        ("sender", "relief", found.gives),
        ("target", "comply", found.complies),
    ):
        for history, mixed in profile[player]:
            words = [step.action for step in history]
            if not on_path.issuperset(words):
                continue
            past = words.count("relief") - (player == "target")
            assert dict(iter(mixed))[action] == pytest.approx(ours[past, 0], abs=1e-9)
            compared += 1
    assert compared == 2 * rounds


def test_the_product_of_gains_is_largest_at_the_nash_share() -> None:
    """On the outcomes of a divided pie negmas' Nash point is that of equal haste: one half."""
    negmas = pytest.importorskip("negmas")
    points = importlib.import_module("negmas.preferences.ops")
    shares = [(float(x), 1 - float(x)) for x in np.linspace(0, 1, 101)]
    issues = [negmas.make_issue([str(i) for i in range(101)], "share")]
    values = {str(i): i / 100 for i in range(101)}
    sides = [
        negmas.LinearAdditiveUtilityFunction(
            values={"share": negmas.TableFun(table)}, weights={"share": 1.0}, issues=issues,
            reserved_value=0.0,
        )
        for table in (values, {name: 1 - value for name, value in values.items()})
    ]  # fmt: skip
    found = points.nash_points(sides, shares, issues=issues)
    from detente.games.bargaining import nash_limit

    assert found[0][0][0] == pytest.approx(float(nash_limit(0.1, 0.1)), abs=1e-9)
