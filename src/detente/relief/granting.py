"""What a formula comes to, and what decision-makers could make of it."""

from __future__ import annotations

from itertools import chain, combinations
from typing import Final

from detente.law.vocabulary import Truth
from detente.relief.logic import Formula, polarities, value
from detente.relief.lower import AtomState


def exact_value(formula: Formula, known: dict[str, Truth]) -> Truth:
    """Return Kleene's value; where a fact stands in both polarities, the exact one."""
    simple = value(formula, known)
    if simple is not Truth.UNKNOWN or not mixed(formula):
        return simple
    from detente.relief.diagram import is_tautology_aware_value

    return is_tautology_aware_value(formula, known)


def mixed(formula: Formula) -> bool:
    """Return whether some fact stands in ``formula`` both plainly and negated."""
    sides: tuple[set[str], set[str]] = (set(), set())
    for atom, negated in polarities(formula):
        sides[negated].add(atom.scale or atom.key)
    return bool(sides[0] & sides[1])


def decisions_of(states: dict[str, AtomState]) -> set[str]:
    """Return what decision-makers could give, waiting where the law says so."""
    return {key for key, atom in states.items() if atom.decision and not _runs(atom)}


def at_best(formula: Formula, known: dict[str, Truth], given: set[str]) -> Truth:
    """Return the value if every decision in ``given`` were made that helps.

    A decision that must be absent is not made. One that helps on one way and hinders on another
    is tried both ways; where there are many of those, all or none.
    """
    sides: dict[str, set[bool]] = {}
    for atom, negated in polarities(formula):
        sides.setdefault(atom.key, set()).add(negated)
    plain = dict.fromkeys((key for key in given if sides.get(key) == {False}), Truth.MET)
    mixed_ = sorted(key for key in given if len(sides.get(key, ())) > 1)
    sizes = range(len(mixed_) + 1) if len(mixed_) <= _TRIED else (0, len(mixed_))
    tries = chain.from_iterable(combinations(mixed_, size) for size in sizes)
    return max(
        exact_value(formula, known | plain | dict.fromkeys(made, Truth.MET)) for made in tries
    )


_TRIED: Final = 3
"""Up to so many decisions that help and hinder, every combination is tried."""


def _runs(atom: AtomState) -> bool:
    """Whether a clock runs already: it then waits for its day, and for nobody's decision."""
    return atom.kind == "time" and atom.due is not None
