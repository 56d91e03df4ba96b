"""Earlier deals as cases: what was given, got and observed, and how it ended.

A case is a precedent of a regime, an episode of its pressure folder, or both where the episode
names the precedent: then they are one case. The coding is an analyst's, with hindsight.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import msgspec

from detente.errors import UnknownIdError
from detente.law.dates import span
from detente.law.regime import Regime
from detente.law.subjects import Precedent, PrecedentEvent
from detente.pressure.model import Episode, Pressure
from detente.relief.frames import Framed

_DAYS_A_MONTH: Final = 30.44
_ENDS: Final = ("reversal", "exit", "end")


class Features(msgspec.Struct, frozen=True, kw_only=True):
    """What cases are compared by. None where it is not known or has no meaning.

    Attributes:
        observed_share: share of the programme under observation, from 0 to 1.
        relief_first: 1 where relief came before conduct was verified, 0.5 in part, 0 where not.
        snapback: 1 where relief could be taken back by right, 0.5 in part, 0 where not.
        ended_by: who ended it.
        months: how long it lived, in months.
        touched: components that it touched: 1 whole, 0.5 in part.
    """

    observed_share: float | None = None
    relief_first: float | None = None
    snapback: float | None = None
    ended_by: str | None = None
    months: float | None = None
    touched: dict[str, float] = {}


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier deal.

    Attributes:
        id: the precedent's id, or the episode's where there is no precedent.
        name: what it is called.
        target: with whom it was made.
        start: when it began, possibly imprecise.
        precedent: id of the precedent, where there is one.
        episode: id of the episode, where there is one.
        order: who moved first: one of five rules; None where it is not coded.
        shape: the shape of the conditions, in words.
        gave: what the target gave.
        got: what it got.
        verification: how it was verified.
        outcome: how it came out.
        success: whether it is counted as one; None where it is not coded.
        features: what cases are compared by.
        scope_defined: whether the text said what was to be done.
        verification_agreed: whether it said how that is verified.
        events: what happened, by date.
        lesson: what it tests.
        sources: what the rows cite.
        confidence: how they are known.
        note: doubts.
    """

    id: str
    name: str
    target: str
    start: str
    precedent: str | None
    episode: str | None
    order: str | None
    shape: str
    gave: str | None
    got: str | None
    verification: str | None
    outcome: str
    success: bool | None
    features: Features
    scope_defined: str | None
    verification_agreed: str | None
    events: tuple[PrecedentEvent, ...]
    lesson: str | None
    sources: tuple[str, ...]
    confidence: str
    note: str | None


class Precedents(msgspec.Struct, Framed, frozen=True, kw_only=True):
    """The cases that a regime knows (``detente.precedents/1``), oldest first."""

    regime: str
    cases: tuple[Case, ...]
    schema: str = "detente.precedents/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each case."""
        return [
            {
                "id": item.id,
                "name": item.name,
                "target": item.target,
                "start": item.start,
                "months": item.features.months,
                "order": item.order,
                "observed_share": item.features.observed_share,
                "relief_first": item.features.relief_first,
                "snapback": item.features.snapback,
                "ended_by": item.features.ended_by,
                "success": item.success,
                "outcome": item.outcome,
            }
            for item in self.cases
        ]


def cases_of(regime: Regime, pressure: Pressure) -> Precedents:
    """Return the cases of a regime: its precedents and episodes, each deal once."""
    by_precedent = {e.precedent: e for e in pressure.episodes.values() if e.precedent}
    found = [_case(row, by_precedent.get(row.id)) for row in regime.precedents.values()]
    found += [_episode(row) for row in pressure.episodes.values() if row.precedent is None]
    return Precedents(
        regime=regime.id,
        cases=tuple(sorted(found, key=lambda item: (span(item.start).start, item.id))),
    )


def case_of(found: Precedents, id_: str) -> Case:
    """Return a case by the id of its precedent or episode.

    Raises:
        UnknownIdError: there is none.
    """
    for case in found.cases:
        if id_ in (case.id, case.episode):
            return case
    known = {item for case in found.cases for item in (case.id, case.episode) if item}
    raise UnknownIdError("precedent", id_, known)


def degree(word: str | None) -> float | None:
    """Return 1 for yes, 0.5 for partly, 0 for no; None where it is unknown or has no meaning."""
    return {"yes": 1.0, "partly": 0.5, "no": 0.0}.get(word or "")


def _case(row: Precedent, episode: Episode | None) -> Case:
    coded = row.coded
    relief = episode.relief_first if episode else coded.relief_first if coded else None
    back = episode.snapback if episode else coded.snapback if coded else None
    return Case(
        id=row.id,
        name=row.name,
        target=row.regime,
        start=row.dates[0],
        precedent=row.id,
        episode=episode.id if episode else None,
        order=episode.order if episode else None,
        shape=row.shape,
        gave=row.target_gave,
        got=row.relief,
        verification=row.verification,
        outcome=row.outcome,
        success=episode.success if episode else None,
        features=Features(
            observed_share=episode.observed_share if episode else None,
            relief_first=degree(relief),
            snapback=degree(back),
            ended_by=episode.ended_by if episode else coded.ended_by if coded else None,
            months=episode.months if episode else _months(row),
            touched={id_: 1.0 if how == "yes" else 0.5 for id_, how in row.touched.items()},
        ),
        scope_defined=coded.scope_defined if coded else None,
        verification_agreed=coded.verification_agreed if coded else None,
        events=row.events,
        lesson=row.lesson,
        sources=tuple(dict.fromkeys((*row.sources, *(episode.sources if episode else ())))),
        confidence=row.confidence,
        note="; ".join(n for n in (row.note, *_coder(episode)) if n) or None,
    )


def _coder(episode: Episode | None) -> tuple[str | None, ...]:
    """What an episode says beyond its precedent: how it came out, who cheated, and its doubts."""
    if episode is None:
        return ()
    cheating = f"cheating, as coded: {episode.cheating}" if episode.cheating else None
    return f"outcome, as coded: {episode.outcome}", cheating, episode.note


def _episode(row: Episode) -> Case:
    return Case(
        id=row.id,
        name=row.deal,
        target=row.target,
        start=row.start,
        precedent=None,
        episode=row.id,
        order=row.order,
        shape=row.sequence,
        gave=None,
        got=row.relief,
        verification=None,
        outcome=row.outcome,
        success=row.success,
        features=Features(
            observed_share=row.observed_share,
            relief_first=degree(row.relief_first),
            snapback=degree(row.snapback),
            ended_by=row.ended_by,
            months=row.months,
        ),
        scope_defined=None,
        verification_agreed=None,
        events=(),
        lesson=row.cheating,
        sources=row.sources,
        confidence=row.evidence,
        note=row.note,
    )


def _months(row: Precedent) -> float | None:
    """From the start to the first event that ended the deal or took relief back, in months."""
    start = span(row.dates[0]).start
    ends = [span(e.date).start for e in row.events if e.kind in _ENDS]
    after = [day for day in ends if day > start]
    return round((min(after) - start).days / _DAYS_A_MONTH, 1) if after else None


def lives(cases: Iterable[Case], target: str) -> list[float]:
    """Return how long each coded deal with a target lived, in months, oldest first."""
    return [
        c.features.months
        for c in cases
        if c.target.casefold() == target.casefold() and c.episode and c.features.months is not None
    ]
