"""How hard the way out is: what ending paths ask for, how long it takes, and who decides.

Counted on the measures in force of a regime on a day. Way out and conduct asked follow from the law
of the day, whatever the evidence shows (where relief runs for a term, from the condition of its
renewal); what is missing, and which dates run, follows from the evidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

import msgspec

from detente.errors import UsageError
from detente.evidence.facts import facts_of
from detente.evidence.load import Evidence
from detente.law.model import IssueArea
from detente.law.regime import Regime
from detente.relief.exit_results import (
    AreaAsk,
    Decider,
    ExitComparison,
    Exits,
    Portion,
    Steps,
    Ways,
)
from detente.relief.exit_times import limits_of
from detente.relief.labels import MinimalSets, minimal_sets
from detente.relief.letter import Letters, MeasureStatus, WayOut
from detente.relief.logic import Atom, Formula, Neg
from detente.relief.lower import truths
from detente.relief.paths import PathStatus
from detente.relief.receipt import receipt_of

SETS: Final = 4096
"""Minimal sets of a path that are looked at; beyond them a number is an upper bound."""

_NO_AREA: Final = "no issue area"


class Case(NamedTuple):
    """A regime, its evidence, and the day; None for the regime's reference date."""

    regime: Regime
    evidence: Evidence
    as_of: date | None = None


def compare_exits(cases: Sequence[Case], command: str = "detente.compare_exits") -> ExitComparison:
    """Return how hard the way out is, of two regimes or more, side by side.

    Args:
        cases: the regimes, each with its evidence and day.
        command: what was called, for the receipts.

    Raises:
        UsageError: fewer than two regimes, one named twice, or a day that one does not cover.
    """
    ids = [case.regime.id for case in cases]
    twice = [id_ for id_, count in Counter(ids).items() if count > 1]
    if twice:
        raise UsageError(f"{twice[0]} is named twice; name each regime once")
    if len(ids) < 2:
        only = f"there is only {ids[0]}" if ids else "there is none"
        raise UsageError(f"a comparison takes two regimes or more, and {only}; name another")
    return ExitComparison(regimes=tuple(exits_of(*case, command=command) for case in cases))


def exits_of(
    regime: Regime,
    evidence: Evidence,
    as_of: date | None = None,
    *,
    command: str = "detente.exits_of",
) -> Exits:
    """Return how hard the way out of a regime is.

    Args:
        regime: the regime.
        evidence: the findings.
        as_of: the day; the regime's reference date by default.
        command: what was called, for the receipt.

    Raises:
        UsageError: the regime does not cover the day.
    """
    day = regime.reference_date if as_of is None else as_of
    check_covered(regime, day)
    view = regime.as_of(day)
    letters = Letters(view, facts_of(regime, evidence, day))
    every = [letters.measure(id_) for id_ in view.states]
    measures = [item for item in every if item.state.status == "in-force"]
    conditional = [item for item in measures if item.way_out == "conduct-bound"]
    search = _Search()
    return Exits(
        regime=regime.id,
        name=regime.name,
        as_of=day,
        in_force=len(measures),
        unknown_in_force=sum(item.state.status == "unknown" for item in every),
        ways=_ways(measures, search),
        conduct=len({atom.key for item in measures for atom in _asked(item)}),
        areas=tuple(_areas(regime, measures)),
        steps_asked=_steps(conditional, search, missing=False),
        steps_missing=_steps(conditional, search, missing=True),
        limits=limits_of(view, measures),
        deciders=tuple(_deciders(regime, measures)),
        self_executing=sum(any(p.path.self_executing for p in item.paths) for item in measures),
        receipt=receipt_of(regime, evidence, command),
    )


def check_covered(regime: Regime, day: date) -> None:
    """Raise ``UsageError`` unless the regime's rows cover ``day``."""
    first = min((row.effective for row in regime.measures.values()), default=day)
    if not first <= day <= regime.known_until:
        raise UsageError(
            f"{regime.id} covers {first} to {regime.known_until}, not {day}; "
            "name a day within (--as-of)"
        )


# Way out


