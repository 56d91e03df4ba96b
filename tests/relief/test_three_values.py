"""Conditions of every kind, held to a second reading of the grammar and to laws of logic."""

from __future__ import annotations

from datetime import date
from typing import Any as Anything

import builders
import pytest
from book import (
    BACK,
    HISTORY,
    MENU,
    SUBJECTS,
    Book,
    conditions,
    days,
    evidence,
    one_finding,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import after

from detente.evidence.facts import Facts, Scope, facts_of
from detente.evidence.load import Evidence
from detente.evidence.model import Finding
from detente.law.asof import AsOf
from detente.law.conditions import All, Any, AtLeast, Condition, Not
from detente.law.vocabulary import Truth
from detente.relief.explain import explain
from detente.relief.letter import Letters
from detente.relief.logic import value
from detente.relief.lower import Lowering, truths
from detente.relief.paths import PathStatus, status_of

MET, UNMET, UNKNOWN = Truth.MET, Truth.UNMET, Truth.UNKNOWN
HERE = Scope("rp-x", "m-1")
EVERY = (
    "{all: [{act: rp-x}, {requirement: r-a, level: met}, {finding: f-a}, {finding: f-b}, "
    "{event: e-a}, {event: e-b}, {finding: f-n}]}"
)
ROWS: dict[str, Anything] = {
    "measures": [builders.measure(id_) for id_ in MENU],
    "history": HISTORY,
    "reimpositions": [BACK],
}
WORLD = builders.regime(builders.path(EVERY), **ROWS)
sides = st.tuples(conditions(), evidence(), days, st.none() | days)


def seen_on(day: date, findings: list[Finding], complete: date | None = None) -> tuple[AsOf, Facts]:
    """Return the law and the facts of a day."""
    return WORLD.as_of(day), facts_of(WORLD, Evidence(tuple(findings), complete), day)


def kleene(node: Condition, view: AsOf, facts: Facts) -> Truth:
    """Return the engine's plain value of a condition."""
    lowering = Lowering(facts, HERE, view)
    return value(lowering.lower(node), truths(lowering.atoms))


def status(node: Condition, view: AsOf, facts: Facts, **changes: object) -> PathStatus:
    """Return the status of a path with this condition, for the first measure of the menu."""
    path = builders.path(node, self_executing=True, **changes)
    return status_of(view, path, facts, "m-1")


@settings(max_examples=600)
@given(sides)
def test_the_engine_reads_every_condition_as_the_grammar_says(
    drawn: tuple[Condition, list[Finding], date, date | None],
) -> None:
    """A second reading, with no formula in between, comes to the same value."""
    node, findings, day, complete = drawn
    view, facts = seen_on(day, findings, complete)
    assert kleene(node, view, facts) is Book(view, facts, HERE).told(node)


@settings(max_examples=200)
@given(sides)
def test_the_exact_answer_only_decides_what_the_plain_one_leaves_open(
    drawn: tuple[Condition, list[Finding], date, date | None],
) -> None:
    """A fact on both sides of a negation may settle an unknown; nothing else changes."""
    node, findings, day, complete = drawn
    view, facts = seen_on(day, findings, complete)
    assert kleene(node, view, facts) in (UNKNOWN, status(node, view, facts).value)


@given(sides)
def test_a_double_negation_keeps_the_value(
    drawn: tuple[Condition, list[Finding], date, date | None],
) -> None:
    """What is not unmet is met, and unknown stays unknown."""
    node, findings, day, complete = drawn
    view, facts = seen_on(day, findings, complete)
    assert kleene(Not(of=Not(of=node)), view, facts) is kleene(node, view, facts)


@given(st.lists(conditions(), min_size=1, max_size=3), evidence(), days, st.integers(1, 3))
def test_negation_turns_all_into_any_and_a_count_into_the_other_count(
    limbs: list[Condition], findings: list[Finding], day: date, count: int
) -> None:
    """De Morgan's laws hold for whole conditions, and for at least so many of them."""
    view, facts = seen_on(day, findings)
    of, nots = tuple(limbs), tuple(Not(of=limb) for limb in limbs)
    count = min(count, len(of))
    pairs: list[tuple[Condition, Condition]] = [
        (Not(of=All(of=of)), Any(of=nots)),
        (Not(of=Any(of=of)), All(of=nots)),
        (Not(of=AtLeast(count=count, of=of)), AtLeast(count=len(of) - count + 1, of=nots)),
    ]
    for left, right in pairs:
        assert kleene(left, view, facts) is kleene(right, view, facts)


@settings(max_examples=200)
@given(conditions(name=None), evidence(), days, st.data())
def test_a_finding_on_a_fact_with_none_decides_more_and_changes_no_answer(
    node: Condition, findings: list[Finding], day: date, data: st.DataObject
) -> None:
    """Whatever the condition, more knowledge turns unknown into an answer and nothing else."""
    told = {item.finding or item.event or item.act or item.requirement for item in findings}
    free = [item for item in SUBJECTS if not told & set(item.values())]
    if not free:
        return
    more = data.draw(one_finding(data.draw(st.sampled_from(free))))
    before = kleene(node, *seen_on(day, findings))
    assert before in (UNKNOWN, kleene(node, *seen_on(day, [*findings, more])))


@given(conditions(), evidence(without=("f-n",)), days, one_finding({"finding": "f-n"}))
def test_a_named_finding_decides_only_what_the_calendar_leaves_open(
    node: Condition, findings: list[Finding], day: date, named: Finding
) -> None:
    """With the finding on record no answer changes that was one without it."""
    before = kleene(node, *seen_on(day, findings))
    assert before in (UNKNOWN, kleene(node, *seen_on(day, [*findings, named])))


GATES = [
    "{finding: f-b}",
    "{not: {event: e-a}}",
    "{silence: {of: {event: e-a}, from: {event: e-b}, term: 20 full days}, finding: f-n}",
    "{any: [{after: 2019-02-01}, {act: rp-x}]}",
]


@settings(max_examples=200)
@given(st.sampled_from(GATES), conditions(), evidence(), days, st.booleans())
def test_a_gate_never_makes_more_met(
    text: str, node: Condition, findings: list[Finding], day: date, alone: bool
) -> None:
    """A path with a gate in its way comes to no better, whoever decides what."""
    path = builders.path(node, self_executing=alone)
    free = builders.regime(builders.path(EVERY, id="rp-all"), path, **ROWS)
    shut = builders.regime(
        builders.path(EVERY, id="rp-all"), path, gates=[builders.gate(text)], **ROWS
    )
    before, behind = (
        status_of(law.as_of(day), path, facts_of(law, Evidence(tuple(findings)), day), "m-1")
        for law in (free, shut)
    )
    assert behind.value <= before.value
    assert behind.granted <= before.granted
    opened = kleene(builders.condition(text), *seen_on(day, findings))
    assert (behind.blocked_by == ()) == (opened is MET)


@settings(max_examples=300)
@given(sides)
def test_what_may_still_be_done_has_the_value_of_the_condition_and_undoes_no_past(
    drawn: tuple[Condition, list[Finding], date, date | None],
) -> None:
    """With the past put in the value is the same, and nothing past is asked for or undone."""
    node, findings, day, complete = drawn
    view, facts = seen_on(day, findings, complete)
    seen = status(node, view, facts)
    known = truths(seen.atoms)
    assert value(seen.reachable, known) is value(seen.formula, known)
    for wanted in seen.missing().sets:
        assert value(seen.formula, after(known, _with_levels(wanted))) is MET
        for literal in wanted:
            atom = seen.atoms[literal.removeprefix("not:")]
            assert not atom.past
            assert not (atom.kind == "event" and literal.startswith("not:") and atom.truth is MET)


@settings(max_examples=300)
@given(sides)
def test_what_decisions_alone_would_open_is_discretionary(
    drawn: tuple[Condition, list[Finding], date, date | None],
) -> None:
    """Where a set of missing facts holds nothing but decisions to be made, somebody may decide."""
    node, findings, day, complete = drawn
    view, facts = seen_on(day, findings, complete)
    seen = status_of(view, builders.path(node), facts, "m-1")
    given_ = {k for k, atom in seen.atoms.items() if atom.decision and atom.kind != "time"}
    if seen.value is not MET and any(set(wanted) <= given_ for wanted in seen.missing().sets):
        assert (seen.granted, seen.discretionary) == (MET, True)


def _with_levels(literals: tuple[str, ...]) -> frozenset[str]:
    """Return literals with those that they bring: a level brings the lower one."""
    brings = {"r-a@met": {"r-a@progress"}, "not:r-a@progress": {"not:r-a@met"}}
    return frozenset(literals).union(*(brings.get(item, set()) for item in literals))


@settings(max_examples=200)
@given(sides, st.booleans())
def test_an_explanation_gives_every_node_the_value_that_the_grammar_gives_it(
    drawn: tuple[Condition, list[Finding], date, date | None], alone: bool
) -> None:
    """The root of the tree that is shown has the value of the condition that was judged."""
    node, findings, day, complete = drawn
    path = builders.path(node, self_executing=alone)
    law = builders.regime(builders.path(EVERY, id="rp-all", kind="waiver"), path, **ROWS)
    facts = facts_of(law, Evidence(tuple(findings), complete), day)
    (told,) = explain(Letters(law.as_of(day), facts), "m-1").children
    judged = status_of(law.as_of(day), path, facts, "m-1")
    (root,) = told.children
    assert told.value == judged.value.word
    assert root.value == Book(law.as_of(day), facts, HERE).told(judged.condition).word


@pytest.mark.parametrize("text", GATES)
def test_a_gate_that_is_not_law_on_the_day_stands_in_no_way(text: str) -> None:
    """Before its first day and from its last on, a gate blocks nothing."""
    path = builders.path("{event: e-a}", self_executing=True)
    gate = builders.gate(text, since="2019-02-01", until="2019-03-01")
    law = builders.regime(builders.path(EVERY, id="rp-all"), path, gates=[gate])
    happened = builders.finding("2019-01-01", event="e-a", made=True)
    for day in ("2019-01-31", "2019-03-01"):
        seen = status_of(law.as_of(day), path, builders.facts(law, day, happened))
        assert (seen.value, seen.blocked_by) == (MET, ())
