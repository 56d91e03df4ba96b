"""A regime: all sanctions on one target, with every row by its id."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from detente.law.history import HistoryEvent
from detente.law.model import (
    Designations,
    Emergency,
    Event,
    Instrument,
    IssueArea,
    Measure,
    Programme,
    Requirement,
    Source,
)
from detente.law.subjects import Component, Development, Precedent
from detente.law.vocabulary import Revival
from detente.law.ways import Gate, Reimposition, ReliefPath

if TYPE_CHECKING:
    from detente.law.asof import AsOf


class Regime(msgspec.Struct, frozen=True, kw_only=True):
    """All sanctions on one target, with every row by its id.

    Attributes:
        id: short name, for example ``dprk``.
        name: full name.
        target: the state or group that is sanctioned.
        reference_date: the day at which commands look where none is given.
        known_until: the day after which nothing is covered.
        deciders: names of those who decide, as sentences use them.
        edition: digest of the data files.
        paths_of: ids of the relief paths of each measure.
        gates_of: ids of the gates in the way of a path, for paths that have some.
        replaced_by: ids of the paths whose relief takes the place of a path's, likewise.
        origins: file and line of every row, relative to the regime's folder.
        folder: where the data files are.
    """

    id: str
    name: str
    target: str
    summary: str
    reference_date: date
    known_until: date
    deciders: dict[str, str]
    edition: str
    areas: dict[str, IssueArea]
    sources: dict[str, Source]
    instruments: dict[str, Instrument]
    measures: dict[str, Measure]
    requirements: dict[str, Requirement]
    events: dict[str, Event]
    paths: dict[str, ReliefPath]
    reimpositions: dict[str, Reimposition]
    gates: dict[str, Gate]
    history: dict[str, HistoryEvent]
    emergencies: dict[str, Emergency]
    components: dict[str, Component]
    developments: dict[str, Development]
    precedents: dict[str, Precedent]
    programmes: dict[str, Programme]
    designations: dict[str, Designations]
    paths_of: dict[str, tuple[str, ...]]
    gates_of: dict[str, tuple[str, ...]]
    replaced_by: dict[str, tuple[str, ...]]
    origins: dict[str, str]
    folder: str = ""

    def citation_of(self, measure: str) -> str:
        """Return the citation of a measure: its instrument's and its provision."""
        row = self.measures[measure]
        law = self.instruments[row.instrument].citation.split(";")[0]
        if law.startswith(row.provision):
            return law
        return row.provision if row.provision.startswith(law) else f"{law}, {row.provision}"

    def event(self, id_: str) -> Event | HistoryEvent:
        """Return the event of that id: one that happened, or one that a condition waits for."""
        return self.history.get(id_) or self.events[id_]

    def as_of(
        self, day: date | str, revival: Revival = "lapse", known_on: date | None = None
    ) -> AsOf:
        """Return the law as it stands on ``day`` (a date, or ``2019-02-28``)."""
        from detente.law.asof import as_of

        when = date.fromisoformat(day) if isinstance(day, str) else day
        return as_of(self, when, revival, known_on)
