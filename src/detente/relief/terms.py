"""The terms of time-limited relief: opened, renewed, replaced, lapsed."""

from __future__ import annotations

from datetime import date

import msgspec

from detente.evidence.facts import Facts, Scope
from detente.evidence.histories import ONE_DAY, ordered
from detente.law.conditions import Fact, decisions
from detente.law.dates import add_term, span, take_term
from detente.law.ways import ReliefPath, Renewal


class Run(msgspec.Struct, frozen=True):
    """The running term of time-limited relief.

    Attributes:
        since: the day from which conduct must have been found again for a renewal.
        lapses: the first day on which the relief no longer runs.
        renewed: whether the term that runs is a renewal.
    """

    since: date
    lapses: date
    renewed: bool


def terms(
    path: ReliefPath, facts: Facts, scope: Scope | None = None, *, replaced_too: bool = False
) -> list[Run]:
    """Return the terms that the decisions on record opened or renewed, oldest first.

    Args:
        path: the path; one without a term never runs out.
        facts: the decisions on record.
        scope: the path and measure for which they are asked.
        replaced_too: whether those count whose place other relief took.
    """
    if path.term is None:
        return []
    scope = scope or Scope(path.id)
    replaced = (None if replaced_too else replaced_on(path, facts, scope)) or date.min
    runs: list[Run] = []
    begun = date.min
    for day in given_on(path, facts, scope):
        last = runs[-1] if runs else None
        if day <= replaced:
            continue
        if last is None or path.renewal is None or not _renews(path.renewal, last, day):
            runs.append(Run(day, add_term(day, path.term), renewed=False))
        else:
            runs.append(Run(begun, add_term(last.lapses, path.renewal.term), renewed=True))
        begun = day
    return runs


def _renews(renewal: Renewal, run: Run, day: date) -> bool:
    """Whether a decision on ``day`` falls where the running term can be renewed."""
    window = renewal.window
    opens = take_term(run.lapses, window.opens) if window and window.opens else date.min
    closes = take_term(run.lapses, window.closes) if window and window.closes else run.lapses
    return opens <= day <= closes and day < run.lapses


def given_on(path: ReliefPath, facts: Facts, scope: Scope) -> list[date]:
    """Return the days on which relief under ``path`` was given, as recorded, oldest first."""
    scope = msgspec.structs.replace(scope, path=path.id)
    named = (Fact(kind="act", id=path.id), *decisions(path.condition))
    made = [item for fact in named for item in facts.decisions(fact, scope) if item.made]
    days = [item.effective or span(item.happened).end - ONE_DAY for item in ordered(made)]
    return sorted({day for day in days if day <= facts.as_of})


def replaced_on(path: ReliefPath, facts: Facts, scope: Scope) -> date | None:
    """Return the last day on which other relief took the place of that under ``path``."""
    others = (facts.regime.paths[id_] for id_ in facts.regime.replaced_by.get(path.id, ()))
    return max((day for other in others for day in given_on(other, facts, scope)), default=None)
