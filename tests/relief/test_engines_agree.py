"""Labels, answer sets, diagrams, bit sets and the tree answer alike."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import after, formulas, held_by, values

from detente.law.vocabulary import Truth
from detente.relief.diagram import is_tautology_aware_value, probability
from detente.relief.labels import minimal_sets
from detente.relief.logic import Atom, Conj, Disj, Formula, Neg, value
from detente.relief.packages import Package, all_minimal, cheapest, pareto
from detente.relief.sweeps import Tally, scenarios_from, sweep

RELEASE = Conj(
    (
        Atom("certified"),
        Disj((Atom("shipped"), Atom("diluted"))),
        Neg(Atom("snapback")),
    )
)
KNOWN = {"certified": Truth.MET, "shipped": Truth.MET}


def test_an_unknown_snapback_leaves_every_engine_unknown() -> None:
    """Certified and shipped, nobody knows of a snapback: nothing opens by default."""
    assert value(RELEASE, KNOWN) is Truth.UNKNOWN
    assert is_tautology_aware_value(RELEASE, KNOWN) is Truth.UNKNOWN
    assert sweep({"m": RELEASE}, scenarios_from([KNOWN])) == {"m": Tally(0, 0, 1)}
    chance = probability(RELEASE, {}, KNOWN)
    assert (chance.low, chance.high, chance.exact) == (0.0, 1.0, True)


def test_every_engine_that_searches_misses_the_absence_of_a_snapback() -> None:
    """What is missing is not:snapback, and nothing else."""
    missing = (Package(("not:snapback",), 1),)
    assert minimal_sets(RELEASE, KNOWN).sets == (("not:snapback",),)
    assert all_minimal([RELEASE], KNOWN).sets == missing
    assert cheapest([RELEASE], KNOWN).sets == missing
    assert [point.package for point in pareto({"m": RELEASE}, KNOWN)] == list(missing)


@settings(max_examples=200)
@given(formulas(), values())
@example(
    Conj((Atom("r@met", "r", 10), Neg(Atom("r@progress", "r", 6)))),
    {"r@progress": Truth.MET, "r@met": Truth.UNMET},
)
def test_labels_and_answer_sets_find_the_same_sets(
    formula: Formula, free: dict[str, Truth]
) -> None:
    """Two searches without common code agree in sets and order."""
    packages = all_minimal([formula], free)
    assert minimal_sets(formula, free).sets == tuple(item.literals for item in packages.sets)


@settings(max_examples=60)
@given(st.lists(formulas(), min_size=1, max_size=3), values())
def test_labels_and_answer_sets_agree_on_goals_together(
    goals: list[Formula], free: dict[str, Truth]
) -> None:
    """Several goals are one conjunction."""
    packages = all_minimal(goals, free)
    labels = minimal_sets(Conj(tuple(goals)), free)
    assert labels.sets == tuple(item.literals for item in packages.sets)


@given(formulas(), values())
def test_a_met_formula_misses_nothing_and_only_then(
    formula: Formula, free: dict[str, Truth]
) -> None:
    """The empty set is the answer exactly where Kleene says met."""
    empty = minimal_sets(formula, free).sets == ((),)
    assert empty == (value(formula, free) is Truth.MET)


@given(formulas(), values(), values())
def test_more_knowledge_never_changes_a_decided_answer(
    formula: Formula, first: dict[str, Truth], second: dict[str, Truth]
) -> None:
    """Strong Kleene logic is monotone: filling in unknowns only decides what was open."""
    more = after(first, held_by({k: v for k, v in second.items() if first[k] is Truth.UNKNOWN}))
    assert value(formula, first) in (Truth.UNKNOWN, value(formula, more))


@given(formulas(), values())
def test_certain_answers_have_certain_chances(formula: Formula, known: dict[str, Truth]) -> None:
    """What is met has probability one, what is unmet zero, the rest anything in between."""
    exact = is_tautology_aware_value(formula, known)
    chance = probability(formula, {}, known)
    expected = {Truth.MET: (1.0, 1.0), Truth.UNMET: (0.0, 0.0), Truth.UNKNOWN: (0.0, 1.0)}
    assert (chance.low, chance.high) == expected[exact]
