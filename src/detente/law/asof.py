"""The law as it stands on a day: which measures bind, which paths can be used.

In force is computed from dates, renewals and supersession, never from a status word.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, Literal

import msgspec

from detente.law.conditions import Condition, in_law
from detente.law.model import Emergency, Measure, ReliefPath
from detente.law.regime import Regime
from detente.law.vocabulary import ENDING_KINDS, Revival

Status = Literal["in-force", "not-yet", "superseded", "ended", "lapsed", "unknown"]

GONE: Final[frozenset[Status]] = frozenset({"superseded", "ended", "lapsed"})
"""The states of a measure that once bound and no longer does."""


class State(msgspec.Struct, frozen=True):
    """Whether a measure binds on a day.

    Attributes:
        status: ``in-force``; ``not-yet``; ``superseded``; ``ended`` for good; ``lapsed`` between
            two terms; ``unknown`` after the last term, or the last
            continuation of its emergency, on record.
        why: what made it so, in words.
        since: the day from which it has been so, where known.
        until: the day on which the running term ends, where there is one.
    """

    status: Status
    why: str
    since: date | None = None
    until: date | None = None


class AsOf(msgspec.Struct, frozen=True):
    """One day's view of a regime.

    Attributes:
        regime: the regime.
        day: the day.
        revival: whether an older measure revives when its successor has ended.
        states: the state of every measure, by id.
        conditions: the condition of every path that can be used, as law on the day.
    """

    regime: Regime
    day: date
    revival: Revival
    states: dict[str, State]
    conditions: dict[str, Condition]

    @property
    def in_force(self) -> tuple[str, ...]:
        """Ids of the measures that bind on the day, in the regime's order."""
        return tuple(id_ for id_, state in self.states.items() if state.status == "in-force")

    def ending_paths(self, measure: str) -> tuple[ReliefPath, ...]:
        """Return the usable paths that end ``measure``, for good or for a time."""
        return tuple(path for path in self._usable(measure) if path.kind in ENDING_KINDS)

    def easing_paths(self, measure: str) -> tuple[ReliefPath, ...]:
        """Return the usable paths that ease ``measure`` case by case."""
        return tuple(path for path in self._usable(measure) if path.kind not in ENDING_KINDS)

    def _usable(self, measure: str) -> Iterator[ReliefPath]:
        paths = self.regime.paths
        return (paths[id_] for id_ in self.regime.paths_of[measure] if id_ in self.conditions)


def as_of(regime: Regime, day: date, revival: Revival = "lapse") -> AsOf:
    """Return the law as it stands on ``day``.

    Args:
        regime: the regime.
        day: the day.
        revival: ``revive`` where an older measure binds again once its successor has ended;
            no text settles it.
    """
    measures = regime.measures
    lapsed = {
        instrument: emergency
        for emergency in regime.emergencies.values()
        if day >= emergency.continued_through
        for instrument in emergency.instruments
    }
    states = {
        id_: _resting(_state(measures, measure, day, revival), lapsed.get(measure.instrument))
        for id_, measure in measures.items()
    }
    conditions = {
        path.id: condition
        for path in regime.paths.values()
        if available(path, day) and (condition := in_law(path.condition, day)) is not None
    }
    return AsOf(regime, day, revival, states, conditions)


def available(path: ReliefPath, day: date) -> bool:
    """Return whether ``path`` can be used on ``day``."""
    window = path.available
    return window is None or (
        (window.since is None or day >= window.since)
        and (window.until is None or day < window.until)
    )


def _resting(state: State, emergency: Emergency | None) -> State:
    """The state of a measure whose order rests on an emergency with no continuation on record."""
    if emergency is None or state.status != "in-force":
        return state
    why = f"rests on {emergency.id}; no continuation on record from {emergency.continued_through}"
    return State("unknown", why, emergency.continued_through)


def _state(measures: dict[str, Measure], measure: Measure, day: date, revival: Revival) -> State:
    own = _own_state(measure, day)
    if own.status != "in-force" or measure.superseded_by is None:
        return own
    successor = measures[measure.superseded_by]
    if day < successor.effective:
        return State("in-force", own.why, own.since, successor.effective)
    if revival == "revive" and _state(measures, successor, day, revival).status in (
        "ended",
        "lapsed",
    ):
        return State("in-force", f"revived: {successor.id} has ended", own.since)
    return State("superseded", f"superseded by {successor.id}", successor.effective)


def _own_state(measure: Measure, day: date) -> State:
    """The state of a measure by its own dates alone."""
    if day < measure.effective:
        return State("not-yet", f"binds from {measure.effective}", until=measure.effective)
    if measure.ended is not None and day >= measure.ended.on:
        return State("ended", f"ended by {measure.ended.by}", measure.ended.on)
    if not measure.terms:
        return State("in-force", f"binds since {measure.effective}", measure.effective)
    before = [term for term in measure.terms if term.since <= day]
    if not before:
        return State("not-yet", f"binds from {measure.terms[0].since}")
    term = before[-1]
    if day < term.until:
        return State("in-force", f"under {term.under}", term.since, term.until)
    if term is not measure.terms[-1]:
        return State("lapsed", f"lapsed when {term.under} ran out", term.until)
    return State("unknown", f"no renewal on record after {term.under}", term.until)
