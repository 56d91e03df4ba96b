"""What is left of a formula once everything known has been put in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from detente.law.vocabulary import Truth
from detente.relief.logic import Atom, Conj, Count, Disj, Formula, Neg

TRUE: Final = Conj(())
FALSE: Final = Disj(())


def residual(formula: Formula, known: Mapping[str, Truth]) -> Formula:
    """Return ``formula`` with its known atoms put in and simplified.

    Args:
        formula: the formula.
        known: values by key; atoms that are unknown or absent stay.

    Returns:
        A formula over the unknown atoms that agrees with the original for every value they may
        take; the empty conjunction for true, the empty disjunction for false.
    """
    match formula:
        case Atom(key=key):
            return _constant(known.get(key, Truth.UNKNOWN), formula)
        case Neg(of=atom):
            return _constant(Truth(2 - known.get(atom.key, Truth.UNKNOWN)), formula)
        case Conj(of=of):
            return _join(Conj, of, known, drop=TRUE, wins=FALSE)
        case Disj(of=of):
            return _join(Disj, of, known, drop=FALSE, wins=TRUE)
        case Count(least=least, of=of):
            return _count(least, of, known)


def _constant(truth: Truth, formula: Formula) -> Formula:
    if truth is Truth.UNKNOWN:
        return formula
    return TRUE if truth is Truth.MET else FALSE


def _join(
    kind: type[Conj] | type[Disj],
    of: tuple[Formula, ...],
    known: Mapping[str, Truth],
    drop: Formula,
    wins: Formula,
) -> Formula:
    limbs: dict[Formula, None] = {}
    for child in of:
        rest = residual(child, known)
        if rest == wins:
            return wins
        if rest != drop:
            limbs.update(dict.fromkeys(rest.of if isinstance(rest, kind) else (rest,)))
    return next(iter(limbs)) if len(limbs) == 1 else kind(tuple(limbs))


def _count(least: int, of: tuple[Formula, ...], known: Mapping[str, Truth]) -> Formula:
    rests = [residual(child, known) for child in of]
    least -= sum(rest == TRUE for rest in rests)
    open_ = tuple(rest for rest in rests if rest not in (TRUE, FALSE))
    if least <= 0:
        return TRUE
    if least > len(open_):
        return FALSE
    if least == 1:
        return _join(Disj, open_, {}, drop=FALSE, wins=TRUE)
    if least == len(open_):
        return _join(Conj, open_, {}, drop=TRUE, wins=FALSE)
    return Count(least, open_)


def text_of(formula: Formula) -> str:
    """Return ``formula`` in words: ``a and (b or c)``; true is nothing, false the impossible."""
    if formula == TRUE:
        return "nothing"
    if formula == FALSE:
        return "the impossible"
    match formula:
        case Atom(key=key):
            return key
        case Neg(of=atom):
            return f"not {atom.key}"
        case Conj(of=of):
            return " and ".join(_bracketed(child) for child in of)
        case Disj(of=of):
            return " or ".join(_bracketed(child) for child in of)
        case Count(least=least, of=of):
            return f"at least {least} of ({', '.join(text_of(child) for child in of)})"


def _bracketed(formula: Formula) -> str:
    text = text_of(formula)
    return f"({text})" if isinstance(formula, (Conj, Disj)) else text
