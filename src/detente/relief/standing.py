"""Where a measure stands beside its letter: what eases it, what stands in the way of easing it."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from detente.law.vocabulary import Truth
from detente.relief.letter import Letters
from detente.relief.paths import PathStatus


class Easing(msgspec.Struct, frozen=True, kw_only=True):
    """A path that eases a measure, or one person's or dealing's case, and decides no letter.

    Attributes:
        path: its id.
        kind: waiver, licence, exemption, exception or delisting.
        scope: whether it reaches the measure, one person or a kind of dealing.
        decided_by: whose decision it is.
        value: ``met`` where the relief runs, ``unmet``, ``unknown``, or ``blocked`` by a gate.
        lapses: the day on which relief that runs would lapse.
        gate: the gate that blocks it.
        covers: what it covers, where that is less than the measure.
        citation: the provision.
    """

    path: str
    kind: str
    scope: str
    decided_by: str
    value: Literal["met", "unmet", "unknown", "blocked"]
    lapses: date | None
    gate: str | None
    covers: str | None
    citation: str


def easings(letters: Letters, measure: str) -> list[Easing]:
    """Return every path that eases ``measure``, and whether its relief runs."""
    return [_easing(letters.path(path, measure)) for path in letters.view.easing_paths(measure)]


def _easing(status: PathStatus) -> Easing:
    path, runs = status.path, status.value is Truth.MET
    gate = None if runs or not status.blocked_by else status.blocked_by[0]
    return Easing(
        path=path.id,
        kind=path.kind,
        scope=path.reach,
        decided_by=path.decided_by,
        value="blocked" if gate else _WORDS[status.value],
        lapses=status.lapses if runs else None,
        gate=gate,
        covers=path.covers,
        citation=path.citation,
    )


_WORDS: dict[Truth, Literal["met", "unmet", "unknown"]] = {
    Truth.MET: "met",
    Truth.UNMET: "unmet",
    Truth.UNKNOWN: "unknown",
}
