"""Decision diagrams: exact probabilities and exact values."""

from __future__ import annotations

import math
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import LADDERS, formulas, values, worlds

from detente.law.vocabulary import Truth
from detente.relief.diagram import is_tautology_aware_value, probability
from detente.relief.logic import Atom, Conj, Count, Disj, Formula, Neg, value

A, B, C = Atom("a"), Atom("b"), Atom("c")
PROGRESS = Atom("r@progress", "r", 6)
MET = Atom("r@met", "r", 10)
HALF = (0.5, 0.5)

chance = st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.7, 1.0])


def points() -> st.SearchStrategy[dict[str, float]]:
    """A probability for every atom, nested on scales."""

    def fill(drawn: tuple[list[float], ...]) -> dict[str, float]:
        return {
            atom.key: number
            for ladder, row in zip(LADDERS, drawn, strict=True)
            for atom, number in zip(ladder, sorted(row, reverse=True), strict=True)
        }

    return st.tuples(*(st.lists(chance, min_size=len(x), max_size=len(x)) for x in LADDERS)).map(
        fill
    )


def weight(world: dict[str, Truth], chances: dict[str, float]) -> float:
    """Return the probability of one world."""
    result = 1.0
    for ladder in LADDERS:
        top = sum(world[atom.key] is Truth.MET for atom in ladder)
        steps = [1.0, *(chances[atom.key] for atom in ladder), 0.0]
        result *= steps[top] - steps[top + 1]
    return result


def brute(formula: Formula, chances: dict[str, float]) -> float:
    """Return the probability by summing over all worlds."""
    true = (world for world in worlds({}) if value(formula, world) is Truth.MET)
    return sum(weight(world, chances) for world in true)


@given(formulas(), points())
def test_a_probability_is_the_sum_over_all_worlds(
    formula: Formula, chances: dict[str, float]
) -> None:
    """With a point for every fact both bounds are the exact probability."""
    found = probability(formula, {key: (p, p) for key, p in chances.items()}, {})
    expected = brute(formula, chances)
    assert (found.exact, found.method, found.error) == (True, "bdd", None)
    assert math.isclose(found.low, expected, abs_tol=1e-9)
    assert math.isclose(found.high, expected, abs_tol=1e-9)


@settings(max_examples=30)
@given(formulas(), points(), points())
def test_bounds_are_the_least_and_greatest_over_all_corners(
    formula: Formula, some: dict[str, float], others: dict[str, float]
) -> None:
    """A probability is linear in each fact's chance, so no point between corners goes beyond."""
    box = {key: (min(some[key], others[key]), max(some[key], others[key])) for key in some}
    found = probability(formula, box, {})
    ladders = []
    for ladder in LADDERS:
        ends = {end for atom in ladder for end in box[atom.key]}
        corners = product(
            *([e for e in ends if box[x.key][0] <= e <= box[x.key][1]] for x in ladder)
        )
        ladders.append([row for row in corners if list(row) == sorted(row, reverse=True)])
    # The bounds over the facts without a scale follow in turn: fix the ladder, then each fact.
    spread = []
    for rows in product(*ladders):
        pairs = zip(LADDERS, rows, strict=True)
        spread.append({a.key: p for ladder, row in pairs for a, p in zip(ladder, row, strict=True)})
    true = [world for world in worlds({}) if value(formula, world) is Truth.MET]
    results = [sum(weight(world, corner) for world in true) for corner in spread[:600]]
    assert all(found.low - 1e-9 <= result <= found.high + 1e-9 for result in results)
    if len(spread) <= 600:
        assert found.exact
        assert math.isclose(found.low, min(results), abs_tol=1e-9)
        assert math.isclose(found.high, max(results), abs_tol=1e-9)


@given(formulas(), values())
def test_the_exact_value_is_what_all_worlds_agree_on(
    formula: Formula, known: dict[str, Truth]
) -> None:
    """Met in every world that agrees with the evidence, unmet in every one, or unknown."""
    seen = {value(formula, world) for world in worlds(known)}
    expected = seen.pop() if len(seen) == 1 else Truth.UNKNOWN
    assert is_tautology_aware_value(formula, known) is expected


@given(formulas(), values())
def test_the_exact_value_never_contradicts_kleene(
    formula: Formula, known: dict[str, Truth]
) -> None:
    """It only decides what Kleene leaves open."""
    loose = value(formula, known)
    assert loose in (Truth.UNKNOWN, is_tautology_aware_value(formula, known))


def test_a_fact_or_its_absence_is_met_whatever_is_known() -> None:
    """Kleene says unknown here; the diagram knows better."""
    formula = Disj((A, Neg(A)))
    assert value(formula, {}) is Truth.UNKNOWN
    assert is_tautology_aware_value(formula, {}) is Truth.MET
    assert probability(formula, {}, {}).low == 1.0


