"""What the evidence says of each fact, on a day, as known on a day.

The two times: a finding counts when it happened by ``as_of`` and was recorded by ``known_on``.
Dates may be imprecise; a finding that may or may not have happened by the day makes a fact
unknown wherever it would make a difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, Literal

import msgspec

from detente.evidence.load import Evidence
from detente.evidence.model import Finding
from detente.law.conditions import Fact
from detente.law.dates import span
from detente.law.model import Range, Regime, Requirement
from detente.law.vocabulary import COUNTS_FROM, Truth, Verification, extent_rank, verification_rank

KeptAs = Literal["progress", "met"]
"""How an open-ended prohibition that has been kept so far is read."""

ONE_DAY: Final = timedelta(days=1)


class FactState(msgspec.Struct, frozen=True):
    """What is known of a fact.

    Attributes:
        truth: met, unmet or unknown.
        finding: the finding that decides, where one does.
        when: the day on which it came true (the last day it may mean, where imprecise).
        why: why so, in words, where no finding decides.
    """

    truth: Truth
    finding: Finding | None = None
    when: date | None = None
    why: str | None = None


class Scope(msgspec.Struct, frozen=True):
    """For what a fact is asked: a path, a measure, and the start of the term that runs.

    Attributes:
        path: id of the relief path.
        measure: id of the measure; None where every measure of the path is in the same state.
        running_since: first day of the running term of time-limited relief.
    """

    path: str | None = None
    measure: str | None = None
    running_since: date | None = None


ANYWHERE: Final = Scope()
"""For any path and measure."""


class Promise(msgspec.Struct, frozen=True):
    """What an offer adds if it is carried out in full: an extent, perhaps arguable."""

    rank: int
    arguable: bool


class Facts(msgspec.Struct, frozen=True):
    """The state of every fact of a regime, for one day and one state of knowledge.

    Build it with ``facts_of``.
    """

    regime: Regime
    as_of: date
    known_on: date | None
    complete_through: date | None
    kept_as: KeptAs
    promises: Mapping[str, Promise]
    sure: Mapping[tuple[str, str], tuple[Finding, ...]]
    maybe: Mapping[tuple[str, str], tuple[Finding, ...]]
    memo: dict[tuple[str, Scope], FactState] = msgspec.field(default_factory=dict)

    def state(self, fact: Fact, scope: Scope = ANYWHERE) -> FactState:
        """Return what is known of ``fact``, for ``scope``."""
        if fact.kind == "requirement":
            scope = (
                Scope(running_since=scope.running_since) if fact.level == "continued" else ANYWHERE
            )
        elif not self.scoped(fact):
            scope = ANYWHERE
        key = (fact.key, scope)
        if key not in self.memo:
            self.memo[key] = (
                self._requirement(fact, scope)
                if fact.kind == "requirement"
                else self._decision(fact, scope)
            )
        return self.memo[key]

    def scoped(self, fact: Fact) -> bool:
        """Return whether a decision on ``fact`` covers only some paths or measures."""
        key = (fact.kind, fact.id)
        records = (*self.sure.get(key, ()), *self.maybe.get(key, ()))
        return any(item.path or item.measures for item in records)

    def decisions(self, fact: Fact, scope: Scope) -> tuple[Finding, ...]:
        """Return the recorded decisions on ``fact`` that cover ``scope``, oldest first."""
        records = self.sure.get((fact.kind, fact.id), ())
        return tuple(item for item in records if _covers(item, scope))

    def fraction(self, component: str) -> Range | None:
        """Return the share of a component's end-state that is reached, inspected or better."""
        for finding in reversed(self.sure.get(("component", component), ())):
            if verification_rank(finding.verification) >= verification_rank(COUNTS_FROM):
                if finding.fraction is not None:
                    return finding.fraction
                if finding.extent == "met":
                    return Range(low=1.0, central=1.0, high=1.0)
                return None
        return None

    def component(self, component: str) -> Finding | None:
        """Return the latest finding on a component, whatever its verification."""
        found = self.sure.get(("component", component), ())
        return found[-1] if found else None

    def _requirement(self, fact: Fact, scope: Scope) -> FactState:
        row = self.regime.requirements[fact.id]
        found = self.sure.get(("requirement", fact.id), ())
        state = self._from_findings(fact, row, found, scope)
        maybe = self.maybe.get(("requirement", fact.id), ())
        if maybe:
            other = self._from_findings(fact, row, _ordered([*found, *maybe]), scope)
            if other.truth is not state.truth:
                why = f"the date {maybe[-1].happened} leaves open whether it was so by then"
                state = FactState(Truth.UNKNOWN, maybe[-1], why=why)
        promise = self.promises.get(fact.id)
        if (
            promise
            and state.truth is not Truth.MET
            and promise.rank >= extent_rank(fact.level or "")
        ):
            truth = Truth.UNKNOWN if promise.arguable else Truth.MET
            return FactState(truth, state.finding, self.as_of, why="if the offer is kept")
        return state

    def _from_findings(
        self, fact: Fact, row: Requirement, found: Sequence[Finding], scope: Scope
    ) -> FactState:
        found = [item for item in found if item.probability is None]
        if not found:
            return self._from_components(fact, row)
        latest, level = found[-1], fact.level or "met"
        state = self._level(found, extent_rank(level), row.verification_min)
        if level != "continued" or state.truth is not Truth.MET:
            return state
        if scope.running_since is None:
            return FactState(Truth.UNMET, latest, why="no term is running")
        if span(latest.happened).start >= scope.running_since:
            return state
        return FactState(Truth.UNMET, latest, why=f"not found again since {scope.running_since}")

    def _level(self, found: Sequence[Finding], rank: int, minimum: Verification) -> FactState:
        latest = found[-1]
        least = verification_rank(minimum)
        if latest.arguable:
            return FactState(Truth.UNKNOWN, latest, why="arguable")
        doubted = False
        for finding in reversed(found):
            enough = verification_rank(finding.verification) >= least and not finding.arguable
            if enough and self._rank(finding) < rank:
                return FactState(Truth.UNMET, finding)
            if enough:
                if doubted:  # a later claim says less, too weakly to undo it
                    break
                return FactState(Truth.MET, finding, span(finding.happened).end - ONE_DAY)
            doubted = doubted or self._rank(finding) < rank
        why = f"{latest.verification}, where {minimum} is asked for"
        return FactState(Truth.UNKNOWN, latest, why=why)

    def _rank(self, finding: Finding) -> int:
        if finding.kept_since is not None and self.kept_as == "met":
            return extent_rank("met")
        return extent_rank(finding.extent or "none")

    def _from_components(self, fact: Fact, row: Requirement) -> FactState:
        """The level of a requirement whose own text names things, from the state of the things."""
        if row.components is None or fact.level == "continued":
            return FactState(Truth.UNKNOWN, why="no finding")
        join, ids = (min, row.components.all) if row.components.all else (max, row.components.any)
        states = []
        for id_ in ids:
            found = self.sure.get(("component", id_), ())
            rank = extent_rank(fact.level or "met")
            states.append(
                self._level(found, rank, row.verification_min)
                if found
                else FactState(Truth.UNKNOWN, why=f"no finding on {id_}")
            )
        return join(states, key=lambda state: state.truth)

    def _decision(self, fact: Fact, scope: Scope) -> FactState:
        key = (fact.kind, fact.id)
        found = self.decisions(fact, scope)
        maybe = [item for item in self.maybe.get(key, ()) if _covers(item, scope)]
        if maybe:
            why = f"the date {maybe[-1].happened} leaves open whether it was done by then"
            return FactState(Truth.UNKNOWN, maybe[-1], why=why)
        if found and found[-1].probability is None:
            latest = found[-1]
            truth = Truth.UNKNOWN if latest.arguable else Truth.MET if latest.made else Truth.UNMET
            return FactState(truth, latest, span(latest.happened).end - ONE_DAY)
        if self._recorded_completely(fact):
            day = self.complete_through
            return FactState(Truth.UNMET, why=f"not on the public record, complete to {day}")
        return FactState(Truth.UNKNOWN, why="no record")

    def _recorded_completely(self, fact: Fact) -> bool:
        if self.complete_through is None or self.as_of > self.complete_through:
            return False
        return fact.kind != "finding" or self.regime.requirements[fact.id].public


