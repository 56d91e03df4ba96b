"""Effective shares: links multiplied, circles solved, and no number where none is fixed."""

from __future__ import annotations

import pytest
from owned_made import bods, entity, holdings, person, relation, shares

from detente.screening.ownership.assess import assess
from detente.screening.ownership.model import Graph
from detente.screening.ownership.rule import rule_of


def through(graph: Graph, *blocked: str) -> dict[str, tuple[float, float] | None]:
    """Return the effective share of blocked parties in each node."""
    result = assess(graph, dict.fromkeys(blocked, "listed"), rule=rule_of("ofac"))
    return {
        node.id: (node.look_through.low, node.look_through.high) if node.look_through else None
        for node in result.nodes
    }


@pytest.mark.parametrize(
    ("lines", "node", "share"),
    [
        ("X 50 A\nA 50 B", "B", (0.25, 0.25)),
        ("X 50 A\nX 10 B\nA 40 B", "B", (0.3, 0.3)),
        ("X 25-50 A\nA 50-60 B", "B", (0.125, 0.3)),
        ("X 25 A\nA 100 B", "B", (0.25, 0.25)),
        ("X 60 A\nX 60 B\nA 30 C\nB 30-50 C", "C", (0.36, 0.48)),
        ("X ? A\nZ 30 A", "A", (0.0, 0.7)),
        ("X 40 A\nA 20 A", "A", (0.5, 0.5)),  # of the shares that others hold
        ("X 60 A\nA 50 B\nB 40 A", "A", (0.75, 0.75)),
        ("X 1 A\nA 100 B\nB 99 A", "A", (1.0, 1.0)),
        ("X 0.0001 A\nA 100 B\nB 99.9999 A", "B", (1.0, 1.0)),  # closed in on too slowly: solved
        ("? 60 A\nX 10 A", "A", (0.1, 0.7)),
    ],
)
def test_links_are_multiplied_and_added_up(
    lines: str, node: str, share: tuple[float, float]
) -> None:
    """Along chains, beside each other, with ranges, and in circles."""
    assert through(holdings(lines), "X")[node] == pytest.approx(share, abs=2e-6)


def test_a_circle_that_owns_itself_alone_fixes_no_number() -> None:
    """Any share would solve it, so none is given; what hangs on it has a range."""
    found = through(holdings("A 100 B\nB 100 A\nA 50 C\nX 0-1 A\nX 20 C"), "X")
    assert found["A"] is None
    assert found["B"] is None
    assert found["C"] == pytest.approx((0.2, 0.7))


def test_a_circle_in_which_blocked_parties_hold_nothing_has_no_share() -> None:
    """It is not reached, so there is nothing to refuse."""
    assert through(holdings("A 100 B\nB 100 A\nX 1 C"), "X")["A"] == (0.0, 0.0)


def test_two_circles_that_hang_together_are_solved_one_after_the_other() -> None:
    """By hand: A = 0.5 + 0.2 B, B = 0.5 A, so A = 5/9; C = 0.6 B + 0.3 D, D = C, so C = 5/21."""
    found = through(holdings("X 50 A\nB 20 A\nA 50 B\nB 60 C\nD 30 C\nC 100 D"), "X")
    assert found["A"] == pytest.approx((5 / 9, 5 / 9), abs=2e-6)
    assert found["D"] == pytest.approx((5 / 21, 5 / 21), abs=2e-6)


def test_a_sum_through_others_that_are_not_named_is_at_most_what_it_says_it_may_be() -> None:
    """Nothing is multiplied that is not stated."""
    whole = relation("r", "X", "A", shares(100, directOrIndirect="indirect"))
    assert through(bods(entity("A"), person("X"), whole), "X")["A"] == (1.0, 1.0)
