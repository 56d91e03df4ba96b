"""From the conditions of the law to formulas, for one day and one body of evidence.

Time nodes become conjunctions with an atom of their own, whose value the calendar gives. Every
evaluator works on what comes out of here, so what a time node means is said once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

import msgspec

from detente.evidence.facts import Facts, Scope
from detente.evidence.histories import FactState, told
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
from detente.law.dates import add_term
from detente.law.regime import Regime
from detente.law.vocabulary import Truth, extent_rank
from detente.relief.logic import Atom, Conj, Count, Disj, Formula, negation, value

AtomKind = Literal["requirement", "finding", "act", "event", "time", "law"]


class AtomState(msgspec.Struct, frozen=True):
    """What an atom stands for and what is known of it.

    Attributes:
        key: the atom as one word.
        kind: conduct (``requirement``), decision (``finding``, ``act``), ``event``, ``time``, or
            ``law`` for what other measures bind.
        truth: met, unmet or unknown.
        state: what the evidence says, for facts.
        fact: the fact, for all but time.
        decision: whether a decision-maker can supply it; for time, whether one starts the clock.
        due: for time, the day on which it comes true, where known.
        text: for time and law, what is waited for.
        breaks: whether the atom is an event whose happening within a term undoes the relief.
        report: whether it is a third body's report on conduct, and so no decider's discretion.
        past: whether nothing that may still happen changes it: a clock that has run, what did
            or did not happen within it, an event that happened.
    """

    key: str
    kind: AtomKind
    truth: Truth
    state: FactState | None = None
    fact: Fact | None = None
    decision: bool = False
    due: date | None = None
    text: str | None = None
    breaks: bool = False
    report: bool = False
    past: bool = False

    @property
    def refused(self) -> bool:
        """Whether a decision is on record as not made, rather than merely not on record."""
        said = self.state.finding if self.state else None
        return self.truth is Truth.UNMET and said is not None and said.made is False


class Lowering(msgspec.Struct):
    """One lowering: the day, the facts, and the atoms met on the way.

    Attributes:
        facts: the state of every fact.
        scope: the path and measure for which facts are asked.
        view: the law of the day.
        override: replaces a fact's state, where it returns one (a decision that has lapsed).
        atoms: every atom, by key; filled while lowering.
    """

    facts: Facts
    scope: Scope
    view: AsOf
    override: Callable[[Fact, FactState], FactState] = lambda _, state: state
    atoms: dict[str, AtomState] = msgspec.field(default_factory=dict)

    def state(self, fact: Fact) -> FactState:
        """Return the state of ``fact`` in this scope."""
        return self.override(fact, self.facts.state(fact, self.scope))

    def lower(self, node: Condition) -> Formula:
        """Return ``node`` as a formula, noting its atoms."""
        formula = self._lower(node)
        if isinstance(node, Named) and node.finding is not None:
            return self._named(node.finding, formula)
        return formula

    def stated(self, finding: str) -> bool:
        """Return whether somebody recorded a decision on a finding, whatever it says."""
        return self.state(Fact(kind="finding", id=finding)).finding is not None

    def _named(self, finding: str, formula: Formula) -> Formula:
        """What the calendar leaves unknown, a decision on record on the named finding settles."""
        if value(formula, truths(self.atoms)) is not Truth.UNKNOWN or not self.stated(finding):
            return formula
        return self._fact(Fact(kind="finding", id=finding))

    def _lower(self, node: Condition) -> Formula:
        match node:
            case Fact():
                return self._fact(node)
            case All(of=of):
                return Conj(tuple(map(self.lower, of)))
            case Any(of=of):
                return Disj(tuple(map(self.lower, of)))
            case AtLeast(count=count, of=of):
                return Count(count, tuple(map(self.lower, of)))
            case Not(of=below):
                return negation(self.lower(below))
            case While(of=below) | Gated(of=below):
                return self.lower(below)
            case Reimposed(id=id_, of=below):
                riders = riders_of(self.facts.regime, id_, self.scope.measure)
                limbs = (below if below is not None else Any(of=()), *riders)
                return Conj(tuple(map(self.lower, limbs)))
            case Imposed():
                return self._imposed(node)
            case Race(from_=start, term=term, before=fact):
                return Conj((self._fact(start), self._clock(start, term), self._race(node)))
            case After():
                return self._after(node)
            case Elapsed(from_=start, term=term):
                return Conj((self._fact(start), self._clock(start, term)))
            case Silence(of=fact, from_=start, term=term):
                return self._unbroken(start, term, fact)
            case Snapback(notice=notice, term=term, unless=fact):
                return self._unbroken(notice, term, fact)
            case Deferred(by=fact, term=term, condition=condition):
                return Conj((self._fact(fact), self._clock(fact, term), self.lower(condition)))
            case Report(of=fact, term=None):
                return self._fact(fact, report=True)
            case Report(of=fact, term=term):
                return Conj((self._fact(fact, report=True), self._clock(fact, str(term))))

    def _fact(self, fact: Fact, *, report: bool = False) -> Atom:
        state = self.state(fact)
        report = report or (fact.key in self.atoms and self.atoms[fact.key].report)
        decision = self._decision(fact) and not report
        past = fact.kind == "event" and state.truth is Truth.MET
        past = past or (fact.key in self.atoms and self.atoms[fact.key].past)
        self.atoms[fact.key] = AtomState(
            fact.key, fact.kind, state.truth, state, fact, decision, report=report, past=past
        )
        if fact.kind == "requirement":
            return Atom(fact.key, fact.id, _rank(fact))
        return Atom(fact.key)

    def _decision(self, fact: Fact) -> bool:
        if fact.kind == "event":
            return self.facts.regime.event(fact.id).decision
        return fact.kind in ("finding", "act")

    def _after(self, node: After) -> Atom:
        day = self.facts.as_of
        if node.date is None:
            key = f"period:{node.finding or 'unknown'}"
            text = "a period whose start is not on record"
            self.atoms[key] = AtomState(key, "time", Truth.UNKNOWN, text=text)
        else:
            key = f"after:{node.date}"
            truth = Truth.MET if day >= node.date else Truth.UNMET
            text = f"{node.date} has come"
            past = truth is Truth.MET
            self.atoms[key] = AtomState(key, "time", truth, due=node.date, text=text, past=past)
        return Atom(key)

    def _clock(self, start: Fact, term: str) -> Atom:
        """The atom that ``term`` has run since ``start``."""
        key = f"{term} since {start.key}"
        state = self.state(start)
        truth, due = state.truth, None
        if truth is Truth.MET and state.when is not None:
            day, due = self.facts.as_of, add_term(state.when, term)
            first = add_term(state.earliest or state.when, term)
            truth = Truth.MET if day >= due else Truth.UNKNOWN if day >= first else Truth.UNMET
        text = f"{term} have run since {start.key}"
        reported = start.key in self.atoms and self.atoms[start.key].report
        decision = self._decision(start) and not reported
        ran = truth is Truth.MET
        if ran and start.key in self.atoms:
            began = self.atoms[start.key]
            self.atoms[start.key] = msgspec.structs.replace(began, past=True)
        self.atoms[key] = AtomState(
            key, "time", truth, due=due, decision=decision, text=text, past=ran
        )
        return Atom(key)

    def _unbroken(self, start: Fact, term: str, breaker: Fact) -> Formula:
        """``term`` ran since ``start`` and ``breaker`` did not happen within it."""
        begun, clock = self._fact(start), self._clock(start, term)
        key = f"{breaker.key} within {clock.key}"
        state = self._within(start, term, breaker)
        ran = self.atoms[clock.key].past
        past = state.truth is Truth.MET or (ran and state.truth is Truth.UNMET)
        self.atoms[key] = AtomState(
            key, "event", state.truth, state, breaker, breaks=True, past=past
        )
        return Conj((begun, clock, negation(Atom(key))))

    def _imposed(self, node: Imposed) -> Atom:
        """The atom that enough other measures bind, as recorded on the day."""
        others = [id_ for id_ in dict.fromkeys(node.of) if id_ != self.scope.measure]
        states = [self.view.state(id_).status for id_ in others]
        sure = states.count("in-force")
        truth = Truth.MET if sure >= node.count else Truth.UNMET
        if truth is Truth.UNMET and sure + states.count("unknown") >= node.count:
            truth = Truth.UNKNOWN
        key = f"{node.count} others imposed of {', '.join(node.of)}"
        text = f"{sure} of the others bind, {node.count} are needed"
        self.atoms[key] = AtomState(key, "law", truth, text=text)
        return Atom(key)

    def _race(self, node: Race) -> Atom:
        """The atom that the clock is not beaten by the fact it races against."""
        begun, rival = self.state(node.from_), self.state(node.before)
        key = f"{node.term} since {node.from_.key} before {node.before.key}"
        truth = Truth.UNKNOWN
        if rival.truth is Truth.UNMET or begun.truth is Truth.UNMET:
            truth = Truth.MET
        elif rival.truth is Truth.MET and begun.when is not None and rival.when is not None:
            first = add_term(begun.earliest or begun.when, node.term)
            last = add_term(begun.when, node.term)
            times = self._times(node.before, rival)
            if all(last < earliest for earliest, _ in times):
                truth = Truth.MET
            elif any(first >= latest for _, latest in times):
                truth = Truth.UNMET
        text = f"{node.term} run since {node.from_.key} before {node.before.key}"
        ran = begun.when is not None and add_term(begun.when, node.term) <= self.facts.as_of
        past = truth is Truth.UNMET or (truth is Truth.MET and ran)
        self.atoms[key] = AtomState(key, "time", truth, text=text, past=past)
        return Atom(key)

    def _within(self, start: Fact, term: str, breaker: Fact) -> FactState:
        """Whether ``breaker`` happened within the term; unknown where the dates leave it open."""
        begun, state = self.state(start), self.state(breaker)
        if begun.truth is Truth.UNMET:
            return FactState(Truth.UNMET, why=f"{start.key} has not begun the term")
        if state.truth is not Truth.MET:
            return state
        if begun.when is None or state.when is None or begun.truth is Truth.UNKNOWN:
            return FactState(Truth.UNKNOWN, state.finding, why=f"when {start.key} was is unknown")
        opens, shuts = begun.earliest or begun.when, add_term(begun.when, term)
        sure = add_term(opens, term)
        times = self._times(breaker, state)
        if any(begun.when <= first and last < sure for first, last in times):
            return state
        if all(last < opens or first >= shuts for first, last in times):
            why = f"on {state.when}, outside the term"
            return msgspec.structs.replace(state, truth=Truth.UNMET, why=why)
        why = f"the dates leave open whether {breaker.key} fell within the term"
        return msgspec.structs.replace(state, truth=Truth.UNKNOWN, why=why)

    def _times(self, fact: Fact, state: FactState) -> list[tuple[date, date]]:
        """The first and last days on which ``fact``, which holds, may have come true.

        What is on record more than once came true each time, since it was last undone.
        """
        times = [(state.earliest or state.when, state.when)] if state.when else []
        if fact.kind != "requirement":
            for item in reversed(self.facts.decisions(fact, self.scope)):
                said = told(Truth.MET, item)
                if not said.when or not said.earliest or said.when > self.facts.as_of:
                    continue
                if not item.made:
                    break
                times += [] if item.arguable else [(said.earliest, said.when)]
        return sorted(set(times))


def riders_of(regime: Regime, reimposition: str, measure: str | None) -> tuple[Condition, ...]:
    """Return the further limbs of a re-imposition for ``measure``, such as a later day."""
    row = regime.reimpositions.get(reimposition)
    riders = row.riders if row is not None else ()
    return tuple(rider.condition for rider in riders if measure in rider.measures)


def _rank(fact: Fact) -> int:
    """Levels of one requirement are nested; ``continued`` lies just above progress."""
    rank = 2 * extent_rank(fact.level or "met")
    return rank + 1 if fact.level == "continued" else rank


def truths(atoms: dict[str, AtomState]) -> dict[str, Truth]:
    """Return the value of every atom, by key."""
    return {key: atom.truth for key, atom in atoms.items()}
