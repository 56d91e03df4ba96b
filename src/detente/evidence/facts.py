"""What the evidence says of each fact, on a day, as known on a day.

The two times: a finding counts when it happened by ``as_of`` and was recorded by ``known_on``.
Dates may be imprecise; a finding that may or may not have happened by the day makes a fact
unknown wherever it would make a difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, Literal

import msgspec

from detente.evidence.histories import ONE_DAY, FactState, ordered, settle, told
from detente.evidence.load import Evidence
from detente.evidence.model import Finding
from detente.law.conditions import Fact
from detente.law.dates import span
from detente.law.model import Range, Requirement
from detente.law.regime import Regime
from detente.law.vocabulary import COUNTS_FROM, Truth, Verification, extent_rank, verification_rank

KeptAs = Literal["progress", "met"]
"""How an open-ended prohibition that has been kept so far is read."""


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


_WHOLE: Final = Range(low=1.0, central=1.0, high=1.0)

ANYWHERE: Final = Scope()
"""For any path and measure."""


class Promise(msgspec.Struct, frozen=True):
    """What an offer adds if it is carried out in full: an extent, perhaps arguable."""

    rank: int
    arguable: bool


class Facts(msgspec.Struct, frozen=True):
    """The state of every fact of a regime, for one day and one state of knowledge.

    Build it with ``facts_of``. Forecasts, which say how likely a thing is, decide nothing; they
    are kept apart for ``detente.relief.chance``.
    """

    regime: Regime
    as_of: date
    known_on: date | None
    complete_through: date | None
    kept_as: KeptAs
    promises: Mapping[str, Promise]
    sure: Mapping[tuple[str, str], tuple[Finding, ...]]
    maybe: Mapping[tuple[str, str], tuple[Finding, ...]]
    forecasts: tuple[Finding, ...]
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
        return _covering(self.sure.get((fact.kind, fact.id), ()), scope)

    def fraction(self, component: str) -> Range | None:
        """Return the share of a component's end-state that is reached, inspected or better."""
        for finding in reversed(self.sure.get(("component", component), ())):
            if _counts(finding, COUNTS_FROM):
                if finding.fraction is not None:
                    return finding.fraction
                return _WHOLE if finding.extent == "met" else None
        return None

    def _requirement(self, fact: Fact, scope: Scope) -> FactState:
        row = self.regime.requirements[fact.id]
        key = ("requirement", fact.id)
        sure, maybe = self.sure.get(key, ()), self.maybe.get(key, ())
        state = settle(sure, maybe, lambda found: self._found(fact, row, found, scope))
        promise = self.promises.get(fact.id)
        rank = extent_rank(fact.level or "met")
        if promise is None or state.truth is Truth.MET or promise.rank < rank:
            return state
        truth = Truth.UNKNOWN if promise.arguable else Truth.MET
        return FactState(truth, state.finding, self.as_of, self.as_of, "if the offer is kept")

    def _found(
        self, fact: Fact, row: Requirement, found: Sequence[Finding], scope: Scope
    ) -> FactState:
        """What one history of findings says of a requirement at a level."""
        if not found:
            return self._from_components(fact, row)
        level = fact.level or "met"
        state = self._level(found, extent_rank(level), row.verification_min)
        if level != "continued" or state.truth is not Truth.MET:
            return state
        if scope.running_since is None:
            return told(Truth.UNMET, found[-1], "no term is running")
        if span(found[-1].happened).start > scope.running_since:
            return state
        return told(Truth.UNMET, found[-1], f"not found again after {scope.running_since}")

    def _level(self, found: Sequence[Finding], rank: int, minimum: Verification) -> FactState:
        """Whether a history reaches an extent, known well enough.

        The latest finding that is known well enough decides, unless a later and weaker one says
        less: too weak to undo it, it leaves the fact unknown.
        """
        latest = found[-1]
        if latest.arguable:
            return FactState(Truth.UNKNOWN, latest, why="arguable")
        doubted = False
        for finding in reversed(found):
            if not _counts(finding, minimum):
                doubted = doubted or self._rank(finding) < rank
                continue
            if self._rank(finding) < rank:
                return told(Truth.UNMET, finding)
            if doubted:
                break
            return self._since(found, finding, rank, minimum)
        why = f"{latest.verification}, where {minimum} is asked for"
        return FactState(Truth.UNKNOWN, latest, why=why)

    def _since(
        self, found: Sequence[Finding], last: Finding, rank: int, minimum: Verification
    ) -> FactState:
        """Met, as the last finding says, since the first of those that say so in a row."""
        first = last
        for finding in reversed(found[: found.index(last)]):
            if _counts(finding, minimum):
                if self._rank(finding) < rank:
                    break
                first = finding
        begun = told(Truth.MET, first)
        return msgspec.structs.replace(begun, finding=last)

    def _rank(self, finding: Finding) -> int:
        if finding.kept_since is not None and self.kept_as == "met":
            return extent_rank("met")
        return extent_rank(finding.extent or "none")

    def _from_components(self, fact: Fact, row: Requirement) -> FactState:
        """The level of a requirement whose own text names things, from the state of the things."""
        if row.components is None or fact.level == "continued":
            return FactState(Truth.UNKNOWN, why="no finding")
        rank = extent_rank(fact.level or "met")

        def judge(found: Sequence[Finding]) -> FactState:
            if not found:
                return FactState(Truth.UNKNOWN, why="no finding on every component it names")
            return self._level(found, rank, row.verification_min)

        join, ids = (min, row.components.all) if row.components.all else (max, row.components.any)
        keys = [("component", id_) for id_ in ids]
        states = [settle(self.sure.get(k, ()), self.maybe.get(k, ()), judge) for k in keys]
        least = join(state.truth for state in states)
        deciding = [state for state in states if state.truth is least]
        if least is not Truth.MET:
            return deciding[0]
        # all of them since the last came true, one of them since the first did
        last = max if row.components.all else min
        return last(deciding, key=lambda state: state.when or date.min)

    def _decision(self, fact: Fact, scope: Scope) -> FactState:
        maybe = _covering(self.maybe.get((fact.kind, fact.id), ()), scope)
        return settle(self.decisions(fact, scope), maybe, lambda found: self._decided(fact, found))

    def _decided(self, fact: Fact, found: Sequence[Finding]) -> FactState:
        """What one history of decisions says: the latest that has taken effect counts."""
        working = [item for item in found if not item.effective or item.effective <= self.as_of]
        if found and not working:
            why = f"decided on {found[-1].happened}, takes effect on {found[-1].effective}"
            return FactState(Truth.UNMET, found[-1], why=why)
        if working:
            latest = working[-1]
            if latest.arguable:
                return FactState(Truth.UNKNOWN, latest, why="arguable")
            return told(Truth.MET if latest.made else Truth.UNMET, latest)
        if self.recorded_completely(fact):
            day = self.complete_through
            return FactState(Truth.UNMET, why=f"not on the public record, complete to {day}")
        return FactState(Truth.UNKNOWN, why="no record")

    def recorded_completely(self, fact: Fact) -> bool:
        """Whether what the public record does not hold by the day was not done."""
        complete = self.complete_through
        if complete is None or self.as_of > complete:
            return False
        if fact.kind == "act":
            return self.regime.paths[fact.id].public
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
    forecasts: list[Finding] = []
    visible = [item for item in evidence.findings if _known(item, known_on)]
    corrected = {item.corrects for item in visible if item.corrects is not None}
    for finding in visible:
        happened = span(finding.happened)
        if finding.id in corrected or happened.start > as_of or finding.parties:
            continue
        if finding.probability is not None:
            forecasts.append(finding)
            continue
        works = finding.effective  # what took effect by a day was made by it
        made = happened.end - ONE_DAY if works is None else min(happened.end - ONE_DAY, works)
        table = sure if made <= as_of else maybe
        table.setdefault(_subject(finding), []).append(finding)
    return Facts(
        regime,
        as_of,
        known_on,
        evidence.complete_on(known_on),
        kept_as,
        promises or {},
        {key: ordered(items) for key, items in sure.items()},
        {key: ordered(items) for key, items in maybe.items()},
        ordered(forecasts),
    )


