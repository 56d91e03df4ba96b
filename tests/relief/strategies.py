"""Random formulas and values, and the brute force that every engine is held to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from hypothesis import strategies as st

from detente.law.vocabulary import Truth
from detente.relief.logic import Atom, Conj, Count, Disj, Formula, Neg, atoms, negation, value

PLAIN = [Atom("a"), Atom("b"), Atom("c"), Atom("d")]
SCALES = [
    [Atom("r@progress", "r", 6), Atom("r@significant-progress", "r", 8), Atom("r@met", "r", 10)],
]
LADDERS = [[atom] for atom in PLAIN] + SCALES
KEYS = [atom.key for ladder in LADDERS for atom in ladder]

Step = tuple[int, int]
"""What is done to a ladder: levels reached (0: none), lowest level excluded (one past: none)."""


def formulas() -> st.SearchStrategy[Formula]:
    """Formulas over up to seven atoms, three of them levels of one requirement.

    Whole formulas stand under ``not`` too, and under a ``not`` in it: the law's ``not`` takes
    any condition.
    """
    leaf = st.sampled_from([atom for ladder in LADDERS for atom in ladder])
    leaves = st.one_of(leaf, leaf, st.builds(Neg, leaf))

    def grow(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
        several = st.lists(inner, min_size=0, max_size=4).map(tuple)
        return st.one_of(
            st.builds(Conj, several),
            st.builds(Disj, several),
            st.builds(Count, st.integers(0, 4), several),
            st.builds(negation, inner),
        )

    return st.recursive(leaves, grow, max_leaves=9)


def values() -> st.SearchStrategy[dict[str, Truth]]:
    """Values of all atoms in which a higher level is never better met than a lower one."""
    truths = st.sampled_from(list(Truth))

    def fill(drawn: list[list[Truth]]) -> dict[str, Truth]:
        return {
            atom.key: truth
            for ladder, row in zip(LADDERS, drawn, strict=True)
            for atom, truth in zip(ladder, sorted(row, reverse=True), strict=True)
        }

    rows = [st.lists(truths, min_size=len(ladder), max_size=len(ladder)) for ladder in LADDERS]
    return st.tuples(*rows).map(list).map(fill)


def literals(steps: tuple[Step, ...]) -> frozenset[str]:
    """Return every literal that ``steps`` make true, lower levels included."""
    return frozenset(
        literal
        for ladder, (reached, excluded) in zip(LADDERS, steps, strict=True)
        for i, atom in enumerate(ladder)
        for literal in ([atom.key] if i < reached else ["not:" + atom.key] if i >= excluded else [])
    )


def strongest(steps: tuple[Step, ...], held: frozenset[str]) -> tuple[str, ...]:
    """Return the literals to ask for: of each ladder the strongest that does not hold already."""
    asked = []
    for ladder, (reached, excluded) in zip(LADDERS, steps, strict=True):
        wanted = [*([ladder[reached - 1].key] if reached else [])]
        wanted += ["not:" + ladder[excluded].key] if excluded < len(ladder) else []
        asked += [literal for literal in wanted if literal not in held]
    return tuple(sorted(asked))


def held_by(free: Mapping[str, Truth]) -> frozenset[str]:
    """Return the literals that hold already."""
    met = {key for key, truth in free.items() if truth is Truth.MET}
    return frozenset(met | {"not:" + k for k, truth in free.items() if truth is Truth.UNMET})


def after(free: Mapping[str, Truth], done: frozenset[str]) -> dict[str, Truth]:
    """Return the values once ``done`` stands on top of ``free``."""
    result = dict(free)
    for literal in done:
        result[literal.removeprefix("not:")] = (
            Truth.UNMET if literal.startswith("not:") else Truth.MET
        )
    return result


def sufficient(
    goals: list[Formula], free: Mapping[str, Truth], least: int
) -> Iterator[tuple[tuple[Step, ...], frozenset[str]]]:
    """Yield each way to make at least ``least`` of ``goals`` true, and what it adds."""
    occurring = {atom.key for goal in goals for atom in atoms(goal)}
    choices: list[list[Step]] = []
    for ladder in LADDERS:
        reaches = [0] + [i + 1 for i, atom in enumerate(ladder) if atom.key in occurring]
        excludes = [i for i, atom in enumerate(ladder) if atom.key in occurring] + [len(ladder)]
        choices.append([(r, e) for r in reaches for e in excludes if r <= e])
    held = held_by(free)
    for steps in product(*choices):
        done = literals(steps)
        known = after(free, done)
        if sum(value(goal, known) is Truth.MET for goal in goals) >= least:
            visible = frozenset(x for x in done - held if x.removeprefix("not:") in occurring)
            yield steps, visible


def brute_minimal(goals: list[Formula], free: Mapping[str, Truth]) -> set[tuple[str, ...]]:
    """Return the minimal sets of literals that make all ``goals`` true, by trying everything."""
    ways = list(sufficient(goals, free, len(goals)))
    held = held_by(free)
    added = {done for _, done in ways}
    minimal = {done for done in added if not any(other < done for other in added)}
    return {strongest(steps, held) for steps, done in ways if done in minimal}


def brute_cheapest(
    goals: list[Formula], free: Mapping[str, Truth], cost: Mapping[str, int], least: int
) -> int | None:
    """Return the least cost of making ``least`` of ``goals`` true, None where nothing does."""
    held = held_by(free)
    return min(
        (
            sum(cost.get(literal, 1) for literal in strongest(steps, held))
            for steps, _ in sufficient(goals, free, least)
        ),
        default=None,
    )


def worlds(free: Mapping[str, Truth]) -> Iterator[dict[str, Truth]]:
    """Yield every complete world that agrees with ``free``."""
    for reached in product(*(range(len(ladder) + 1) for ladder in LADDERS)):
        world = {
            atom.key: Truth.MET if i < top else Truth.UNMET
            for ladder, top in zip(LADDERS, reached, strict=True)
            for i, atom in enumerate(ladder)
        }
        if all(truth in (Truth.UNKNOWN, world[key]) for key, truth in free.items()):
            yield world
