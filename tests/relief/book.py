"""The grammar of conditions a second time, read from its description and not from the engine.

``told`` gives the value of a condition straight on its tree: no lowering, no formula, no atoms.
What is known of single facts is taken from the evidence; what joins and clocks make of it is
worked out here, over every day that an imprecise date may mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import product

import builders
from builders import finding
from hypothesis import strategies as st

from detente.evidence.facts import Facts, Scope
from detente.evidence.histories import FactState
from detente.evidence.model import Finding
from detente.law.asof import AsOf
from detente.law.conditions import (
    After,
    All,
    Any,
    AtLeast,
    Condition,
    Deferred,
    Elapsed,
    Fact,
    Gated,
    Imposed,
    Named,
    Not,
    Race,
    Reimposed,
    Report,
    Silence,
    Snapback,
    While,
)
from detente.law.vocabulary import Truth

FIRST, LAST = date(2019, 1, 1), date(2019, 3, 31)
DAY = timedelta(days=1)
MENU = ("m-1", "m-2", "m-3", "m-4")
"""Four measures: the second ended, the third on a day of January that is not known."""

HISTORY = (
    builders.event("ev-end", "2018-06-01", {"what": "ends", "measures": ["m-2"]}),
    builders.event("ev-perhaps", "2019-01", {"what": "ends", "measures": ["m-3"]}),
)


class Book:
    """One reading of conditions: for a day, a body of evidence, a path and a measure."""

    def __init__(self, view: AsOf, facts: Facts, scope: Scope) -> None:
        self.view, self.facts, self.scope = view, facts, scope

    def told(self, node: Condition) -> Truth:
        """Return the value of a condition."""
        value = self._plain(node)
        if isinstance(node, Named) and node.finding is not None and value is Truth.UNKNOWN:
            stated = self._state(Fact(kind="finding", id=node.finding))
            return stated.truth if stated.finding is not None else value
        return value

    def _plain(self, node: Condition) -> Truth:
        match node:
            case Fact():
                return self._state(node).truth
            case All(of=of):
                return min(map(self.told, of))
            case Any(of=of):
                return max(map(self.told, of))
            case AtLeast(count=count, of=of):
                return sorted(map(self.told, of), reverse=True)[count - 1]
            case Not(of=below):
                return Truth(Truth.MET - self.told(below))
            case While(of=below) | Gated(of=below):
                return self.told(below)
            case Reimposed(of=below):
                assert below is not None
                return self.told(below)
            case After(date=day):
                return Truth.UNKNOWN if day is None else _all([self.view.day >= day])
            case Imposed(count=count, of=of):
                return self._imposed(count, [id_ for id_ in of if id_ != self.scope.measure])
            case Elapsed(from_=start, term=term):
                return min(self._clock(start, term))
            case Report(of=start, term=term):
                return min(self._clock(start, term)) if term else self._state(start).truth
            case Deferred(by=start, term=term, condition=below):
                return min(*self._clock(start, term), self.told(below))
            case Silence(of=end, from_=start, term=term):
                return min(*self._clock(start, term), self._silent(start, term, end))
            case Snapback(notice=start, term=term, unless=end):
                return min(*self._clock(start, term), self._silent(start, term, end))
            case Race(from_=start, term=term, before=end):
                return min(*self._clock(start, term), self._first(start, term, end))

    def _state(self, fact: Fact) -> FactState:
        return self.facts.state(fact, self.scope)

    def _imposed(self, count: int, others: list[str]) -> Truth:
        words = [self.view.state(id_).status for id_ in others]
        ranked = sorted(
            (
                Truth.MET if w == "in-force" else Truth.UNKNOWN if w == "unknown" else Truth.UNMET
                for w in words
            ),
            reverse=True,
        )
        return ranked[count - 1] if count <= len(ranked) else Truth.UNMET

    def _clock(self, start: Fact, term: str) -> tuple[Truth, Truth]:
        """Whether the clock was started, and whether it has run."""
        begun = self._state(start)
        if begun.truth is not Truth.MET:
            return begun.truth, begun.truth
        return begun.truth, _all(self.view.day >= day + length(term) for day in days_of(begun))

    def _silent(self, start: Fact, term: str, end: Fact) -> Truth:
        """Whether ``end`` stayed away while the term ran."""
        begun, broken = self._state(start), self._state(end)
        if Truth.UNMET in (begun.truth, broken.truth):
            return Truth.MET
        if Truth.UNKNOWN in (begun.truth, broken.truth):
            return Truth.UNKNOWN
        pairs = product(days_of(begun), days_of(broken))
        return _all(not a <= b < a + length(term) for a, b in pairs)

    def _first(self, start: Fact, term: str, end: Fact) -> Truth:
        """Whether the term ran out before ``end`` came true."""
        begun, rival = self._state(start), self._state(end)
        if Truth.UNMET in (begun.truth, rival.truth):
            return Truth.MET
        if Truth.UNKNOWN in (begun.truth, rival.truth):
            return Truth.UNKNOWN
        return _all(a + length(term) < b for a, b in product(days_of(begun), days_of(rival)))


def length(term: str) -> timedelta:
    """Return how long a term of days is; a full day runs to its end."""
    count, *words = term.split()
    return timedelta(days=int(count) + ("full" in words))


def days_of(state: FactState) -> Iterator[date]:
    """Yield every day on which a fact may have come true."""
    assert state.earliest is not None
    assert state.when is not None
    day = state.earliest
    while day <= state.when:
        yield day
        day += DAY


def _all(cases: Iterable[bool]) -> Truth:
    """Met where it is so in every case, unmet where in none."""
    seen = set(cases)
    return Truth.UNKNOWN if len(seen) > 1 else Truth.MET if seen == {True} else Truth.UNMET


# What the tests draw

FACTS = (
    Fact(kind="finding", id="f-a"),
    Fact(kind="finding", id="f-b"),
    Fact(kind="event", id="e-a"),
    Fact(kind="event", id="e-b"),
    Fact(kind="act", id="rp-x"),
    Fact(kind="requirement", id="r-a", level="progress"),
    Fact(kind="requirement", id="r-a", level="met"),
)
BACK = builders.reimposition(
    "{snapback: {notice: {finding: f-a}, term: 10 full days, unless: {event: e-b}}}"
)
days = st.dates(FIRST, LAST)
terms = st.builds("{} {}".format, st.integers(1, 40), st.sampled_from(["days", "full days"]))
single = st.sampled_from(FACTS)


def _clocks(inner: st.SearchStrategy[Condition], name: str | None) -> st.SearchStrategy[Condition]:
    known = {"finding": st.sampled_from([None, name])}
    return st.one_of(
        st.builds(After, date=st.one_of(st.none(), days), **known),
        st.builds(Elapsed, from_=single, term=terms, **known),
        st.builds(Silence, of=single, from_=single, term=terms, **known),
        st.builds(Snapback, notice=single, unless=single, term=terms, **known),
        st.builds(Race, from_=single, before=single, term=terms, **known),
        st.builds(Report, of=single, by=st.just("them"), term=st.none() | terms, **known),
        st.builds(Deferred, by=single, term=terms, condition=inner, **known),
        st.builds(Imposed, count=st.integers(1, 3), of=st.just(MENU), **known),
        st.just(Reimposed(id="ri-x", of=BACK.condition)),
    )


@st.composite
def _counted(draw: st.DrawFn, inner: st.SearchStrategy[Condition]) -> AtLeast:
    limbs = tuple(draw(st.lists(inner, min_size=1, max_size=3)))
    return AtLeast(count=draw(st.integers(1, len(limbs))), of=limbs)


def conditions(name: str | None = "f-n") -> st.SearchStrategy[Condition]:
    """Conditions of every kind of node; ``name`` is the finding beside clocks, or none."""

    def grow(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        several = st.lists(inner, min_size=1, max_size=3).map(tuple)
        return st.one_of(
            st.builds(All, of=several),
            st.builds(Any, of=several),
            _counted(inner),
            st.builds(Not, of=inner),
            st.builds(While, of=inner),
            _clocks(inner, name),
        )

    return st.recursive(st.one_of(single, _clocks(single, name)), grow, max_leaves=8)


SUBJECTS: tuple[dict[str, str], ...] = (
    {"finding": "f-a"}, {"finding": "f-b"}, {"finding": "f-n"}, {"event": "e-a"},
    {"event": "e-b"}, {"act": "rp-x"}, {"requirement": "r-a"},
)  # fmt: skip


@st.composite
def one_finding(draw: st.DrawFn, subject: dict[str, str]) -> Finding:
    """Draw a finding on a subject: on a day or a stretch of days, sure or arguable."""
    first = draw(days)
    last = first + timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 3, 9])))
    when = str(first) if first == last else f"{first}/{last}"
    said: dict[str, object] = {"made": draw(st.sampled_from([True, True, False]))}
    if "requirement" in subject:
        said = {"extent": draw(st.sampled_from(["none", "commitment", "progress", "met"]))}
    elif draw(st.integers(0, 4)) == 0:
        said["effective"] = str(last + timedelta(days=draw(st.integers(0, 20))))
    doubt = draw(st.integers(0, 9)) == 0
    return finding(when, recorded=str(last), arguable=doubt, **said, **subject)


@st.composite
def evidence(draw: st.DrawFn, without: tuple[str, ...] = ()) -> list[Finding]:
    """At most one finding on each subject, but on none of those left out."""
    asked = [item for item in SUBJECTS if not set(without) & set(item.values())]
    chosen = draw(st.lists(st.sampled_from(asked), unique_by=lambda item: str(item), max_size=7))
    return [draw(one_finding(subject)) for subject in chosen]
