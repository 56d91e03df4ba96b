"""What is left of a formula once everything known has been put in."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import formulas, values

from detente.law.vocabulary import Truth
from detente.relief.logic import Atom, Conj, Count, Disj, Formula, Neg, atoms, value
from detente.relief.residual import FALSE, TRUE, residual, text_of

A, B, C = Atom("a"), Atom("b"), Atom("c")


@given(formula=formulas(), known=values(), data=st.data())
def test_residual_and_facts_together_are_the_original(
    formula: Formula, known: Mapping[str, Truth], data: st.DataObject
) -> None:
    """However the unknown facts turn out, the residual answers as the original does."""
    rest = residual(formula, known)
    unknown = sorted({a.key for a in atoms(formula)} - {k for k, t in known.items() if t != 1})
    later = {key: data.draw(st.sampled_from(list(Truth)), label=key) for key in unknown}
    assert value(rest, later) is value(formula, {**known, **later})


@given(formula=formulas(), known=values())
def test_nothing_known_is_left_in_the_residual(
    formula: Formula, known: Mapping[str, Truth]
) -> None:
    """Only unknown facts are still asked for; an answer that is certain leaves no question."""
    rest = residual(formula, known)
    assert all(known.get(atom.key, Truth.UNKNOWN) is Truth.UNKNOWN for atom in atoms(rest))
    answer = value(formula, known)
    if answer is not Truth.UNKNOWN:
        assert rest == (TRUE if answer is Truth.MET else FALSE)


@pytest.mark.parametrize(
    ("formula", "known", "text"),
    [
        (Conj((A, Disj((B, C)))), {"a": Truth.MET}, "b or c"),
        (Conj((A, Disj((B, C)))), {"b": Truth.UNMET}, "a and c"),
        (Conj((A, Neg(B))), {"a": Truth.MET}, "not b"),
        (Count(2, (A, B, C)), {"a": Truth.MET}, "b or c"),
        (Count(2, (A, B, C)), {"a": Truth.UNMET}, "b and c"),
        (Count(2, (A, B, C)), {}, "at least 2 of (a, b, c)"),
        (Conj((A, B)), {"a": Truth.MET, "b": Truth.MET}, "nothing"),
        (Conj((A, B)), {"a": Truth.UNMET}, "the impossible"),
        (Disj((Conj((A, B)), C)), {}, "(a and b) or c"),
    ],
)
def test_what_is_still_needed_is_said_in_words(
    formula: Formula, known: Mapping[str, Truth], text: str
) -> None:
    """The residual is simplified before it is put into words."""
    assert text_of(residual(formula, known)) == text
