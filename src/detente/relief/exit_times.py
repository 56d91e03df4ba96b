"""Terms, sunsets and waiting periods: what time does by itself to the measures in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Final, get_args

from detente.law.asof import AsOf
from detente.law.conditions import (
    After,
    Condition,
    Deferred,
    Elapsed,
    Report,
    Silence,
    in_law,
    walk,
)
from detente.law.vocabulary import ENDING_KINDS, Truth
from detente.law.ways import ReliefPath
from detente.relief.exit_results import Limits, Terms, Wait
from detente.relief.letter import MeasureStatus
from detente.relief.logic import value
from detente.relief.paths import PathStatus

_UNIT_DAYS: Final = {"day": 1.0, "working day": 7 / 5, "month": 30.0, "year": 365.0}
_WAITS: Final[dict[type[Condition], Wait]] = {
    Elapsed: "elapsed", Silence: "silence", Deferred: "deferred", After: "after", Report: "report",
}  # fmt: skip


def days_in(term: str) -> int:
    """Return a term in days: a month as 30, a year as 365, five working days as seven."""
    count, unit = term.split(" ", 1)
    return round(int(count) * _UNIT_DAYS[unit.removesuffix("s")])


def limits_of(view: AsOf, measures: Sequence[MeasureStatus]) -> Limits:
    """Return what time does by itself to measures in force.

    Args:
        view: the law of the day.
        measures: the letter of each measure in force.
    """
    bound = frozenset(item.measure for item in measures)
    used = list(_used(view, bound))
    ending = [path for path in used if path.kind in ENDING_KINDS]
    easing = [path for path in used if path.kind not in ENDING_KINDS]
    waits = Counter(kind for path in used for kind in _waits(view, path, bound))
    rows = view.regime.measures
    orders = {
        instrument
        for row in view.regime.emergencies.values()
        if row.declared <= view.day
        for instrument in row.instruments
    }
    return Limits(
        ending=_terms(ending),
        easing=_terms(easing),
        sunset=sum(
            bool(rows[item.measure].terms) or any(map(_dated, item.paths)) for item in measures
        ),
        emergency=sum(rows[item.measure].instrument in orders for item in measures),
        waiting={kind: waits[kind] for kind in get_args(Wait)},
    )


def _used(view: AsOf, bound: Set[str]) -> Iterator[ReliefPath]:
    """The paths that can be used and that a measure in force has."""
    for id_ in view.conditions:
        path = view.regime.paths[id_]
        if not bound.isdisjoint(path.applies_to):
            yield path


def _terms(paths: Iterable[ReliefPath]) -> Terms:
    days = [days_in(path.term) for path in paths if path.term is not None]
    return Terms(
        paths=len(days), shortest_days=min(days, default=None), longest_days=max(days, default=None)
    )


def _waits(view: AsOf, path: ReliefPath, bound: Set[str]) -> set[Wait]:
    """The kinds of waiting period in a path's condition, riders of measures in force included."""
    roots = [view.conditions[path.id]]
    for rider in path.riders:
        limb = in_law(rider.condition, view.day)
        if limb is not None and not bound.isdisjoint(rider.measures):
            roots.append(limb)
    nodes = [node for root in roots for node in walk(root)]
    return {
        _WAITS[type(node)]
        for node in nodes
        if type(node) in _WAITS and not (isinstance(node, Report) and node.term is None)
    }


def _dated(status: PathStatus) -> bool:
    """Whether a path lacks nothing but dates that are known."""
    if status.value is Truth.MET:
        return False
    known = {
        key: Truth.MET if atom.kind == "time" and atom.due is not None else atom.truth
        for key, atom in status.atoms.items()
    }
    return value(status.formula, known) is Truth.MET
