"""Bit-parallel sweeps: many scenarios at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import formulas, values

from detente.law.vocabulary import Truth
from detente.relief.logic import Atom, Conj, Count, Disj, Formula, Neg, value
from detente.relief.sweeps import (
    Scenarios,
    Tally,
    compile_sweep,
    random_scenarios,
    scenarios_from,
    sweep,
)

A, B = Atom("a"), Atom("b")


@given(st.lists(formulas(), max_size=4), st.lists(values(), max_size=12))
def test_every_scenario_gets_the_value_that_the_tree_gives(
    goals: list[Formula], rows: list[dict[str, Truth]]
) -> None:
    """Bit by bit the sweep equals strong Kleene logic, several formulas at once."""
    named = {f"g{i}": goal for i, goal in enumerate(goals)}
    found = sweep(named, scenarios_from(rows), arrays=True)
    for name, goal in named.items():
        tally = found[name]
        assert tally.met_in is not None
        assert tally.unmet_in is not None
        expected = [value(goal, row) for row in rows]
        seen = [
            Truth.MET
            if tally.met_in >> i & 1
            else Truth.UNMET
            if tally.unmet_in >> i & 1
            else Truth.UNKNOWN
            for i in range(len(rows))
        ]
        assert expected == seen
        assert (tally.met, tally.unmet, tally.unknown) == (
            expected.count(Truth.MET),
            expected.count(Truth.UNMET),
            expected.count(Truth.UNKNOWN),
        )


def test_a_compiled_program_gives_the_same_tallies() -> None:
    """Compiling first changes nothing but the time."""
    named: dict[str, Formula] = {"one": Conj((A, B)), "same": Conj((B, A)), "none": Disj(())}
    scenarios = random_scenarios("ab", 1000, seed=3)
    assert sweep(named, scenarios) == sweep(compile_sweep(named), scenarios)


def test_equal_parts_are_computed_once() -> None:
    """A condition that many measures share costs one operation, whatever its order."""
    program = compile_sweep({"one": Conj((A, B)), "two": Conj((B, A))})
    assert sum(len(ops) for ops, _ in program.steps) == 1


def test_a_large_count_stays_small() -> None:
    """Twenty of forty is a table of operations, not a list of all combinations."""
    facts = tuple(Atom(f"x{i}") for i in range(40))
    program = compile_sweep({"count": Count(20, facts)})
    assert sum(len(ops) for ops, _ in program.steps) <= 2 * 20 * 21
    row = {f"x{i}": Truth.MET for i in range(19)} | {f"x{i}": Truth.UNMET for i in range(20, 40)}
    assert sweep(program, scenarios_from([row])) == {"count": Tally(0, 0, 1)}


def test_a_fact_that_is_both_met_and_unmet_is_refused() -> None:
    """Contradictory evidence is an error, not unknown."""
    with pytest.raises(ValueError, match="both met and unmet"):
        Scenarios(2, {"a": 0b11}, {"a": 0b10})


@pytest.mark.parametrize("bits", [0b100, -1])
def test_bits_beyond_the_last_scenario_are_refused(bits: int) -> None:
    """Two scenarios have two bits."""
    with pytest.raises(ValueError, match="beyond the last"):
        Scenarios(2, {"a": bits}, {})


def test_random_scenarios_repeat_for_a_seed_and_follow_their_chances() -> None:
    """Shares lie within five standard deviations of the chances asked for."""
    first = random_scenarios(["a", "b"], 10_000, seed=7, met=0.2, unmet=0.5)
    assert first == random_scenarios(["a", "b"], 10_000, seed=7, met=0.2, unmet=0.5)
    assert first != random_scenarios(["a", "b"], 10_000, seed=8, met=0.2, unmet=0.5)
    for key in "ab":
        assert abs(first.met[key].bit_count() - 2000) < 5 * 40
        assert abs(first.unmet[key].bit_count() - 5000) < 5 * 50


def test_random_levels_of_a_scale_are_nested() -> None:
    """No scenario has a level met whose lower one is not, nor one unmet below one that is not."""
    scale = ["low", "middle", "high"]
    drawn = random_scenarios(scale, 500, seed=1, scales=[scale])
    for low, high in (("low", "middle"), ("middle", "high")):
        assert drawn.met[high] & ~drawn.met[low] == 0
        assert drawn.unmet[low] & ~drawn.unmet[high] == 0


@pytest.mark.parametrize(("met", "unmet", "counts"), [(1, 0, (9, 0)), (0, 1, (0, 9))])
def test_certain_chances_leave_nothing_to_chance(
    met: float, unmet: float, counts: tuple[int, int]
) -> None:
    """One is always and zero is never."""
    drawn = random_scenarios(["a"], 9, seed=0, met=met, unmet=unmet)
    assert (drawn.met["a"].bit_count(), drawn.unmet["a"].bit_count()) == counts


def test_chances_beyond_one_are_refused() -> None:
    """Met and unmet exclude each other."""
    with pytest.raises(ValueError, match="not the chances of one fact"):
        random_scenarios(["a"], 9, seed=0, met=0.7, unmet=0.7)


def test_a_missing_blocker_leaves_its_scenarios_unknown() -> None:
    """The default of a blocker is unknown, not absent."""
    found = sweep({"m": Neg(A)}, scenarios_from([{}, {"a": Truth.UNMET}, {"a": Truth.MET}]))
    assert found == {"m": Tally(1, 1, 1)}