def _ways(measures: Sequence[MeasureStatus], search: _Search) -> Ways:
    def portion(way: WayOut) -> Portion:
        count = sum(item.way_out == way for item in measures)
        return Portion(measures=count, share=count / len(measures) if measures else None)

    return Ways(
        conditional=portion("conduct-bound"),
        discretionary=portion("findings-only"),
        no_way_out=portion("none"),
        also_by_conduct=sum(
            item.way_out == "findings-only" and any(map(search.by_conduct, item.paths))
            for item in measures
        ),
    )


class _Search(msgspec.Struct):
    """The minimal sets of every path, looked for once."""

    _found: dict[tuple[str, str | None, bool], MinimalSets] = msgspec.field(default_factory=dict)

    def sets(self, status: PathStatus, *, missing: bool) -> MinimalSets:
        """Return what a path asks for, from nothing or on top of what holds already."""
        key = (status.path.id, status.scope.measure, missing)
        if key not in self._found:
            known = truths(status.atoms) if missing else {}
            self._found[key] = minimal_sets(status.formula, known, SETS)
        return self._found[key]

    def by_conduct(self, status: PathStatus) -> bool:
        """Return whether some way through a path, none of it idle, asks for conduct."""
        return any(_conduct(status, item) for item in self.sets(status, missing=False).sets)


def _conduct(status: PathStatus, literals: Iterable[str]) -> int:
    """The number of requirements that a set asks for."""
    atoms = status.atoms
    return sum(item in atoms and atoms[item].kind == "requirement" for item in literals)


def _steps(measures: Iterable[MeasureStatus], search: _Search, *, missing: bool) -> Steps:
    counts, capped = [], 0
    for item in measures:
        found = [(path, search.sets(path, missing=missing)) for path in item.paths]
        numbers = [_conduct(path, set_) for path, sets in found for set_ in sets.sets]
        if numbers:  # a path that the evidence has closed has no set
            counts.append(min(numbers))
            capped += any(sets.capped for _, sets in found)
    return Steps(
        measures=len(counts),
        smallest=min(counts, default=None),
        median=_median(counts),
        capped=capped,
    )


def _median(counts: Iterable[int]) -> float | None:
    ordered = sorted(counts)
    if not ordered:
        return None
    half = len(ordered) // 2
    return (ordered[half] + ordered[~half]) / 2


# Conduct by area


def _asked(status: MeasureStatus) -> Iterator[Atom]:
    """The requirements that the ending paths of a measure ask for, with repetitions."""
    for path in status.paths:
        yield from _positive(path.formula)


def _positive(formula: Formula) -> Iterator[Atom]:
    if isinstance(formula, Atom):
        if formula.scale is not None:
            yield formula
    elif not isinstance(formula, Neg):  # what must not be is not asked for
        for child in formula.of:
            yield from _positive(child)


def _areas(regime: Regime, measures: Sequence[MeasureStatus]) -> Iterator[AreaAsk]:
    asked: dict[str, set[str]] = {}
    asking: Counter[str] = Counter()
    imposed: Counter[str] = Counter()
    for item in measures:
        reached = set()
        for atom in _asked(item):
            for area in regime.requirements[str(atom.scale)].areas or (_NO_AREA,):
                asked.setdefault(area, set()).add(atom.key)
                reached.add(area)
        asking.update(reached)
        imposed.update(regime.measures[item.measure].areas or (_NO_AREA,))
    none = IssueArea(id=_NO_AREA, name=_NO_AREA, short=_NO_AREA, scope="")
    for row in (*regime.areas.values(), none):
        yield AreaAsk(
            area=None if row is none else row.id,
            name=row.name,
            short=row.short,
            conduct=len(asked.get(row.id, ())),
            asking=asking[row.id],
            imposed=imposed[row.id],
        )


# Who decides


def _deciders(regime: Regime, measures: Iterable[MeasureStatus]) -> list[Decider]:
    counts = Counter(who for item in measures for who in {p.path.decided_by for p in item.paths})
    found = [
        Decider(decider=who, name=regime.deciders.get(who, who), measures=count)
        for who, count in counts.items()
    ]
    return sorted(found, key=lambda item: (-item.measures, item.decider))
