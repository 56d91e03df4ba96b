"""Antichain labels: the minimal sets of facts for one condition."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import brute_minimal, formulas, values

from detente.law.vocabulary import Truth
from detente.relief.labels import minimal_sets
from detente.relief.logic import Atom, Conj, Count, Disj, Formula, Neg

A, B, C = Atom("a"), Atom("b"), Atom("c")
PROGRESS = Atom("r@progress", "r", 6)
MET = Atom("r@met", "r", 10)


@given(formulas(), values())
def test_the_sets_are_those_that_brute_force_finds(
    formula: Formula, free: dict[str, Truth]
) -> None:
    """Each set suffices, none can be reduced, and none is missing."""
    found = minimal_sets(formula, free)
    assert set(found.sets) == brute_minimal([formula], free)
    assert len(set(found.sets)) == len(found.sets)
    assert not found.capped


@given(formulas(), values())
def test_sets_stand_smallest_first(formula: Formula, free: dict[str, Truth]) -> None:
    """Size decides the order, then the alphabet."""
    sets = minimal_sets(formula, free).sets
    assert list(sets) == sorted(sets, key=lambda item: (len(item), item))


def test_what_is_met_drops_out_and_what_is_unmet_is_asked_for() -> None:
    """Only facts that do not hold appear."""
    found = minimal_sets(Conj((A, B)), {"a": Truth.MET, "b": Truth.UNMET})
    assert found.sets == (("b",),)


def test_the_absence_of_a_met_fact_can_still_be_asked_for() -> None:
    """A fact that is met can be undone; one that is unmet need not be."""
    assert minimal_sets(Neg(A), {"a": Truth.MET}).sets == (("not:a",),)
    assert minimal_sets(Neg(A), {"a": Truth.UNMET}).sets == ((),)


def test_a_set_never_undoes_what_it_relies_on() -> None:
    """Where a met fact and its absence are both required, nothing suffices."""
    assert minimal_sets(Conj((A, Neg(A))), {"a": Truth.MET}).sets == ()


def test_a_higher_level_covers_the_lower_one() -> None:
    """Both levels are asked for; only the higher is listed."""
    assert minimal_sets(Conj((PROGRESS, MET)), {}).sets == (("r@met",),)


def test_the_lower_level_is_enough_where_either_would_do() -> None:
    """A set that asks for a higher level than needed is not minimal."""
    assert minimal_sets(Disj((PROGRESS, MET)), {}).sets == (("r@progress",),)


def test_the_absence_of_a_lower_level_rules_out_the_higher() -> None:
    """Nothing is met that has made no progress."""
    assert minimal_sets(Conj((MET, Neg(PROGRESS))), {}).sets == ()
    assert minimal_sets(Conj((PROGRESS, Neg(MET))), {}).sets == (("not:r@met", "r@progress"),)


def test_the_empty_conjunction_needs_nothing_and_the_empty_disjunction_has_no_set() -> None:
    """True needs the empty set; false has none at all."""
    assert minimal_sets(Conj(()), {}).sets == ((),)
    assert minimal_sets(Disj(()), {}).sets == ()


def test_a_search_that_is_cut_says_so() -> None:
    """Twenty choose ten is more than a hundred: the smallest hundred are listed as capped."""
    formula = Count(10, tuple(Atom(f"x{i:02}") for i in range(20)))
    found = minimal_sets(formula, {}, limit=100)
    assert found.capped
    assert len(found.sets) == 100
    assert {len(item) for item in found.sets} == {10}


def test_evidence_that_contradicts_a_scale_is_refused() -> None:
    """A requirement can't be met without progress."""
    with pytest.raises(ValueError, match="lower one of its scale is unmet"):
        minimal_sets(Conj((PROGRESS, MET)), {"r@met": Truth.MET, "r@progress": Truth.UNMET})


def test_a_limit_below_one_is_refused() -> None:
    """No sets at all is no answer."""
    with pytest.raises(ValueError, match="at least 1"):
        minimal_sets(A, {}, limit=0)
