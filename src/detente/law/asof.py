"""The law as it stands on a day: which measures bind, which paths can be used.

In force is computed from dates, renewals and supersession, never from a status word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final, Literal

import msgspec

from detente.law.conditions import Condition, in_law
from detente.law.dates import span
from detente.law.history import HistoryEvent, Recorded, recorded
from detente.law.model import Emergency, Measure, Term
from detente.law.regime import Regime
from detente.law.vocabulary import Revival
from detente.law.ways import ReliefPath

Status = Literal[
    "in-force", "not-yet", "unused", "suspended", "superseded", "ended", "lapsed", "unknown"
]

GONE: Final[frozenset[Status]] = frozenset({"superseded", "ended", "lapsed"})
"""The states of a measure that once bound and no longer does."""


class State(msgspec.Struct, frozen=True):
    """Whether a measure binds on a day.

    Attributes:
        status: ``in-force``; ``not-yet``; ``unused``, a power that nobody used; ``suspended``,
            while it stands still; ``superseded``; ``ended`` for good; ``lapsed`` between two
            terms; ``unknown`` after the last term, or the last continuation of its emergency,
            on record, and wherever the dates leave it open.
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
        states: the state of every measure, by id, from the law's own dates.
        recorded: the state of those measures of which the history records a change, with it.
        conditions: the condition of every path that can be used, as law on the day.
    """

    regime: Regime
    day: date
    revival: Revival
    states: dict[str, State]
    recorded: dict[str, State]
    conditions: dict[str, Condition]

    @property
    def in_force(self) -> tuple[str, ...]:
        """Ids of the measures that bind on the day, in the regime's order, as recorded."""
        return tuple(id_ for id_ in self.states if self.state(id_).status == "in-force")

    def state(self, measure: str) -> State:
        """Return the state of a measure by the law's dates and the recorded history."""
        return self.recorded.get(measure) or self.states[measure]

    def ending_paths(self, measure: str) -> tuple[ReliefPath, ...]:
        """Return the usable paths that end ``measure``, for good or for a time."""
        return tuple(path for path in self._usable(measure) if path.ends)

    def easing_paths(self, measure: str) -> tuple[ReliefPath, ...]:
        """Return the usable paths that ease ``measure``, or one person's or dealing's case."""
        return tuple(path for path in self._usable(measure) if not path.ends)

    def _usable(self, measure: str) -> Iterator[ReliefPath]:
        paths = self.regime.paths
        return (paths[id_] for id_ in self.regime.paths_of[measure] if id_ in self.conditions)


def as_of(
    regime: Regime, day: date, revival: Revival = "lapse", known_on: date | None = None
) -> AsOf:
    """Return the law as it stands on ``day``.

    Args:
        regime: the regime.
        day: the day.
        revival: ``revive`` where an older measure binds again once its successor has ended;
            no text settles it.
        known_on: the day of what is known: a later act that may reach back over a break counts
            from the day it was made; None knows all.
    """
    measures = regime.measures
    lapsed = {
        instrument: emergency
        for emergency in regime.emergencies.values()
        if day >= emergency.continued_through
        for instrument in emergency.instruments
    }
    states = {
        id_: _resting(
            _state(measures, measure, day, revival, known_on), lapsed.get(measure.instrument)
        )
        for id_, measure in measures.items()
    }
    conditions = {
        path.id: condition
        for path in regime.paths.values()
        if available(path, day) and (condition := in_law(path.condition, day)) is not None
    }
    known = {id_: event for id_, event in regime.history.items() if _known(event, known_on)}
    return AsOf(regime, day, revival, states, _recorded(known, states, day), conditions)


def _known(event: HistoryEvent, known_on: date | None) -> bool:
    """Whether an event had surely happened by the day of what is known."""
    return known_on is None or span(event.date).end <= known_on + timedelta(days=1)


def _recorded(
    history: dict[str, HistoryEvent], states: Mapping[str, State], day: date
) -> dict[str, State]:
    """The states that the history changes: the last change on record that had worked by then."""
    found: dict[str, State] = {}
    for measure, change in sorted(recorded(history), key=lambda item: item[1].day):
        own = states[measure]
        if own.status in ("in-force", "unknown") and change.first <= day:
            found[measure] = _changed(found.get(measure, own), own, change, day)
    return {id_: state for id_, state in found.items() if state is not states[id_]}


def _changed(last: State, own: State, change: Recorded, day: date) -> State:
    """The state of a measure after one more recorded change."""
    after = {"ends": "ended", "suspends": "suspended", "reimposes": own.status}.get(change.what)
    if change.what == "lapses" and last.status == "suspended":
        after = own.status
    if change.what == "suspends" and last.status == "ended":
        return last  # what has ended cannot be suspended
    if after is None or after == last.status:
        return last
    why = f"{change.event} {change.what} it" + (f" by {change.path}" if change.path else "")
    if change.first <= day < change.day:
        return State("unknown", f"{why}, on a day that is not known", change.first)
    if after == own.status:
        if own.since is not None and own.since >= change.day:
            return own  # the law's own dates already tell of it
        return msgspec.structs.replace(own, why=why, since=change.day)
    return State("ended" if after == "ended" else "suspended", why, change.day)


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


def _state(
    measures: dict[str, Measure],
    measure: Measure,
    day: date,
    revival: Revival,
    known_on: date | None,
) -> State:
    own = _own_state(measure, day, known_on)
    if own.status != "in-force" or measure.superseded_by is None:
        return own
    successor = measures[measure.superseded_by]
    if day < successor.effective:
        return State("in-force", own.why, own.since, successor.effective)
    if revival == "revive" and _state(measures, successor, day, revival, known_on).status in (
        "ended",
        "lapsed",
    ):
        return State("in-force", f"revived: {successor.id} has ended", own.since)
    return State("superseded", f"superseded by {successor.id}", successor.effective)


def _own_state(measure: Measure, day: date, known_on: date | None) -> State:
    """The state of a measure by its own dates alone."""
    if day < measure.effective:
        return State("not-yet", f"binds from {measure.effective}", until=measure.effective)
    if measure.unused is not None:
        return State("unused", measure.unused, measure.effective)
    if measure.effective_by is not None and day < measure.effective_by:
        why = f"bound from a day between {measure.effective} and {measure.effective_by}"
        return State("unknown", why, measure.effective)
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
        return _broken(term, measure.terms[measure.terms.index(term) + 1], known_on)
    return State("unknown", f"no renewal on record after {term.under}", term.until)


def _broken(term: Term, later: Term, known_on: date | None) -> State:
    """The state between two terms: lapsed, unless the later one reaches back over the break."""
    why = f"lapsed when {term.under} ran out"
    if known_on is not None and known_on < later.since:
        return State("lapsed", why, term.until)  # nobody knew yet that it would be extended
    if later.reaches_back == "yes":
        return State("in-force", f"under {later.under}, which reaches back", term.until)
    if later.reaches_back == "unknown":
        text = f"{why}; whether {later.under} of {later.since} reaches back is not settled"
        return State("unknown", text, term.until)
    return State("lapsed", why, term.until)