def facts_of(
    regime: Regime,
    evidence: Evidence,
    as_of: date,
    known_on: date | None = None,
    *,
    kept_as: KeptAs = "progress",
    promises: Mapping[str, Promise] | None = None,
) -> Facts:
    """Return the state of every fact.

    Args:
        regime: the regime.
        evidence: the findings.
        as_of: findings that had happened by then count.
        known_on: of those, the ones recorded by then; all, where None.
        kept_as: how a prohibition that has been kept so far is read.
        promises: what an offer adds if kept, by requirement.
    """
    sure: dict[tuple[str, str], list[Finding]] = {}
    maybe: dict[tuple[str, str], list[Finding]] = {}
    visible = [item for item in evidence.findings if _known(item, known_on)]
    corrected = {item.corrects for item in visible if item.corrects is not None}
    for finding in visible:
        happened = span(finding.happened)
        if finding.id in corrected or happened.start > as_of:
            continue
        table = sure if happened.end - ONE_DAY <= as_of else maybe
        table.setdefault(_subject(finding), []).append(finding)
    return Facts(
        regime,
        as_of,
        known_on,
        evidence.complete_through,
        kept_as,
        promises or {},
        {key: _ordered(items) for key, items in sure.items()},
        {key: _ordered(items) for key, items in maybe.items()},
    )


def _known(finding: Finding, known_on: date | None) -> bool:
    """An imprecise recording date counts once its last day has come."""
    return known_on is None or span(finding.recorded).end - ONE_DAY <= known_on


def _subject(finding: Finding) -> tuple[str, str]:
    for kind in ("requirement", "component", "finding", "act", "event"):
        id_: str | None = getattr(finding, kind)
        if id_ is not None:
            return kind, id_
    raise ValueError(f"the finding {finding.id} is about nothing")


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Oldest first: by when it happened, then by when it was recorded."""
    return tuple(sorted(findings, key=lambda f: (span(f.happened).end, span(f.recorded).end)))


def _covers(finding: Finding, scope: Scope) -> bool:
    return (finding.path is None or scope.path is None or finding.path == scope.path) and (
        not finding.measures or scope.measure is None or scope.measure in finding.measures
    )
