"""Packages: what opens several conditions together."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import KEYS, brute_cheapest, brute_minimal, formulas, values

from detente.law.vocabulary import Truth
from detente.relief.logic import Atom, Conj, Count, Disj, Formula, Neg
from detente.relief.packages import Package, all_minimal, cheapest, pareto

A, B, C = Atom("a"), Atom("b"), Atom("c")
PROGRESS = Atom("r@progress", "r", 6)
MET = Atom("r@met", "r", 10)

several = st.lists(formulas(), min_size=1, max_size=3)
literals = [*KEYS, *("not:" + key for key in KEYS)]
costs = st.dictionaries(st.sampled_from(literals), st.integers(0, 9))


@settings(max_examples=60)
@given(several, values(), costs)
def test_no_package_is_cheaper_than_the_cheapest(
    goals: list[Formula], free: dict[str, Truth], cost: dict[str, int]
) -> None:
    """The cost equals the minimum that brute force finds, with costs of levels as totals."""
    found = cheapest(goals, free, cost)
    least = brute_cheapest(goals, free, cost, len(goals))
    assert [item.cost for item in found.sets] == ([] if least is None else [least])
    assert found.proved == ("complete" if least is None else "optimal")


@settings(max_examples=60)
@given(several, values())
def test_without_costs_the_cheapest_package_is_minimal(
    goals: list[Formula], free: dict[str, Truth]
) -> None:
    """Nothing in a cheapest package can be left out or lowered."""
    minimal = brute_minimal(goals, free)
    assert all(item.literals in minimal for item in cheapest(goals, free).sets)


@settings(max_examples=60)
@given(several, values())
def test_all_minimal_packages_are_those_of_brute_force(
    goals: list[Formula], free: dict[str, Truth]
) -> None:
    """Each suffices, none can be reduced, none is missing."""
    found = all_minimal(goals, free)
    assert {item.literals for item in found.sets} == brute_minimal(goals, free)
    assert found.proved == "complete"


@settings(max_examples=40)
@given(several, values(), costs)
def test_the_skyline_is_that_of_brute_force(
    goals: list[Formula], free: dict[str, Truth], cost: dict[str, int]
) -> None:
    """For each number of goals, the cheapest point that opens as many costs the minimum."""
    points = pareto({f"g{i}": goal for i, goal in enumerate(goals)}, free, cost)
    for least in range(1, len(goals) + 1):
        expected = brute_cheapest(goals, free, cost, least)
        actual = min((p.cost for p in points if len(p.opened) >= least), default=None)
        assert expected == actual
    pairs = [(point.cost, len(point.opened)) for point in points]
    assert pairs == sorted(set(pairs))
    assert all(point.proved == "optimal" for point in points)


def test_of_a_scale_only_the_highest_level_is_paid() -> None:
    """The cost of a level is the total for reaching it."""
    found = cheapest([PROGRESS, MET], {}, {"r@progress": 3, "r@met": 10})
    assert found.sets == (Package(("r@met",), 10),)


def test_a_literal_without_a_cost_has_the_default() -> None:
    """A missing price is never zero by accident."""
    found = cheapest([Disj((A, B))], {}, {"a": 5}, default=7)
    assert found.sets == (Package(("a",), 5),)


def test_goals_that_contradict_each_other_have_no_package_and_that_is_proved() -> None:
    """An empty list that is complete says that nothing opens both."""
    assert cheapest([A, Neg(A)], {}).proved == "complete"
    assert all_minimal([A, Neg(A)], {}).sets == ()


def test_a_list_that_is_cut_is_capped() -> None:
    """Ten alternatives, three listed."""
    found = all_minimal([Disj(tuple(Atom(f"x{i}") for i in range(10)))], {}, limit=3)
    assert found.proved == "capped"
    assert len(found.sets) == 3


def test_a_list_that_just_fits_is_complete() -> None:
    """As many alternatives as the limit: nothing is missing, and that is said."""
    found = all_minimal([Disj((A, B, C))], {}, limit=3)
    assert found.proved == "complete"


def test_a_search_that_is_stopped_proves_nothing() -> None:
    """With no conflict allowed the pigeons of the test are never shown to have no room."""
    holes = range(6)
    seats = {(p, h): Atom(f"{p}in{h}") for p in range(7) for h in holes}
    placed = [Disj(tuple(seats[p, h] for h in holes)) for p in range(7)]
    apart = [
        Disj((Neg(seats[p, h]), Neg(seats[q, h])))
        for h in holes
        for p in range(7)
        for q in range(p)
    ]
    assert cheapest([*placed, *apart], {}, conflicts=1).proved == "not-proved"
    assert all_minimal([*placed, *apart], {}, conflicts=1).proved == "capped"


def test_equal_parts_of_a_count_count_twice() -> None:
    """Two of three is met by a fact that stands there twice."""
    assert cheapest([Count(2, (A, A, B))], {}).sets == (Package(("a",), 1),)


def test_goals_open_already_cost_nothing() -> None:
    """The skyline starts with them."""
    points = pareto({"now": A, "later": Conj((B, C))}, {"a": Truth.MET})
    assert [(point.cost, point.opened) for point in points] == [
        (0, ("now",)),
        (2, ("later", "now")),
    ]


@pytest.mark.parametrize("price", [-1, 2**31])
def test_a_cost_out_of_range_is_refused(price: int) -> None:
    """Costs are whole numbers from zero to what the solver can add."""
    with pytest.raises(ValueError, match="must be between 0 and"):
        cheapest([A], {}, {"a": price})


def test_keys_are_never_read_as_program_text() -> None:
    """A key that looks like a rule is a key."""
    trap = Atom("a). :- b. #show(")
    assert cheapest([trap], {}).sets == (Package((trap.key,), 1),)


def test_the_solver_is_not_loaded_with_the_module() -> None:
    """Whoever does not search does not pay for the solver."""
    code = "import sys, detente.relief.packages; sys.exit('clingo' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