def variant(
    facts: Facts, *, kept_as: KeptAs = "progress", promises: Mapping[str, Promise] | None = None
) -> Facts:
    """Return the same evidence under another reading, or with an offer's promises kept."""
    return msgspec.structs.replace(facts, kept_as=kept_as, promises=promises or {}, memo={})


def _known(finding: Finding, known_on: date | None) -> bool:
    """An imprecise recording date counts once its last day has come."""
    return known_on is None or span(finding.recorded).end - ONE_DAY <= known_on


def _subject(finding: Finding) -> tuple[str, str]:
    for kind in ("requirement", "component", "finding", "act", "event"):
        id_: str | None = getattr(finding, kind)
        if id_ is not None:
            return kind, id_
    raise ValueError(f"the finding {finding.id} is about nothing")


def _counts(finding: Finding, minimum: Verification) -> bool:
    """Whether a finding is known well enough, and not disputed."""
    enough = verification_rank(finding.verification) >= verification_rank(minimum)
    return enough and not finding.arguable


def _covering(findings: Iterable[Finding], scope: Scope) -> tuple[Finding, ...]:
    return tuple(item for item in findings if _covers(item, scope))


def _covers(finding: Finding, scope: Scope) -> bool:
    return (finding.path is None or scope.path is None or finding.path == scope.path) and (
        not finding.measures or scope.measure is None or scope.measure in finding.measures
    )
