"""Where a measure stands beside its letter: what eases it, what stands in the way of easing it."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from detente.law.vocabulary import Truth
from detente.relief.letter import Letter, Letters
from detente.relief.paths import PathStatus


class Easing(msgspec.Struct, frozen=True, kw_only=True):
    """A path that eases a measure, or one person's or dealing's case, and decides no letter.

    Attributes:
        path: its id.
        kind: waiver, licence, exemption, exception or delisting.
        scope: whether it reaches the measure, one person or a kind of dealing.
        decided_by: whose decision it is.
        letter: what it comes to if nothing else is asked: ``open``, ``discretionary`` and so on.
        value: ``met`` where the relief runs, ``unmet``, ``unknown``, or ``blocked`` by a gate.
        lapses: the day on which relief that runs would lapse.
        duration: how long it lasts, in the row's own words, where they set no day.
        gate: the gate that blocks it.
        covers: what it covers, where that is less than the measure.
        citation: the provision.
        missing: the minimal sets of missing facts, where they were asked for.
    """

    path: str
    kind: str
    scope: str
    decided_by: str
    letter: Letter
    value: Literal["met", "unmet", "unknown", "blocked"]
    lapses: date | None
    duration: str | None
    gate: str | None
    covers: str | None
    citation: str
    missing: list[list[str]] | None = None


def easings(letters: Letters, measure: str, *, missing: bool = False) -> list[Easing]:
    """Return every path that eases ``measure``, and whether its relief runs.

    Args:
        letters: the letters of the day.
        measure: id of the measure.
        missing: whether to say what is missing too.
    """
    paths = letters.view.easing_paths(measure)
    return [_easing(letters.path(path, measure), missing) for path in paths]


def letter_by(status: PathStatus) -> Letter:
    """Return the letter that a measure would have if this path were its only one."""
    if status.value is Truth.MET:
        executes = status.path.self_executing and status.path.ends
        return "ended" if executes and status.path.kind != "suspension" else "open"
    if status.discretionary:
        return "discretionary"
    return "undetermined" if status.undetermined else "barred"


def _easing(status: PathStatus, missing: bool) -> Easing:
    path, runs = status.path, status.value is Truth.MET
    gate = None if runs or not status.blocked_by else status.blocked_by[0]
    return Easing(
        path=path.id,
        kind=path.kind,
        scope=path.reach,
        decided_by=path.decided_by,
        letter=letter_by(status),
        value="blocked" if gate else _WORDS[status.value],
        lapses=status.lapses if runs else None,
        duration=None if path.term else path.duration,
        gate=gate,
        covers=path.covers,
        citation=path.citation,
        missing=list(map(list, status.missing().sets)) if missing and not runs else None,
    )


_WORDS: dict[Truth, Literal["met", "unmet", "unknown"]] = {
    Truth.MET: "met",
    Truth.UNMET: "unmet",
    Truth.UNKNOWN: "unknown",
}
