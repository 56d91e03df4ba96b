"""The chance that a path is open, from findings with probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from detente.errors import UnknownIdError
from detente.evidence.facts import facts_of
from detente.evidence.load import Evidence
from detente.evidence.model import Finding
from detente.law.regime import Regime
from detente.law.vocabulary import Truth, extent_rank
from detente.relief.diagram import probability
from detente.relief.frames import Framed
from detente.relief.letter import Letters
from detente.relief.logic import Disj, Formula
from detente.relief.lower import AtomState, truths


class PathChance(msgspec.Struct, frozen=True, kw_only=True):
    """The chance that one path, or any path of a measure, is open.

    Attributes:
        measure: id of the measure.
        path: id of the path; None for any of them.
        low: lower bound.
        high: upper bound; equal to ``low`` where every fact is known or has one probability.
        exact: whether the bounds are exact; else ``error`` says by how much they may be off.
        error: half the width of the 95 % interval of sampling.
        method: ``bdd`` or ``sampling``.
    """

    measure: str
    path: str | None
    low: float
    high: float
    exact: bool
    error: float | None
    method: str


class Chances(msgspec.Struct, Framed, frozen=True, kw_only=True):
    """The answer of ``probability`` (``detente.probability/1``)."""

    regime: str
    as_of: date
    known_on: date | None
    chances: tuple[PathChance, ...]
    schema: str = "detente.probability/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each path."""
        return [msgspec.structs.asdict(item) for item in self.chances]


def chances_of(
    regime: Regime,
    evidence: Evidence,
    measures: Sequence[str],
    as_of: date,
    known_on: date | None = None,
) -> Chances:
    """Return the chance that each measure, and each of its ending paths, is open.

    A finding with a probability on a requirement says how likely its extent, or more, is reached;
    on a decision, how likely it is made. The latest such finding on a fact counts.

    Args:
        regime: the regime.
        evidence: the findings.
        measures: ids of measures.
        as_of: the day.
        known_on: only evidence recorded by then counts.

    Raises:
        UnknownIdError: there is no such measure.
    """
    for id_ in measures:
        if id_ not in regime.measures:
            raise UnknownIdError("measure", id_, regime.measures)
    facts = facts_of(regime, evidence, as_of, known_on)
    letters = Letters(regime.as_of(as_of, known_on=known_on), facts)
    forecasts = facts.forecasts
    rows: list[PathChance] = []
    for id_ in measures:
        paths = letters.measure(id_).paths
        states: dict[str, AtomState] = {}
        for path in paths:
            states |= path.atoms
            rows.append(_chance(id_, path.path.id, path.formula, path.atoms, forecasts))
        formula = Disj(tuple(path.formula for path in paths))
        rows.append(_chance(id_, None, formula, states, forecasts))
    return Chances(regime=regime.id, as_of=as_of, known_on=known_on, chances=tuple(rows))


def _chance(
    measure: str,
    path: str | None,
    formula: Formula,
    states: dict[str, AtomState],
    forecasts: Sequence[Finding],
) -> PathChance:
    given = {key: interval for key, state in states.items()
             if (interval := _interval(state, forecasts)) is not None}  # fmt: skip
    known = {key: truth for key, truth in truths(states).items()
             if key not in given and truth is not Truth.UNKNOWN}  # fmt: skip
    found = probability(formula, given, known)
    return PathChance(
        measure=measure,
        path=path,
        low=round(found.low, 6),
        high=round(found.high, 6),
        exact=found.exact,
        error=found.error,
        method=found.method,
    )


def _interval(state: AtomState, forecasts: Sequence[Finding]) -> tuple[float, float] | None:
    """The probability of a fact, where a forecast speaks of it and it is not met already."""
    fact = state.fact
    if fact is None or state.truth is Truth.MET or state.breaks:
        return None
    for finding in reversed(forecasts):
        range_ = finding.probability
        assert range_ is not None
        if getattr(finding, fact.kind) != fact.id:
            continue
        if fact.kind != "requirement":
            low, high = range_.low, range_.high
            return (low, high) if finding.made else (1 - high, 1 - low)
        if extent_rank(finding.extent or "none") >= extent_rank(fact.level or "met"):
            # the extent includes this level: at least as likely
            exact = extent_rank(finding.extent or "none") == extent_rank(fact.level or "met")
            return (range_.low, range_.high if exact else 1.0)
        return (0.0, range_.high)
    return None