def test_a_fact_without_a_chance_may_have_any() -> None:
    """The bounds then span what the rest leaves open."""
    found = probability(Conj((A, B)), {"a": HALF}, {})
    assert (found.low, found.high, found.exact) == (0.0, 0.5, True)


def test_what_is_known_is_a_constant() -> None:
    """Evidence beats an estimate, and a level met brings the lower ones."""
    assert probability(Conj((A, B)), {"a": HALF, "b": HALF}, {"a": Truth.MET}).low == 0.5
    found = probability(Conj((PROGRESS, MET)), {"r@progress": HALF}, {"r@met": Truth.MET})
    assert (found.low, found.high) == (1.0, 1.0)


def test_levels_of_a_scale_are_nested_not_independent() -> None:
    """Both levels are reached with the chance of the higher one."""
    chances = {"r@progress": HALF, "r@met": (0.2, 0.2)}
    assert math.isclose(probability(Conj((PROGRESS, MET)), chances, {}).low, 0.2)
    assert math.isclose(probability(Conj((PROGRESS, Neg(MET))), chances, {}).high, 0.3)


def test_a_fact_in_both_polarities_is_bounded_at_the_right_end() -> None:
    """Exactly one of two: the nodes of the second fact want different ends."""
    formula = Disj((Conj((A, Neg(B))), Conj((B, Neg(A)))))
    found = probability(formula, {"a": (0.4, 0.6), "b": (0.1, 0.3)}, {})
    assert found.exact
    assert math.isclose(found.low, 0.42)
    assert math.isclose(found.high, 0.58)


def parity(size: int) -> Formula:
    """Return the formula that an odd number of facts is met."""
    odd: Formula = Disj(())
    even: Formula = Conj(())
    for i in range(size):
        fact = Atom(f"x{i:02}")
        odd, even = (
            Disj((Conj((odd, Neg(fact))), Conj((even, fact)))),
            Disj((Conj((even, Neg(fact))), Conj((odd, fact)))),
        )
    return odd


def test_too_many_facts_in_both_polarities_leave_a_bound_that_holds() -> None:
    """Beyond the combinations that are tried, the bounds are valid and said not to be exact."""
    size = 14
    chances = {f"x{i:02}": (0.3, 0.6) for i in range(size)}
    found = probability(parity(size), chances, {})
    assert not found.exact
    # The probability that the parity is odd, for a corner with one fact at 0.3 and no other.
    for p in (0.3, 0.6):
        true = (1 - (1 - 2 * p) ** size) / 2
        assert found.low <= true <= found.high


def test_a_diagram_past_its_limit_is_sampled_with_its_error_stated() -> None:
    """The same seed gives the same estimate, within its error of the exact answer."""
    formula = Count(3, tuple(Atom(f"x{i}") for i in range(8)))
    chances = {f"x{i}": (0.2, 0.3 + i / 20) for i in range(8)}
    exact = probability(formula, chances, {})
    found = probability(formula, chances, {}, node_limit=5, seed=4)
    assert (found.method, found.exact) == ("sampling", False)
    assert found == probability(formula, chances, {}, node_limit=5, seed=4)
    assert found.error is not None
    assert abs(found.low - exact.low) <= found.error
    assert abs(found.high - exact.high) <= found.error


def test_sampling_keeps_levels_nested() -> None:
    """A level above one that is not reached is never drawn."""
    chances = {"r@progress": HALF, "r@met": (0.2, 0.2)}
    formula = Disj((Conj((MET, Neg(PROGRESS))), Conj((A, B, C))))
    found = probability(formula, {**chances, "a": (0.0, 0.0)}, {}, node_limit=4)
    assert (found.method, found.low) == ("sampling", 0.0)


def test_past_its_limit_the_value_is_kleenes() -> None:
    """Unknown where it could not be decided, never a guess."""
    assert is_tautology_aware_value(Disj((A, Neg(A))), {}, node_limit=2) is Truth.UNKNOWN


@pytest.mark.parametrize(
    ("chances", "message"),
    [
        ({"a": (0.6, 0.4)}, "no interval"),
        ({"a": (0.0, 1.5)}, "no interval"),
        ({"r@progress": (0.1, 0.2), "r@met": (0.5, 0.6)}, "leave none"),
    ],
)
def test_chances_that_are_none_are_refused(
    chances: dict[str, tuple[float, float]], message: str
) -> None:
    """An interval runs upward within zero and one, and a level is no likelier than a lower one."""
    with pytest.raises(ValueError, match=message):
        probability(Conj((A, PROGRESS, MET)), chances, {})


def test_levels_of_one_rank_have_no_chances_together() -> None:
    """How two such levels hang together nobody said."""
    with pytest.raises(ValueError, match="have one rank"):
        probability(Conj((PROGRESS, Atom("r@continued", "r", 6))), {}, {})
