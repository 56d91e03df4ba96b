"""The propositional skeleton of conditions: what every evaluator works on.

A condition is lowered once, for one day and one body of evidence, into a formula over atoms:
time nodes become atoms of their own, whose value the calendar gives. Trees, minimal sets, answer
sets, decision diagrams and bit sets are then five functions over the same formula, and a
differential test holds them to each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from detente.law.vocabulary import Truth


class Atom(msgspec.Struct, frozen=True):
    """One fact, true or false.

    Attributes:
        key: the fact as one word (``r-x@progress``, ``f-x``, ``act:rp-x``, ``after:2019-03-05``).
        scale: for a requirement at a level, the requirement's id; atoms of one scale are nested.
        rank: place on that scale; a higher atom implies every lower one of the same scale.
    """

    key: str
    scale: str | None = None
    rank: int = 0


class Neg(msgspec.Struct, frozen=True):
    """The negation of an atom."""

    of: Atom


class Conj(msgspec.Struct, frozen=True):
    """All of them. The empty conjunction is true."""

    of: tuple[Formula, ...]


class Disj(msgspec.Struct, frozen=True):
    """Any of them. The empty disjunction is false."""

    of: tuple[Formula, ...]


class Count(msgspec.Struct, frozen=True):
    """At least ``least`` of them."""

    least: int
    of: tuple[Formula, ...]


Formula = Atom | Neg | Conj | Disj | Count


def negation(formula: Formula) -> Formula:
    """Return the negation of ``formula``, with negations at its atoms alone."""
    match formula:
        case Atom():
            return Neg(formula)
        case Neg(of=atom):
            return atom
        case Conj(of=of):
            return Disj(tuple(map(negation, of)))
        case Disj(of=of):
            return Conj(tuple(map(negation, of)))
        case Count(least=least, of=of):
            return Count(len(of) - least + 1, tuple(map(negation, of)))


def atoms(formula: Formula) -> Iterator[Atom]:
    """Yield the atoms of ``formula``, with repetitions, from left to right."""
    match formula:
        case Atom():
            yield formula
        case Neg(of=atom):
            yield atom
        case Conj(of=of) | Disj(of=of) | Count(of=of):
            for child in of:
                yield from atoms(child)


def polarities(formula: Formula) -> Iterator[tuple[Atom, bool]]:
    """Yield every occurrence of an atom in ``formula``, and whether it stands there negated."""
    match formula:
        case Atom():
            yield formula, False
        case Neg(of=atom):
            yield atom, True
        case Conj(of=of) | Disj(of=of) | Count(of=of):
            for child in of:
                yield from polarities(child)


def value(formula: Formula, known: Mapping[str, Truth]) -> Truth:
    """Evaluate ``formula`` in strong Kleene logic.

    Args:
        formula: what to evaluate.
        known: the value of atoms by key; an atom that is not there is unknown.
    """
    match formula:
        case Atom(key=key):
            return known.get(key, Truth.UNKNOWN)
        case Neg(of=atom):
            return Truth(2 - known.get(atom.key, Truth.UNKNOWN))
        case Conj(of=of):
            return min((value(child, known) for child in of), default=Truth.MET)
        case Disj(of=of):
            return max((value(child, known) for child in of), default=Truth.UNMET)
        case Count(least=least, of=of):
            values = [value(child, known) for child in of]
            if sum(item is Truth.MET for item in values) >= least:
                return Truth.MET
            return Truth.UNKNOWN if sum(map(bool, values)) >= least else Truth.UNMET
